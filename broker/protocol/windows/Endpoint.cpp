#include "broker/protocol/Endpoint.h"

#include "broker/base/windows/OwnerOnly.h"

#include <shlobj.h>

#include <cstdint>
#include <string>

namespace keybearer {

namespace {

constexpr std::size_t longestPipe = 256; // characters of a whole name, CreateNamedPipe
constexpr std::wstring_view pipes = LR"(\\.\pipe\)";

// What getenv() gives is in the code page of the system, which has not every character.
std::wstring variable(const wchar_t* name) {
    const DWORD needed = ::GetEnvironmentVariableW(name, nullptr, 0);
    std::wstring value(needed, L'\0');
    const DWORD size = needed == 0 ? 0 : ::GetEnvironmentVariableW(name, value.data(), needed);
    value.resize(size < needed ? size : 0);
    return value;
}

std::wstring fullPath(const std::wstring& path) {
    const DWORD needed = ::GetFullPathNameW(path.c_str(), 0, nullptr, nullptr);
    std::wstring full(needed, L'\0');
    const DWORD size = ::GetFullPathNameW(path.c_str(), needed, full.data(), nullptr);
    full.resize(size < needed ? size : 0);
    while (full.size() > 3 && full.ends_with(L'\\'))
        full.pop_back();
    return full;
}

std::filesystem::path localApplications() {
    PWSTR found = nullptr;
    const HRESULT code = ::SHGetKnownFolderPath(FOLDERID_LocalAppData, KF_FLAG_DONT_VERIFY, nullptr, &found);
    std::filesystem::path path = code == S_OK ? std::filesystem::path(found) : std::filesystem::path();
    ::CoTaskMemFree(found);
    return path;
}

// Pipes have one name space for the whole machine, so a broker of its own directory has a name of its own:
// the directory's full path, in UTF-8 with small ASCII letters, by FNV-1a. The C library does the same.
std::string markOf(const std::wstring& directory) {
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : utf8(directory.data(), static_cast<int>(directory.size()))) {
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        hash = (hash ^ static_cast<unsigned char>(small)) * 1'099'511'628'211U;
    }
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 15U];
    return text;
}

} // namespace

Result<Places> findPlaces() {
    if (!ownAccount())
        return failure(ownAccount().error());
    Places places;
    std::string pipe = "keybearer-" + *ownAccount();
    if (const std::wstring own = fullPath(variable(L"KEYBEARER_HOME")); !own.empty()) {
        const std::filesystem::path root(own);
        places.config = root / "config" / "config.yaml";
        places.state = root / "state";
        places.runtime = root / "run";
        pipe.append("-").append(markOf(own));
    } else {
        const std::filesystem::path local = localApplications();
        if (local.empty())
            return failure(ErrorCode::InvalidParams,
                           "the system does not say where applications keep their files",
                           "Set KEYBEARER_HOME to a directory of yours.");
        places.config = local / "keybearer" / "config.yaml";
        places.state = local / "keybearer" / "state";
        places.runtime = local / "keybearer" / "run";
    }
    if (const std::wstring config = fullPath(variable(L"KEYBEARER_CONFIG")); !config.empty())
        places.config = config;
    const std::wstring named = variable(L"KEYBEARER_SOCKET");
    places.socket = named.empty() ? std::wstring(pipes) + wide(pipe) : named;
    const std::wstring whole = places.socket.wstring();
    if (!whole.starts_with(pipes) || whole.size() == pipes.size() || whole.size() > longestPipe ||
        whole.find(L'\\', pipes.size()) != std::wstring::npos)
        return failure(ErrorCode::InvalidParams, places.socket.string() + " is no name of a pipe",
                       R"(Name one with KEYBEARER_SOCKET, for example \\.\pipe\my-broker.)");
    return places;
}

} // namespace keybearer
