#include "tests/windows/Place.h"

#include "broker/base/PrivateFile.h"
#include "broker/platform/ProcessHardening.h"
#include "broker/platform/ProgramFile.h"
#include "broker/platform/SingleInstance.h"

#include <fstream>
#include <shlobj.h>

namespace keybearer {
namespace {

using SingleTest = Place;

TEST_F(SingleTest, SecondOneIsToldWhoRuns) {
    const auto lock = directory_ / "run" / "broker.lock";
    const auto pid = directory_ / "run" / "broker.pid";
    {
        const auto first = SingleInstance::acquire(lock, pid, -1);
        ASSERT_TRUE(first) << first.error().message;
        EXPECT_EQ(*readFile(pid, 64), std::to_string(::GetCurrentProcessId()) + "\n");
        const auto second = SingleInstance::acquire(lock, pid, -1);
        ASSERT_FALSE(second);
        EXPECT_NE(second.error().message.find(std::to_string(::GetCurrentProcessId())), std::string::npos);
    }
    EXPECT_FALSE(std::filesystem::exists(pid));
    EXPECT_TRUE(SingleInstance::acquire(lock, pid, -1));
}

TEST_F(SingleTest, ProgramsOfTheSystemAreToldByWhereTheyReallyLie) {
    PWSTR found = nullptr;
    ASSERT_EQ(::SHGetKnownFolderPath(FOLDERID_ProgramFiles, 0, nullptr, &found), S_OK);
    const std::filesystem::path programs(found);
    ::CoTaskMemFree(found);
    const auto installed = programs / "kb test" / "program.exe";
    const auto own = directory_ / "program.exe";
    std::filesystem::create_directories(installed.parent_path());
    std::ofstream(installed) << "x";
    std::ofstream(own) << "x";
    EXPECT_TRUE(onlyThisUserReplaces(installed));
    EXPECT_FALSE(onlyThisUserReplaces(own));
    // The variable is anybody's to set, and a name with .. in it leads out.
    const std::wstring before = programs.wstring();
    ::SetEnvironmentVariableW(L"ProgramFiles", directory_.c_str());
    EXPECT_FALSE(onlyThisUserReplaces(own));
    ::SetEnvironmentVariableW(L"ProgramFiles", before.c_str());
    EXPECT_FALSE(onlyThisUserReplaces(programs / ".." / own.relative_path()));
    EXPECT_FALSE(onlyThisUserReplaces(programs / "absent.exe"));
    EXPECT_NE(fileIdentity(installed), fileIdentity(own));
    std::filesystem::remove_all(installed.parent_path());
}

TEST_F(SingleTest, ProcessIsHardened) {
    const Result<void> hardened = hardenProcess();
    EXPECT_TRUE(hardened) << hardened.error().message;
}

} // namespace
} // namespace keybearer
