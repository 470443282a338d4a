// What is measured of real processes that this test starts.
#include "broker/platform/ProcessFacts.h"

#include "broker/platform/unix/SystemOwned.h"
#include "tests/broker/platform/Child.h"
#include "tests/broker/platform/TemporaryPlace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/mman.h>
#include <sys/stat.h>

namespace keybearer {
namespace {

using test::Child;
using testing::Contains;
using testing::HasSubstr;

void awaitStart(const Child& child) {
    child.feed("x");
    child.awaitFirstByte();
}

TEST(ProcessFacts, NativeProgramOfTheSystemHasAnOwnerAMarkAndAChain) {
    const Child child({"/bin/cat"});
    awaitStart(child);
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_EQ(facts.executable, std::filesystem::canonical("/bin/cat"));
    EXPECT_TRUE(facts.systemOwned);
    EXPECT_FALSE(facts.interpreter);
    EXPECT_FALSE(facts.foreignCode);
    EXPECT_FALSE(facts.otherNamespace);
    EXPECT_GT(facts.executableFile.size, 0U);
    EXPECT_EQ(facts.workingDirectory, std::filesystem::current_path());
    EXPECT_EQ(facts.parentPid, ::getpid());
    ASSERT_FALSE(facts.ancestors.empty());
    EXPECT_EQ(facts.ancestors.front().pid, ::getpid());
    EXPECT_EQ(facts.ancestors.front().executable, std::filesystem::canonical("/proc/self/exe"));
    EXPECT_GT(facts.ancestors.front().startTime, 0U);
}

TEST(ProcessFacts, VeryFileIsOpenedWhateverHasItsName) {
    const TemporaryPlace place;
    const std::filesystem::path copy = std::filesystem::canonical(place.path()) / "tool";
    std::filesystem::copy_file("/bin/cat", copy);
    const Child child({copy});
    awaitStart(child);
    const ProcessFacts before = measureProcess(child.pid());
    std::filesystem::remove(copy);
    std::ofstream(copy) << "another";
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_TRUE(facts.deleted);
    EXPECT_FALSE(facts.systemOwned);
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("deleted or replaced")));
    const int fd = openExecutable(child.pid());
    EXPECT_EQ(fileMark(fd).inode, before.executableFile.inode);
    ::close(fd);
}

TEST(ProcessFacts, ProgramThatItsUserCanReplaceIsNotTheSystems) {
    const TemporaryPlace place;
    const std::filesystem::path copy = std::filesystem::canonical(place.path()) / "tool";
    std::filesystem::copy_file("/bin/cat", copy);
    const Child child({copy});
    awaitStart(child);
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_EQ(facts.executable, copy);
    EXPECT_FALSE(facts.systemOwned); // below a directory where everybody may write
    EXPECT_FALSE(facts.deleted);
}

TEST(ProcessFacts, ProgramInMemoryHasNoFile) {
    const int memory = ::memfd_create("tool", 0);
    ASSERT_GE(memory, 0);
    std::ifstream program("/bin/cat", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(program)), {});
    ASSERT_EQ(::write(memory, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    const Child child({"/proc/self/fd/" + std::to_string(memory)});
    awaitStart(child);
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_TRUE(facts.inMemory);
    EXPECT_FALSE(facts.systemOwned);
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("made in memory")));
    ::close(memory);
}

TEST(ProcessFacts, R4_ScriptIsFoundBehindAListedInterpreter) {
    const TemporaryPlace place;
    const std::filesystem::path script = place / "ask.sh";
    std::ofstream(script) << "echo ready; read line\n";
    const Child child({"/bin/sh", script});
    child.awaitFirstByte();
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_TRUE(facts.interpreter);
    EXPECT_EQ(facts.script, std::filesystem::canonical(script));
    EXPECT_GT(facts.scriptFile.size, 0U);
}

TEST(ProcessFacts, R4_CodeThatComesFromNoFileIsSaidToBe) {
    const Child child({"/bin/sh", "-c", "echo ready; read line"});
    child.awaitFirstByte();
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_TRUE(facts.interpreter);
    EXPECT_EQ(facts.script, "");
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("does not come from a file")));
}

TEST(ProcessFacts, R4_ProgramThatIsGivenAFileFirstCountsAsItsInterpreter) {
    const TemporaryPlace place;
    const std::filesystem::path data = place / "commands";
    std::ofstream(data) << "x";
    const Child child({"/usr/bin/tail", "-f", data});
    child.awaitFirstByte();
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_TRUE(facts.interpreter);
    EXPECT_EQ(facts.script, std::filesystem::canonical(data));
    ::kill(child.pid(), SIGKILL);
}

TEST(ProcessFacts, T_05_PreloadedLibraryIsShownAsWhatItIs) {
    const TemporaryPlace place;
    const std::filesystem::path library = std::filesystem::canonical(place.path()) / "preloaded.so";
    std::filesystem::copy_file(KEYBEARER_TEST_LIBRARY, library);
    const Child child({"/bin/cat"}, {"LD_PRELOAD=" + library.string()});
    awaitStart(child);
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_TRUE(facts.systemOwned);
    EXPECT_TRUE(facts.foreignCode);
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("runs code from " + library.string())));
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("LD_PRELOAD makes it load")));
}

TEST(ProcessFacts, T_05_VariableThatBringsCodeInIsNamedWithoutItsValue) {
    const TemporaryPlace place;
    const std::filesystem::path script = place / "ask.sh";
    std::ofstream(script) << "echo ready; read line\n";
    const Child child({"/bin/sh", script}, {"NODE_OPTIONS=--require=/secret", "PYTHONPATH=/x"});
    child.awaitFirstByte();
    const ProcessFacts facts = measureProcess(child.pid());
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("NODE_OPTIONS is set")));
    EXPECT_THAT(facts.remarks, Contains(HasSubstr("PYTHONPATH is set")));
    EXPECT_THAT(facts.remarks, testing::Not(Contains(HasSubstr("/secret"))));
}

TEST(ProcessFacts, ProcessThatIsGoneHasNone) {
    for (const std::int64_t pid : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 40U}) {
        const ProcessFacts facts = measureProcess(pid);
        EXPECT_EQ(facts.startTime, 0U);
        EXPECT_EQ(facts.executable, "");
    }
}

TEST(SystemOwned, EveryDirectoryAboveCounts) {
    SystemOwned owned;
    EXPECT_TRUE(owned.file(std::filesystem::canonical("/bin/cat")));
    EXPECT_TRUE(owned.file(std::filesystem::canonical("/bin/cat"))); // the directories are known by now
    const TemporaryPlace place;
    const std::filesystem::path file = std::filesystem::canonical(place.path()) / "file";
    std::ofstream(file) << "x";
    EXPECT_FALSE(owned.file(file)); // /tmp is open to all
    EXPECT_FALSE(owned.file("/bin"));
    EXPECT_FALSE(owned.file("bin/cat"));
    EXPECT_FALSE(owned.file(""));
    EXPECT_FALSE(owned.file("/no/such/file"));
}

} // namespace
} // namespace keybearer
