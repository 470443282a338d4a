// Files, directories and pipes that are this account's alone.
#include "tests/windows/Place.h"

#include "broker/base/FileStamp.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/windows/OwnerOnly.h"

#include <aclapi.h>
#include <fstream>
#include <sddl.h>

namespace keybearer {
namespace {

using AccessTest = Place;

std::string sddlOf(PSECURITY_DESCRIPTOR descriptor) {
    LPSTR text = nullptr;
    if (::ConvertSecurityDescriptorToStringSecurityDescriptorA(
            descriptor, SDDL_REVISION_1, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &text,
            nullptr) == 0)
        return {};
    std::string kept(text);
    ::LocalFree(text);
    return kept;
}

// Lets everybody read: as icacls FILE /grant Everyone:R would.
void widen(HANDLE object, const char* list) {
    PSECURITY_DESCRIPTOR made = nullptr;
    ASSERT_NE(::ConvertStringSecurityDescriptorToSecurityDescriptorA(list, SDDL_REVISION_1, &made, nullptr),
              0);
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    PACL entries = nullptr;
    ASSERT_NE(::GetSecurityDescriptorDacl(made, &present, &entries, &defaulted), 0);
    ASSERT_EQ(::SetSecurityInfo(object, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, entries,
                                nullptr),
              DWORD{ERROR_SUCCESS});
    ::LocalFree(made);
}

std::string openToEverybody() {
    return "D:(A;;FA;;;" + *ownAccount() + ")(A;;FR;;;WD)";
}

TEST_F(AccessTest, AccountIsNamedInFull) {
    ASSERT_TRUE(ownAccount());
    EXPECT_TRUE(ownAccount()->starts_with("S-1-5-")) << *ownAccount();
    EXPECT_EQ(*accountOf(::GetCurrentProcess()), *ownAccount());
}

TEST_F(AccessTest, T_09_DescriptorNamesTheOwnAccountAloneAndInheritsNothing) {
    const std::string own = *ownAccount();
    const auto text = [&](OwnerOnly::For what) { return sddlOf(OwnerOnly::create(what)->descriptor()); };
    EXPECT_EQ(text(OwnerOnly::For::File), "O:" + own + "D:P(A;;FA;;;" + own + ")");
    EXPECT_EQ(text(OwnerOnly::For::Directory), "O:" + own + "D:P(A;OICI;FA;;;" + own + ")");
    EXPECT_EQ(text(OwnerOnly::For::Pipe), "O:" + own + "D:P(D;;FA;;;NU)(A;;FA;;;" + own + ")");
}

TEST_F(AccessTest, WrittenFileIsReadBackAndIsOursAlone) {
    ASSERT_TRUE(
        writePrivateFile(directory_ / "file", "line\r\nline\n\x1a end")); // as it stands: no CRLF, no Ctrl-Z
    EXPECT_EQ(*readFile(directory_ / "file", 100), "line\r\nline\n\x1a end");
    EXPECT_EQ(*accessTo(look(directory_ / "file").get(), SE_FILE_OBJECT), Access::OursAlone);
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "shorter"));
    EXPECT_EQ(*readFile(directory_ / "file", 100), "shorter");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_), {}), 1);
}

TEST_F(AccessTest, WidenedListIsSeen) {
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "x"));
    const Handle file = look(directory_ / "file");
    widen(file.get(), openToEverybody().c_str());
    EXPECT_EQ(*accessTo(file.get(), SE_FILE_OBJECT), Access::Widened);
    ASSERT_TRUE(closeToOthers(file.get(), OwnerOnly::For::File));
    EXPECT_EQ(*accessTo(file.get(), SE_FILE_OBJECT), Access::OursAlone);
}

TEST_F(AccessTest, ReplacingAFileDoesNotKeepItsWidenedList) {
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "x"));
    widen(look(directory_ / "file").get(), openToEverybody().c_str());
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "y"));
    EXPECT_EQ(*accessTo(look(directory_ / "file").get(), SE_FILE_OBJECT), Access::OursAlone);
}

TEST_F(AccessTest, T_09_OpenDirectoryIsClosedToOthers) {
    const auto path = directory_ / "a" / "b";
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::OursAlone);
    widen(look(path).get(), openToEverybody().c_str());
    ASSERT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::Widened);
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::OursAlone);
}

TEST_F(AccessTest, T_09_FileInThePlaceOfADirectoryIsRefused) {
    std::ofstream(directory_ / "file") << "x";
    EXPECT_FALSE(makePrivateDirectory(directory_ / "file"));
    EXPECT_FALSE(readFile(directory_, 100));
    EXPECT_EQ(readFile(directory_ / "absent", 100).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(readFile(directory_ / "file", 0)); // longer than asked for
}

TEST_F(AccessTest, LinkIsNotFollowed) {
    std::ofstream(directory_ / "victim") << "untouched";
    if (::CreateSymbolicLinkW((directory_ / "link").c_str(), (directory_ / "victim").c_str(),
                              SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE) == 0)
        GTEST_SKIP() << "links cannot be made here: error " << ::GetLastError();
    EXPECT_FALSE(readFile(directory_ / "link", 100));
    ASSERT_TRUE(writePrivateFile(directory_ / "link", "mine"));
    EXPECT_EQ(*readFile(directory_ / "victim", 100), "untouched");
}

TEST_F(AccessTest, StampTellsAnotherContentAndAnotherFile) {
    EXPECT_EQ(fileStamp(directory_ / "file"), "");
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "one"));
    const std::string first = fileStamp(directory_ / "file");
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(fileStamp(directory_ / "file"), first);
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "longer"));
    EXPECT_NE(fileStamp(directory_ / "file"), first);
}

} // namespace
} // namespace keybearer
