// Takes the place of the import library for a few functions: what is linked with this calls them here, and
// they hand on to the system.
#include "tests/windows/Asked.h"

#include <aclapi.h>
#include <bit>
#include <cstring>
#include <sddl.h>

namespace keybearer {

Asked& asked() {
    static Asked all;
    return all;
}

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

namespace {

template <typename Function>
Function ofSystem(const wchar_t* library, const char* name) {
    return std::bit_cast<Function>(::GetProcAddress(::GetModuleHandleW(library), name));
}

HANDLE WINAPI namedPipe(LPCWSTR name, DWORD open, DWORD mode, DWORD most, DWORD out, DWORD in, DWORD time,
                        LPSECURITY_ATTRIBUTES attributes) {
    asked().pipes.push_back({name, open, mode,
                             attributes == nullptr || attributes->lpSecurityDescriptor == nullptr
                                 ? std::string()
                                 : sddlOf(attributes->lpSecurityDescriptor)});
    static const auto system = ofSystem<decltype(&::CreateNamedPipeW)>(L"kernel32.dll", "CreateNamedPipeW");
    return system(name, open, mode, most, out, in, time, attributes);
}

HANDLE WINAPI fileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES attributes, DWORD how,
                    DWORD flags, HANDLE like) {
    if (std::wstring_view(name).starts_with(LR"(\\.\pipe\)"))
        asked().openedPipes.push_back(flags);
    static const auto system = ofSystem<decltype(&::CreateFileW)>(L"kernel32.dll", "CreateFileW");
    return system(name, access, share, attributes, how, flags, like);
}

HANDLE WINAPI fileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES attributes, DWORD how,
                    DWORD flags, HANDLE like) {
    if (std::string_view(name).starts_with(R"(\\.\pipe\)"))
        asked().openedPipes.push_back(flags);
    static const auto system = ofSystem<decltype(&::CreateFileA)>(L"kernel32.dll", "CreateFileA");
    return system(name, access, share, attributes, how, flags, like);
}

DWORD WINAPI setSecurity(HANDLE object, SE_OBJECT_TYPE type, SECURITY_INFORMATION what, PSID owner,
                         PSID group, PACL list, PACL audit) {
    asked().set = what;
    static const auto system = ofSystem<decltype(&::SetSecurityInfo)>(L"advapi32.dll", "SetSecurityInfo");
    return system(object, type, what, owner, group, list, audit);
}

} // namespace
} // namespace keybearer

// What calls to imported functions go through.
extern "C" {
extern decltype(&::CreateNamedPipeW) __imp_CreateNamedPipeW;
extern decltype(&::CreateFileW) __imp_CreateFileW;
extern decltype(&::CreateFileA) __imp_CreateFileA;
extern decltype(&::SetSecurityInfo) __imp_SetSecurityInfo;
decltype(&::CreateNamedPipeW) __imp_CreateNamedPipeW = keybearer::namedPipe;
decltype(&::CreateFileW) __imp_CreateFileW = keybearer::fileW;
decltype(&::CreateFileA) __imp_CreateFileA = keybearer::fileA;
decltype(&::SetSecurityInfo) __imp_SetSecurityInfo = keybearer::setSecurity;
}
