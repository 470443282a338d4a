#include "tests/windows/Place.h"

#include "broker/platform/PeerProcess.h"
#include "broker/platform/ProcessFacts.h"

#include <io.h>

namespace keybearer {
namespace {

using ProcessTest = Place;

// A process that runs until it is ended.
class Child {
public:
    Child() {
        std::wstring command = L"cmd.exe /c pause";
        STARTUPINFOW start{};
        start.cb = sizeof start;
        SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
        HANDLE in = nullptr;
        HANDLE keep = nullptr;
        ::CreatePipe(&in, &keep, &inherited, 0);
        ::SetHandleInformation(keep, HANDLE_FLAG_INHERIT, 0);
        input_ = Handle(keep);
        start.dwFlags = STARTF_USESTDHANDLES;
        start.hStdInput = in;
        start.hStdOutput = start.hStdError = nullptr;
        ::CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_NO_WINDOW, nullptr, nullptr,
                         &start, &made_);
        ::CloseHandle(in);
        process_ = Handle(made_.hProcess);
        thread_ = Handle(made_.hThread);
    }
    ~Child() { end(); }
    void end() const {
        ::TerminateProcess(process_.get(), 0);
        ::WaitForSingleObject(process_.get(), 10'000);
    }
    [[nodiscard]] std::int64_t pid() const { return made_.dwProcessId; }

private:
    PROCESS_INFORMATION made_{};
    Handle input_{nullptr};
    Handle process_{nullptr};
    Handle thread_{nullptr};
};

TEST_F(ProcessTest, ImageStartAndParentAreTold) {
    const Child child;
    const ProcessEvidence evidence = describeProcess(child.pid());
    EXPECT_TRUE(evidence.executable.ends_with("cmd.exe")) << evidence.executable;
    EXPECT_EQ(evidence.parentPid, static_cast<std::int64_t>(::GetCurrentProcessId()));
    EXPECT_TRUE(evidence.startedBy.ends_with("windows_tests.exe")) << evidence.startedBy;
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
    EXPECT_TRUE(facts.executable.ends_with("windows_tests.exe")) << facts.executable;
    EXPECT_GT(facts.executableFile.size, 0U);
    EXPECT_EQ(facts.signer, "");
    ASSERT_FALSE(facts.remarks.empty());
    EXPECT_EQ(facts.remarks.front(), "The program is not signed.");
    EXPECT_EQ(openForReading((directory_ / "absent").string()), -1);
}

} // namespace
} // namespace keybearer
