#include "broker/platform/SingleInstance.h"

#include "broker/base/PrivateFile.h"
#include "broker/platform/unix/PrivatePlace.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t pidFileLimit = 64; // a number and a newline

class LockedInstance final : public SingleInstance {
public:
    LockedInstance(int lock, std::filesystem::path pidFile)
        : lock_(lock), owner_(::getpid()), pidFile_(std::move(pidFile)) {}
    ~LockedInstance() override {
        if (lock_ < 0)
            return;
        if (::getpid() == owner_) // a forked child must not speak for its parent
            ::unlink(pidFile_.c_str());
        ::close(lock_);
    }
    [[nodiscard]] int release() override { return std::exchange(lock_, -1); }

private:
    int lock_;
    pid_t owner_;
    std::filesystem::path pidFile_;
};

tl::unexpected<Error> alreadyRunning(const std::filesystem::path& pidFile) {
    std::int64_t pid = 0;
    if (const Result<std::string> text = readFile(pidFile, pidFileLimit); text)
        std::from_chars(text->data(), text->data() + text->size(), pid);
    Error error(ErrorCode::InvalidRequest, "a broker is already running here",
                "Use the one that runs, or give this one a place of its own with KEYBEARER_HOME.");
    if (pid <= 0)
        return failure(std::move(error));
    error.message += " (process " + std::to_string(pid) + ")";
    error.details.emplace_back("pid", pid);
    return failure(std::move(error));
}

bool isOurs(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
}

// The predecessor's descriptor is worth something only for the lock file that everybody else would open.
bool isFile(int fd, const std::filesystem::path& path) {
    struct stat held {};
    struct stat there {};
    return fd >= 0 && ::fstat(fd, &held) == 0 && ::lstat(path.c_str(), &there) == 0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

int openLock(const std::filesystem::path& lock, int held) {
    if (isFile(held, lock))
        return held;
    if (held >= 0)
        ::close(held);
    return ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
}

} // namespace

Result<std::unique_ptr<SingleInstance>>
SingleInstance::acquire(const std::filesystem::path& lock, const std::filesystem::path& pidFile, int held) {
    for (const std::filesystem::path& file : {lock, pidFile}) {
        if (Result<void> place = makePlaceFor(file); !place)
            return failure(place.error());
    }
    const int fd = openLock(lock, held);
    if (fd < 0)
        return systemError("cannot open", lock);
    if (!isOurs(fd)) {
        ::close(fd);
        return failure(ErrorCode::StoreUnavailable, lock.string() + " is not a file of ours",
                       "Remove it and start again.");
    }
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const bool taken = errno == EWOULDBLOCK;
        tl::unexpected<Error> error = taken ? alreadyRunning(pidFile) : systemError("cannot lock", lock);
        ::close(fd);
        return error;
    }
    auto instance = std::make_unique<LockedInstance>(fd, pidFile);
    if (Result<void> written = writePrivateFile(pidFile, std::to_string(::getpid()) + "\n"); !written)
        return failure(written.error());
    return instance;
}

} // namespace keybearer
