#include "broker/base/PrivateFile.h"

#include "broker/base/windows/LongPath.h"
#include "broker/base/windows/OwnerOnly.h"

#include <algorithm>

namespace keybearer {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largestPiece = std::size_t{1} << 20; // of one write

tl::unexpected<Error> systemFailure(const std::string& what, const fs::path& path,
                                    DWORD code = ::GetLastError()) {
    return failure(ErrorCode::StoreUnavailable,
                   what + " " + path.string() + ": error " + std::to_string(code),
                   "Check that the disk is not full and that the directory belongs to you.");
}

bool writeAll(HANDLE file, std::string_view content) {
    while (!content.empty()) {
        DWORD written = 0;
        const auto piece = static_cast<DWORD>(std::min(content.size(), largestPiece));
        if (::WriteFile(file, content.data(), piece, &written, nullptr) == 0 || written == 0)
            return false;
        content.remove_prefix(written);
    }
    return true;
}

// A reparse point can lead elsewhere: a symbolic link, a junction.
bool isPlain(HANDLE object, bool directory) {
    BY_HANDLE_FILE_INFORMATION found{};
    return ::GetFileInformationByHandle(object, &found) != 0 &&
           (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0 &&
           ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) == directory;
}

// Those above are made as their own parents want it.
void makeParents(const fs::path& path) {
    const fs::path parent = path.parent_path();
    if (parent.empty() || parent == path || ::GetFileAttributesW(parent.c_str()) != INVALID_FILE_ATTRIBUTES)
        return;
    makeParents(parent);
    ::CreateDirectoryW(parent.c_str(), nullptr);
}

} // namespace

Result<void> writePrivateFile(const fs::path& path, std::string_view content) {
    const fs::path name = asItStands(path);
    const fs::path temporary = fs::path(name) += ".new";
    Result<OwnerOnly> ours = OwnerOnly::create(OwnerOnly::For::File);
    if (!ours)
        return failure(ours.error());
    ::DeleteFileW(temporary.c_str());
    {
        const Handle file(::CreateFileW(temporary.c_str(), GENERIC_WRITE, 0, ours->attributes(), CREATE_NEW,
                                        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
        if (!file)
            return systemFailure("cannot create", temporary);
        if (!writeAll(file.get(), content) || ::FlushFileBuffers(file.get()) == 0) {
            auto error = systemFailure("cannot write", temporary);
            ::DeleteFileW(temporary.c_str()); // once the handle is closed, if not now
            return error;
        }
    }
    // Returns when the new name is on the disk. The file keeps its own access list.
    if (::MoveFileExW(temporary.c_str(), name.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) ==
        0) {
        auto error = systemFailure("cannot replace", path);
        ::DeleteFileW(temporary.c_str());
        return error;
    }
    return {};
}

Result<std::string> readFile(const fs::path& path, std::size_t limit) {
    const Handle file(::CreateFileW(asItStands(path).c_str(), GENERIC_READ,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                    OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    if (!file) {
        const DWORD code = ::GetLastError();
        if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND)
            return failure(ErrorCode::NotFound, "there is no file " + path.string());
        return systemFailure("cannot open", path, code);
    }
    if (!isPlain(file.get(), false))
        return failure(ErrorCode::StoreUnavailable, path.string() + " is a link or no file",
                       "Put the file itself there.");
    std::string content;
    char buffer[16384];
    for (;;) {
        DWORD got = 0;
        if (::ReadFile(file.get(), buffer, sizeof buffer, &got, nullptr) == 0)
            return systemFailure("cannot read", path);
        if (got == 0)
            return content;
        if (content.size() + got > limit)
            return failure(ErrorCode::InvalidParams,
                           path.string() + " is larger than " + std::to_string(limit) + " bytes");
        content.append(buffer, got);
    }
}

Result<void> makePrivateDirectory(const fs::path& path) {
    const fs::path name = asItStands(path);
    Result<OwnerOnly> ours = OwnerOnly::create(OwnerOnly::For::Directory);
    if (!ours)
        return failure(ours.error());
    makeParents(name);
    if (::CreateDirectoryW(name.c_str(), ours->attributes()) == 0 && ::GetLastError() != ERROR_ALREADY_EXISTS)
        return systemFailure("cannot make directory", path);
    const Handle directory(::CreateFileW(name.c_str(), READ_CONTROL | WRITE_DAC | FILE_READ_ATTRIBUTES,
                                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                         OPEN_EXISTING,
                                         FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    if (!directory)
        return systemFailure("cannot look at", path);
    if (!isPlain(directory.get(), true))
        return failure(ErrorCode::StoreUnavailable, path.string() + " is not a directory",
                       "Remove it: somebody put something else where Keybearer keeps its files.");
    const Result<Access> access = accessTo(directory.get(), SE_FILE_OBJECT);
    if (!access)
        return failure(access.error());
    if (*access == Access::Foreign)
        return failure(ErrorCode::StoreUnavailable, path.string() + " belongs to another user",
                       "Remove it or choose another place with KEYBEARER_HOME.");
    return *access == Access::OursAlone ? Result<void>()
                                        : closeToOthers(directory.get(), OwnerOnly::For::Directory);
}

} // namespace keybearer
