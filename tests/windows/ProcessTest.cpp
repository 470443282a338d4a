#include "tests/windows/Child.h"
#include "tests/windows/Place.h"

#include "broker/platform/PeerProcess.h"
#include "broker/platform/ProcessFacts.h"

#include <io.h>

namespace keybearer {
namespace {

using ProcessTest = Place;

std::string ownProgram() {
    wchar_t path[MAX_PATH + 1];
    const DWORD size = ::GetModuleFileNameW(nullptr, path, MAX_PATH + 1);
    return utf8(path, static_cast<int>(size));
}

TEST_F(ProcessTest, ImageStartAndParentAreTold) {
    const Child child;
    const ProcessEvidence evidence = describeProcess(child.pid());
    EXPECT_TRUE(evidence.executable.ends_with("cmd.exe")) << evidence.executable;
    EXPECT_EQ(evidence.parentPid, static_cast<std::int64_t>(::GetCurrentProcessId()));
    EXPECT_EQ(evidence.startedBy, ownProgram());
    EXPECT_GT(evidence.startTime, 0U);
    EXPECT_EQ(describeProcess(0).executable, "");
    EXPECT_EQ(describeProcess(1'000'003).startTime, 0U);
}

TEST_F(ProcessTest, PinHoldsOneProcessUntilItEnds) {
    const Child child;
    const auto pin = ProcessPin::ofProcess(child.pid());
    ASSERT_NE(pin, nullptr);
    EXPECT_FALSE(pin->ended());
    PeerProcess peer{{0, child.pid()}, pin, markOf(child.pid())};
    EXPECT_TRUE(peer.stillTheSame());
    child.end();
    EXPECT_TRUE(pin->ended());
    EXPECT_FALSE(peer.stillTheSame());
    EXPECT_EQ(ProcessPin::ofProcess(child.pid()), nullptr);
}

TEST_F(ProcessTest, FactsNameTheFileThatRuns) {
    const ProcessFacts facts = measureProcess(::GetCurrentProcessId());
    EXPECT_EQ(facts.executable, ownProgram());
    EXPECT_GT(facts.executableFile.size, 0U);
    EXPECT_EQ(facts.signer, "");
    ASSERT_FALSE(facts.remarks.empty());
    EXPECT_EQ(facts.remarks.front(), "The program is not signed.");
    EXPECT_EQ(openForReading((directory_ / "absent").string()), -1);
}

} // namespace
} // namespace keybearer
