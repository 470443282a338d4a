#include "tests/windows/Place.h"

#include "broker/base/windows/OwnerOnly.h"

#include <sddl.h>

namespace keybearer {

// Wine hands the parent's list on even to a list that is protected, so there the directory is closed.
void Place::SetUp() {
    wchar_t temporary[MAX_PATH + 1];
    ASSERT_GT(::GetTempPathW(MAX_PATH + 1, temporary), 0U);
    static int count = 0;
    name_ = "kb-" + std::to_string(::GetCurrentProcessId()) + "-" + std::to_string(++count);
    directory_ = std::filesystem::path(temporary) / name_;
    std::string list = "D:P(A;OICI;FA;;;" + *ownAccount() + ")";
    list += inWine() ? "" : "(A;OICI;FR;;;WD)";
    SECURITY_ATTRIBUTES attributes{sizeof attributes, nullptr, FALSE};
    ASSERT_NE(::ConvertStringSecurityDescriptorToSecurityDescriptorA(
                  list.c_str(), SDDL_REVISION_1, &attributes.lpSecurityDescriptor, nullptr),
              0);
    ASSERT_NE(::CreateDirectoryW(directory_.c_str(), &attributes), 0);
    ::LocalFree(attributes.lpSecurityDescriptor);
}

void Place::TearDown() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

} // namespace keybearer
