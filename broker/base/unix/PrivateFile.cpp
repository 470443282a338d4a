#include "broker/base/PrivateFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

namespace {

tl::unexpected<Error> systemFailure(const std::string& what, const std::filesystem::path& path) {
    return failure(ErrorCode::StoreUnavailable, what + " " + path.string() + ": " + std::strerror(errno),
                   "Check that the disk is not full and that the directory belongs to you.");
}

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

bool writeAll(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Result<void> writePrivateFile(const std::filesystem::path& path, std::string_view content) {
    const std::filesystem::path directory = path.parent_path().empty() ? "." : path.parent_path();
    const std::filesystem::path temporary = path.string() + ".new";
    ::unlink(temporary.c_str());
    {
        const Descriptor file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (file.get() < 0)
            return systemFailure("cannot create", temporary);
        if (!writeAll(file.get(), content) || ::fsync(file.get()) != 0) {
            auto error = systemFailure("cannot write", temporary);
            ::unlink(temporary.c_str());
            return error;
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return systemFailure("cannot replace", path);
    const Descriptor parent(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.get() < 0 || ::fsync(parent.get()) != 0)
        return systemFailure("cannot sync", directory);
    return {};
}

Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.get() < 0) {
        if (errno == ENOENT)
            return failure(ErrorCode::NotFound, "there is no file " + path.string());
        return systemFailure("cannot open", path);
    }
    std::string content;
    char buffer[16384];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemFailure("cannot read", path);
        if (got == 0)
            return content;
        if (content.size() + static_cast<std::size_t>(got) > limit)
            return failure(ErrorCode::InvalidParams,
                           path.string() + " is larger than " + std::to_string(limit) + " bytes");
        content.append(buffer, static_cast<std::size_t>(got));
    }
}

Result<void> makePrivateDirectory(const std::filesystem::path& path) {
    std::error_code ignored;
    if (path.has_parent_path())
        std::filesystem::create_directories(path.parent_path(), ignored);
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return systemFailure("cannot make directory", path);
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        return systemFailure("cannot look at", path);
    if (!S_ISDIR(status.st_mode))
        return failure(ErrorCode::StoreUnavailable, path.string() + " is not a directory",
                       "Remove it: somebody put something else where Keybearer keeps its files.");
    if (status.st_uid != ::geteuid())
        return failure(ErrorCode::StoreUnavailable, path.string() + " belongs to another user",
                       "Remove it or choose another place with KEYBEARER_HOME.");
    if ((status.st_mode & 077) != 0 && ::chmod(path.c_str(), 0700) != 0)
        return systemFailure("cannot close to others", path);
    return {};
}

} // namespace keybearer
