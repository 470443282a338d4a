#include "broker/base/windows/OwnerOnly.h"

#include <aclapi.h>
#include <sddl.h>

#include <vector>

namespace keybearer {

namespace {

constexpr const char* systemAccount = "S-1-5-18";
constexpr const char* administrators = "S-1-5-32-544";

tl::unexpected<Error> cannot(const std::string& what, DWORD code = ::GetLastError()) {
    return failure(ErrorCode::StoreUnavailable,
                   std::string("cannot ").append(what).append(": error ").append(std::to_string(code)));
}

std::string textOf(PSID sid) {
    LPWSTR text = nullptr;
    if (::ConvertSidToStringSidW(sid, &text) == 0)
        return {};
    const std::wstring kept(text);
    ::LocalFree(text);
    return utf8(kept.data(), static_cast<int>(kept.size()));
}

bool isOurs(const std::string& account) {
    return ownAccount() && account == *ownAccount();
}

// The system can do everything anyway.
bool mayBeListed(const std::string& account) {
    return isOurs(account) || account == systemAccount || account == administrators;
}

bool letsOthersIn(PACL list) {
    if (list == nullptr)
        return true;
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* entry = nullptr;
        if (::GetAce(list, i, &entry) == 0)
            return true;
        const auto* header = static_cast<const ACE_HEADER*>(entry);
        if (header->AceType == ACCESS_DENIED_ACE_TYPE)
            continue;
        // Entries of other kinds (for objects, with conditions) are not ours.
        if (header->AceType != ACCESS_ALLOWED_ACE_TYPE ||
            !mayBeListed(textOf(&static_cast<ACCESS_ALLOWED_ACE*>(entry)->SidStart)))
            return true;
    }
    return false;
}

} // namespace

Result<std::string> accountOf(HANDLE process) {
    HANDLE opened = nullptr;
    if (::OpenProcessToken(process, TOKEN_QUERY, &opened) == 0)
        return cannot("look at the account of a process");
    const Handle token(opened);
    DWORD size = 0;
    ::GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
    std::vector<unsigned char> buffer(size);
    if (buffer.empty() || ::GetTokenInformation(token.get(), TokenUser, buffer.data(), size, &size) == 0)
        return cannot("look at the account of a process");
    std::string text = textOf(reinterpret_cast<const TOKEN_USER*>(buffer.data())->User.Sid);
    return text.empty() ? Result<std::string>(cannot("name the account of a process"))
                        : Result<std::string>(std::move(text));
}

const Result<std::string>& ownAccount() {
    static const Result<std::string> own = accountOf(::GetCurrentProcess());
    return own;
}

OwnerOnly::OwnerOnly(PSECURITY_DESCRIPTOR descriptor) : descriptor_(descriptor) {
    attributes_.nLength = sizeof attributes_;
    attributes_.lpSecurityDescriptor = descriptor_.get();
    attributes_.bInheritHandle = FALSE;
}

// SDDL. A directory hands its entry on to what is made in it (OICI); a pipe refuses whoever logged on over
// the network (NU) once more, before it looks who that is.
Result<OwnerOnly> OwnerOnly::create(For what) {
    if (!ownAccount())
        return failure(ownAccount().error());
    std::string text = "O:" + *ownAccount() + "D:P";
    text += what == For::Pipe ? "(D;;FA;;;NU)" : "";
    text += what == For::Directory ? "(A;OICI;FA;;;" : "(A;;FA;;;";
    text += *ownAccount() + ")";
    PSECURITY_DESCRIPTOR made = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(wide(text).c_str(), SDDL_REVISION_1, &made,
                                                               nullptr) == 0)
        return cannot("make an access list");
    return OwnerOnly(made);
}

Result<Access> accessTo(HANDLE object, SE_OBJECT_TYPE type) {
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR found = nullptr;
    const DWORD code = ::GetSecurityInfo(object, type, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                         &owner, nullptr, &list, nullptr, &found);
    if (code != ERROR_SUCCESS)
        return cannot("read an access list", code);
    Access access = Access::OursAlone;
    if (owner == nullptr || !isOurs(textOf(owner)))
        access = Access::Foreign;
    else if (letsOthersIn(list))
        access = Access::Widened;
    ::LocalFree(found);
    return access;
}

Result<void> closeToOthers(HANDLE object, OwnerOnly::For what) {
    const Result<OwnerOnly> wanted = OwnerOnly::create(what);
    if (!wanted)
        return failure(wanted.error());
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    PACL list = nullptr;
    if (::GetSecurityDescriptorDacl(wanted->descriptor(), &present, &list, &defaulted) == 0)
        return cannot("make an access list");
    const DWORD code = ::SetSecurityInfo(object, SE_FILE_OBJECT,
                                         DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                         nullptr, nullptr, list, nullptr);
    return code == ERROR_SUCCESS ? Result<void>() : Result<void>(cannot("write an access list", code));
}

} // namespace keybearer
