#include "app/import/FileExchange.h"

#include "app/import/JsonText.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t readStep = std::size_t{64} << 10;
constexpr std::size_t longestShown = 300; // of a path in an error
constexpr mode_t anyWriter = S_IWUSR | S_IWGRP | S_IWOTH;
constexpr mode_t permissions = 07777;

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

std::string shown(const fs::path& path) {
    return displaySafe(path.string(), longestShown);
}

tl::unexpected<Error> unreadable(const fs::path& path, const std::string& why, std::string action) {
    return failure(ErrorCode::InvalidParams, shown(path) + " " + why, std::move(action));
}

tl::unexpected<Error> notWritten(const std::string& what, const fs::path& path) {
    const int code = errno;
    Error error(ErrorCode::InvalidRequest, what + " " + shown(path) + ": " + std::strerror(code),
                code == ENOSPC || code == EDQUOT
                    ? "Make room on the disk and try again; the file is as it was."
                    : "Check who may write there and try again; the file is as it was.");
    error.details.emplace_back("reason", std::string("not_written"));
    return failure(std::move(error));
}

Result<std::string> contentOf(int file, const fs::path& path) {
    std::string text;
    std::array<char, readStep> buffer{};
    for (;;) {
        const ssize_t got = ::read(file, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(path, std::string("cannot be read: ").append(std::strerror(errno)),
                              "Check who may read it.");
        if (got == 0)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > JsonText::longestText)
            return unreadable(path, "is larger than 16 MiB", "Change it by hand.");
    }
}

bool writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<void> syncDirectory(const fs::path& directory) {
    const Descriptor parent(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.get() < 0 || ::fsync(parent.get()) != 0)
        return notWritten("cannot write", directory);
    return {};
}

// A new file beside the old one, complete and on the disk. Its name is hidden and nobody else's.
Result<fs::path> writeBeside(const ClientFileContent& what, std::string_view text) {
    const fs::path name =
        what.path.parent_path() / ("." + what.path.filename().string() + ".keybearer-" + randomToken(6));
    const Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.get() < 0)
        return notWritten("cannot write beside", what.path);
    struct stat status {};
    const bool ours =
        ::fstat(file.get(), &status) == 0 && status.st_uid == what.owner && status.st_gid == what.group;
    const bool written = writeAll(file.get(), text) &&
                         (ours || ::fchown(file.get(), what.owner, what.group) == 0) &&
                         ::fchmod(file.get(), what.mode & permissions) == 0 && ::fsync(file.get()) == 0;
    if (written)
        return name;
    auto error = notWritten("cannot write", what.path);
    ::unlink(name.c_str());
    return error;
}

tl::unexpected<Error> changedSince(const fs::path& path) {
    Error error(ErrorCode::InvalidRequest, shown(path) + " was changed meanwhile",
                "Try again; nothing was written.");
    error.details.emplace_back("reason", std::string("changed_since"));
    return failure(std::move(error));
}

Result<void> checkUnchanged(const ClientFileContent& was) {
    const Result<ClientFileContent> now = readClientFile(was.path);
    if (!now || now->text != was.text)
        return changedSince(was.path);
    struct stat status {};
    if (::stat(was.path.c_str(), &status) == 0 && status.st_nlink > 1)
        return failure(ErrorCode::InvalidRequest, shown(was.path) + " has a second name (a hard link)",
                       "Make it a file of its own, or change it by hand; nothing was written.");
    return {};
}

} // namespace

std::string digestOf(std::string_view text) {
    return hex(sha256(text));
}

Result<ClientFileContent> readClientFile(const fs::path& path) {
    std::error_code failed;
    ClientFileContent out;
    out.path = fs::canonical(path, failed);
    if (failed) {
        if (failed.value() == ENOENT && !fs::is_symlink(path, failed))
            return failure(ErrorCode::NotFound, "there is no file " + shown(path));
        return unreadable(path, "leads to no file that can be read", "Check the link and who may read it.");
    }
    // O_NONBLOCK: a pipe in the place of a file must not hold us up.
    const Descriptor file(::open(out.path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    if (file.get() < 0)
        return unreadable(path, std::string("cannot be opened: ").append(std::strerror(errno)),
                          "Check who may read it.");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return unreadable(path, "is no file", "Name a file.");
    Result<std::string> text = contentOf(file.get(), path);
    if (!text)
        return failure(std::move(text.error()));
    out.text = std::move(*text);
    out.mode = status.st_mode & permissions;
    out.owner = status.st_uid;
    out.group = status.st_gid;
    out.isWritable = (status.st_mode & anyWriter) != 0;
    return out;
}

Result<void> exchangeFile(const ClientFileContent& was, std::string_view text) {
    const Result<fs::path> name = writeBeside(was, text);
    if (!name)
        return failure(name.error());
    if (Result<void> unchanged = checkUnchanged(was); !unchanged) {
        ::unlink(name->c_str());
        return unchanged;
    }
    if (::rename(name->c_str(), was.path.c_str()) != 0) {
        auto error = notWritten("cannot replace", was.path);
        ::unlink(name->c_str());
        return error;
    }
    return syncDirectory(was.path.parent_path());
}

Result<void> removeFile(const ClientFileContent& was) {
    if (Result<void> unchanged = checkUnchanged(was); !unchanged)
        return unchanged;
    if (::unlink(was.path.c_str()) != 0)
        return notWritten("cannot remove", was.path);
    return syncDirectory(was.path.parent_path());
}

Result<void> recreateFile(const ClientFileContent& what) {
    const Result<fs::path> name = writeBeside(what, what.text);
    if (!name)
        return failure(name.error());
    // link() and not rename(): what somebody has put there meanwhile stays.
    const int made = ::link(name->c_str(), what.path.c_str());
    const int code = errno;
    ::unlink(name->c_str());
    errno = code;
    if (made != 0 && code == EEXIST)
        return changedSince(what.path);
    if (made != 0)
        return notWritten("cannot write", what.path);
    return syncDirectory(what.path.parent_path());
}

} // namespace keybearer
