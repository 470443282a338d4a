// Files, directories and pipes that are this account's alone.
#include "tests/windows/Asked.h"
#include "tests/windows/Place.h"
#include "tests/windows/Served.h"

#include "broker/base/FileStamp.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/windows/OwnerOnly.h"

#include <aclapi.h>
#include <fstream>
#include <sddl.h>

namespace keybearer {
namespace {

using AccessTest = Place;

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
    const auto path = directory_ / "directory";
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::OursAlone);
    widen(look(path).get(), openToEverybody().c_str());
    ASSERT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::Widened);
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::OursAlone);
    EXPECT_EQ(asked().set, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION);
}

TEST_F(AccessTest, T_09_DirectoryIsMadeWithThoseAboveAndIsOursAlone) {
    const auto path = directory_ / "a" / "b" / "c";
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(*accessTo(look(path).get(), SE_FILE_OBJECT), Access::OursAlone);
    ASSERT_TRUE(makePrivateDirectory(path)); // it is there already
}

// What the file system itself keeps. Wine makes the mode of Unix of it and a list of that again: the owner's
// entry, the system's, one for everybody, and neither "protected" nor an entry of another account.
TEST_F(AccessTest, T_09_SystemKeepsTheListAsItWasMade) {
    const std::string own = *ownAccount();
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "x"));
    ASSERT_TRUE(makePrivateDirectory(directory_ / "directory"));
    const auto kept = [&](const char* name) {
        PSECURITY_DESCRIPTOR found = nullptr;
        EXPECT_EQ(::GetSecurityInfo(look(directory_ / name).get(), SE_FILE_OBJECT,
                                    OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, nullptr, nullptr,
                                    nullptr, nullptr, &found),
                  DWORD{ERROR_SUCCESS});
        std::string text = sddlOf(found);
        ::LocalFree(found);
        return text;
    };
    const std::string ofWine = "D:(A;;FA;;;SY)(A;;FA;;;" + own + ")";
    const std::string ofWineInside = "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;" + own + ")";
    EXPECT_EQ(kept("file"), "O:" + own + (inWine() ? ofWine : "D:P(A;;FA;;;" + own + ")"));
    EXPECT_EQ(kept("directory"), "O:" + own + (inWine() ? ofWineInside : "D:P(A;OICI;FA;;;" + own + ")"));
}

TEST_F(AccessTest, AnotherAccountInTheListIsSeen) {
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "x"));
    const Handle file = look(directory_ / "file");
    widen(file.get(), ("D:P(A;;FA;;;" + *ownAccount() + ")(A;;FR;;;BU)").c_str());
    EXPECT_EQ(*accessTo(file.get(), SE_FILE_OBJECT), inWine() ? Access::OursAlone : Access::Widened);
}

// A pipe keeps its list as it was made, in Wine too.
TEST_F(AccessTest, AnotherAccountInTheListOfAPipeIsSeen) {
    const auto accessWith = [&](const std::string& entries) {
        const Handle made = foreignPipe(pipe(), ("O:" + *ownAccount() + "D:" + entries).c_str());
        return made ? accessTo(made.get(), SE_KERNEL_OBJECT).value_or(Access::Foreign) : Access::Foreign;
    };
    const std::string own = "(A;;FA;;;" + *ownAccount() + ")";
    EXPECT_EQ(accessWith(own), Access::OursAlone);
    EXPECT_EQ(accessWith("(D;;FA;;;NU)(A;;FA;;;SY)(A;;FA;;;BA)" + own), Access::OursAlone);
    for (const char* other :
         {"(A;;FR;;;BU)", "(A;;FR;;;WD)", "(A;;FR;;;S-1-5-21-1-2-3-1001)", "(A;;FR;;;NU)"})
        EXPECT_EQ(accessWith(own + other), Access::Widened) << other;
}

TEST_F(AccessTest, PipeWithoutAListIsOpenToEverybody) {
    Result<OwnerOnly> ours = OwnerOnly::create(OwnerOnly::For::Pipe);
    PSID owner = nullptr;
    BOOL defaulted = FALSE;
    ASSERT_NE(::GetSecurityDescriptorOwner(ours->descriptor(), &owner, &defaulted), 0);
    SECURITY_DESCRIPTOR open{};
    ::InitializeSecurityDescriptor(&open, SECURITY_DESCRIPTOR_REVISION);
    ::SetSecurityDescriptorOwner(&open, owner, FALSE);
    ::SetSecurityDescriptorDacl(&open, TRUE, nullptr, FALSE);
    SECURITY_ATTRIBUTES attributes{sizeof attributes, &open, FALSE};
    const Handle made(
        ::CreateNamedPipeW(wide(pipe()).c_str(), PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, &attributes));
    ASSERT_TRUE(made);
    EXPECT_EQ(*accessTo(made.get(), SE_KERNEL_OBJECT), Access::Widened);
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
