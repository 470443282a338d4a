#include "broker/platform/Starter.h"

#include "broker/platform/PeerCredentials.h"
#include "broker/platform/PeerProcess.h"
#include "broker/platform/ProcessFacts.h"
#include "broker/platform/ProcessStart.h"
#include "broker/platform/ProgramFile.h"
#include "broker/platform/linux/ProcText.h"
#include "broker/platform/linux/StarterWire.h"
#include "tests/broker/platform/Child.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

using test::Child;

class StarterTest : public ::testing::Test {
protected:
    void SetUp() override {
        socket_ = forkStarter();
        ASSERT_GE(socket_, 0);
        useStarter(socket_);
    }
    void TearDown() override { endStarter(); }

    // The only child of this process that is called so.
    static pid_t starter() {
        for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
            std::string name;
            std::string stat;
            std::getline(std::ifstream(entry.path() / "comm"), name);
            std::getline(std::ifstream(entry.path() / "stat"), stat);
            // It may still run after its answer.
            const std::string ours = " " + std::to_string(::getpid()) + " ";
            const bool child =
                stat.find(") S" + ours) != std::string::npos || stat.find(") R" + ours) != std::string::npos;
            if (name == "kb-starter" && child)
                return std::stoi(entry.path().filename().string());
        }
        return 0;
    }
    static int exitOf(pid_t pid) {
        int status = 0;
        return ::waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    static int start(const std::filesystem::path& program) {
        ProcessPlan plan;
        plan.program = program;
        plan.words = {"program"};
        const StartedProcess started = startProcess(plan);
        if (started.pid > 0)
            ::waitpid(static_cast<pid_t>(started.pid), nullptr, 0);
        return started.code;
    }
    void settle() const {
        EXPECT_EQ(start("/bin/true"), 0);
    } // whatever comes before its first answer is done

    int socket_ = -1;
};

TEST_F(StarterTest, ItEndsWithItsSocket) {
    settle();
    const pid_t pid = starter();
    ASSERT_GT(pid, 0);
    EXPECT_FALSE(starterIsGone());
    endStarter();
    EXPECT_EQ(::kill(pid, 0), -1) << "and nothing is left to wait for";
    EXPECT_EQ(starterSocket(), -1);
    EXPECT_EQ(start("/bin/true"), 0) << "directly";
}

TEST_F(StarterTest, ItHoldsNothingAndHearsNoSignalToEnd) {
    settle();
    const pid_t pid = starter();
    ASSERT_GT(pid, 0);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::kill(pid, signal);
    settle();
    std::string environment;
    std::getline(std::ifstream("/proc/" + std::to_string(pid) + "/environ"), environment);
    EXPECT_EQ(environment.find_first_not_of('\0'), std::string::npos);
    std::set<std::string> open;
    std::error_code failed; // it lets nobody look but the administrator
    for (std::filesystem::directory_iterator each("/proc/" + std::to_string(pid) + "/fd", failed), end;
         !failed && each != end; each.increment(failed))
        open.insert(each->path().filename());
    EXPECT_TRUE(failed || open == (std::set<std::string>{"0", "1", "2", "3"})) << open.size();
}

TEST_F(StarterTest, ItEndsAtWhatNobodyOfOursWouldSay) {
    const auto say = [this](const std::string& bytes, const std::vector<int>& descriptors) {
        settle();
        const pid_t pid = starter();
        EXPECT_TRUE(sendDatagram(socket_, bytes, descriptors));
        const int status = exitOf(pid);
        EXPECT_TRUE(starterIsGone());
        EXPECT_NE(start("/bin/true"), 0) << "what needs it fails, and nothing is started otherwise";
        endStarter();
        socket_ = forkStarter();
        useStarter(socket_);
        return status;
    };
    ProcessPlan plan;
    plan.program = "/bin/true";
    plan.words = {"true"};
    const std::string good = startRequest(plan);
    EXPECT_EQ(say("x", {}), 1);
    EXPECT_EQ(say(WireWriter().number(99).bytes(), {}), 1);
    const auto look = static_cast<std::uint64_t>(starter::Wish::Look);
    WireWriter tooMany;
    tooMany.number(look);
    for (std::size_t i = 0; i <= mostQuestions; ++i)
        tooMany.number(static_cast<std::uint64_t>(ProcEntry::Directory)).number(1);
    EXPECT_EQ(say(WireWriter().number(look).bytes(), {}), 1) << "no question";
    EXPECT_EQ(say(WireWriter().number(look).number(4).bytes(), {}), 1) << "of nobody";
    EXPECT_EQ(say(tooMany.bytes(), {}), 1);
    EXPECT_EQ(say(good + "x", {}), 1);
    EXPECT_EQ(say(good.substr(0, good.size() - 1), {}), 1);
    EXPECT_EQ(say(good, {STDERR_FILENO}), 1) << "a descriptor without a number";
    plan.program = "true";
    EXPECT_EQ(say(startRequest(plan), {}), 1) << "not absolute";
    EXPECT_EQ(say(std::string(starter::longestRequest + 1, 'x'), {}), 0) << "as if it were closed";
}

TEST_F(StarterTest, NothingIsStartedFromPlacesThatTheBrokerWrites) {
    std::string name = "/tmp/kb-starter-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    const std::filesystem::path top = name;
    for (const char* part : {"state", "bin"})
        std::filesystem::create_directory(top / part);
    std::filesystem::copy_file("/bin/true", top / "state/program");
    std::filesystem::copy_file("/bin/true", top / "bin/program");
    std::filesystem::create_symlink(top / "bin/program", top / "state/link");
    std::filesystem::create_symlink("../state/program", top / "bin/inwards");
    std::filesystem::create_symlink(top / "bin", top / "state/bin");
    std::filesystem::create_symlink("program", top / "bin/beside");
    EXPECT_EQ(start(top / "state/program"), 0);
    refuseProgramsBelow({top / "state"});
    EXPECT_EQ(start(top / "state/program"), EACCES);
    EXPECT_EQ(start(top / "bin/../state/program"), EACCES);
    EXPECT_EQ(start(top / "bin/inwards"), EACCES);
    EXPECT_EQ(start(top / "state/link"), EACCES) << "where it leads can be changed there";
    EXPECT_EQ(start(top / "state/bin/program"), EACCES);
    EXPECT_EQ(start(top / "bin/program"), 0);
    EXPECT_EQ(start(top / "bin/beside"), 0);
    std::filesystem::remove_all(top);
}

TEST_F(StarterTest, AProcessLooksTheSameThroughIt) {
    const Child child({"/bin/cat"}, {"LD_LIBRARY_PATH=/nowhere"});
    child.feed("x");
    child.awaitFirstByte();
    const auto look = [&child] {
        const ProcessFacts facts = measureProcess(child.pid());
        const ProgramMark mark = markOf(child.pid());
        std::string out = facts.executable + " " + facts.workingDirectory + " " + facts.script;
        for (const std::string& remark : facts.remarks)
            out += " " + remark;
        for (const ProcessStep& step : facts.ancestors)
            out += " " + step.executable;
        for (const std::uint64_t number :
             {facts.executableFile.inode, facts.executableFile.size, mark.stack, mark.startTime, mark.inode})
            out += " " + std::to_string(number);
        return out + " " + describeProcess(child.pid()).startedBy + " " +
               std::to_string(programIdentity(child.pid()).has_value()) + std::to_string(facts.systemOwned) +
               std::to_string(facts.foreignCode) + std::to_string(facts.otherNamespace);
    };
    const std::string through = look();
    const int opened = openExecutable(child.pid());
    EXPECT_EQ(fileMark(opened), measureProcess(child.pid()).executableFile);
    ::close(opened);
    endStarter();
    EXPECT_EQ(through, look());
    EXPECT_NE(markOf(child.pid()).stack, 0U);
}

TEST_F(StarterTest, ManyQuestionsAreAnsweredInTheirOrder) {
    const Child child({"/bin/cat"}, {"A=first"});
    child.feed("x");
    child.awaitFirstByte();
    const std::int64_t own = ::getpid();
    const std::vector<ProcLook> looks = lookAtProcesses({{child.pid(), ProcEntry::Environment},
                                                         {0x7ffffff0, ProcEntry::Environment},
                                                         {own, ProcEntry::Executable},
                                                         {child.pid(), ProcEntry::Directory},
                                                         {child.pid(), ProcEntry::Memory},
                                                         {child.pid(), ProcEntry::Executable}});
    ASSERT_EQ(looks.size(), 6U);
    EXPECT_NE(readOpened(looks[0].fd, 4096).value_or("").find("A=first"), std::string::npos);
    EXPECT_EQ(looks[1].fd, -1);
    EXPECT_NE(looks[1].code, 0);
    EXPECT_EQ(looks[2].text, executablePath(own));
    EXPECT_EQ(looks[3].text, std::filesystem::current_path());
    EXPECT_NE(readOpened(looks[4].fd, 65536).value_or("").find("cat"), std::string::npos);
    EXPECT_EQ(looks[5].text, executablePath(child.pid()));
    const std::vector<ProcQuestion> tooMany(mostQuestions + 1, {child.pid(), ProcEntry::Directory});
    EXPECT_EQ(lookAtProcesses(tooMany).back().code, E2BIG);
    EXPECT_FALSE(starterIsGone());
}

TEST_F(StarterTest, WhoIsNotThereIsNotSeen) {
    EXPECT_EQ(measureProcess(0x7fffffffff).startTime, 0U);
    EXPECT_TRUE(describeProcess(0x7ffffff0).executable.empty());
    EXPECT_EQ(openExecutable(0x7ffffff0), -1);
    settle();
}

} // namespace
} // namespace keybearer
