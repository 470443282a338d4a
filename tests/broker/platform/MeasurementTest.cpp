#include "broker/platform/Measurement.h"

#include "broker/platform/Starter.h"
#include "broker/platform/linux/ProcLook.h"
#include "broker/platform/linux/ProcText.h"
#include "broker/platform/linux/StarterWire.h"
#include "tests/broker/platform/Child.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <functional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace keybearer {
namespace {

using test::Child;

// Answers what is asked to be looked at, and does something of its own before some of it.
class TestStarter {
public:
    using Before = std::function<std::optional<ProcLook>(std::size_t question, ProcEntry entry)>;
    explicit TestStarter(Before before) : before_(std::move(before)) {
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_.data()), 0);
        useStarter(ends_[0]);
        thread_ = std::thread([this] { serve(); });
    }
    ~TestStarter() {
        endStarter();
        thread_.join();
        ::close(ends_[1]);
    }
    [[nodiscard]] int turns() const { return turns_; }

private:
    void serve() {
        while (const auto request = receiveDatagram(ends_[1], starter::longestRequest)) {
            ++turns_;
            WireReader wire(request->bytes);
            static_cast<void>(wire.number());
            std::string answer;
            std::vector<int> descriptors;
            for (std::size_t i = 0; !wire.whole(); ++i) {
                const auto entry = static_cast<ProcEntry>(wire.number());
                const auto pid = static_cast<std::int64_t>(wire.number());
                const ProcLook look = before_(i, entry).value_or(lookDirectly(pid, entry));
                answer += lookAnswer(look);
                if (look.fd >= 0)
                    descriptors.push_back(look.fd);
            }
            EXPECT_TRUE(sendDatagram(ends_[1], answer, descriptors));
            for (const int fd : descriptors)
                ::close(fd);
        }
    }

    Before before_;
    std::array<int, 2> ends_{-1, -1};
    std::atomic<int> turns_{0};
    std::thread thread_;
};

std::optional<ProcLook> asItIs(std::size_t, ProcEntry) {
    return std::nullopt;
}

std::string seenIn(const Measurement& measured) {
    const ProcessFacts& facts = measured.facts;
    std::string out = facts.executable + " " + facts.script + " " + facts.workingDirectory;
    for (const ProcessStep& step : facts.ancestors)
        out += " " + std::to_string(step.pid) + " " + step.executable;
    for (const std::string& remark : facts.remarks)
        out += " " + remark;
    return out;
}

// The child waits for a line before it does.
void becomeCat(const Child& child) {
    const auto executable = [&child] { return lookDirectly(child.pid(), ProcEntry::Executable).text; };
    if (executable().ends_with("/cat"))
        return;
    child.feed("\n");
    while (!executable().ends_with("/cat"))
        std::this_thread::yield();
}

constexpr const char* someScript = "/etc/hostname"; // a file that stands in the command line

TEST(Measurement, ItIsOneTurnAndWhatAProcessIsByItself) {
    const Child child({"/bin/sh", "-c", "echo x; read x", someScript}, {"LD_LIBRARY_PATH=/nowhere"});
    child.awaitFirstByte();
    const Measurement direct = measureProgram(child.pid());
    const TestStarter starter(asItIs);
    const Measurement measured = measureProgram(child.pid());
    EXPECT_EQ(starter.turns(), 1);
    EXPECT_TRUE(measured.steady);
    EXPECT_EQ(measured.mark, markOf(child.pid()));
    EXPECT_NE(measured.mark.stack, 0U);
    EXPECT_EQ(measured.file, programIdentity(child.pid()));
    EXPECT_EQ(seenIn(measured), seenIn(direct));
    ASSERT_FALSE(measured.facts.ancestors.empty());
    EXPECT_EQ(measured.facts.ancestors.front().executable, executablePath(::getpid()));
    child.feed("\n");
}

// Looked at before and after whatever else is: then nothing of it can be another program's.
TEST(Measurement, T_03_AProgramThatBecomesAnotherOneMeanwhileIsNotSteady) {
    for (const ProcEntry when : {ProcEntry::Directory, ProcEntry::Executable, ProcEntry::Environment,
                                 ProcEntry::Memory, ProcEntry::CommandLine}) {
        const Child child({"/bin/sh", "-c", "echo x; read x; exec /bin/cat"});
        child.awaitFirstByte();
        const TestStarter starter([&](std::size_t, ProcEntry entry) -> std::optional<ProcLook> {
            if (entry == when)
                becomeCat(child);
            return std::nullopt;
        });
        EXPECT_FALSE(measureProgram(child.pid()).steady) << static_cast<int>(when);
        EXPECT_TRUE(measureProgram(child.pid()).steady);
    }
}

// What it does not know is read without it, and so the program is looked at once more.
TEST(Measurement, T_03_TheStarterOfAnOlderBrokerIsAskedAgain) {
    const Child child({"/bin/sh", "-c", "echo x; read x; exec /bin/cat", someScript});
    child.awaitFirstByte();
    const std::string alone = seenIn(measureProgram(child.pid()));
    std::atomic<int> turns{0};
    int becomesIn = 0;
    const TestStarter starter([&](std::size_t question, ProcEntry entry) -> std::optional<ProcLook> {
        if (question == 0 && ++turns == becomesIn)
            becomeCat(child);
        return entry > ProcEntry::FlatpakInfo ? std::optional(ProcLook{EINVAL, {}, {}, -1}) : std::nullopt;
    });
    const Measurement measured = measureProgram(child.pid());
    EXPECT_EQ(seenIn(measured), alone);
    EXPECT_TRUE(measured.steady);
    EXPECT_GT(turns, 1);
    turns = 0;
    becomesIn = 2;
    EXPECT_FALSE(measureProgram(child.pid()).steady);
}

TEST(Measurement, WhoIsNotThereIsNotSteady) {
    EXPECT_FALSE(measureProgram(0).steady);
    EXPECT_FALSE(measureProgram(0x7ffffff0).steady);
    EXPECT_EQ(measureProgram(0x7ffffff0).facts.startTime, 0U);
}

} // namespace
} // namespace keybearer
