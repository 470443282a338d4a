#include "broker/config/TrustedFile.h"

#include "broker/config/tree/ConfigTree.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

namespace {

tl::unexpected<Error> refuse(const std::filesystem::path& file, std::string what, std::string action = {}) {
    ConfigFault fault;
    fault.file = file;
    fault.what = std::move(what);
    fault.action = std::move(action);
    return failure(configError(fault));
}

Result<void> checkOwner(const std::filesystem::path& file, const struct stat& status) {
    if (!S_ISREG(status.st_mode))
        return refuse(file, "not a regular file");
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        return refuse(file, "belongs to another user", "Make it yours: sudo chown $USER " + file.string());
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return refuse(file, "others may change it", "Close it to them: chmod go-w " + file.string());
    return {};
}

Result<std::string> contentOf(int fd, const std::filesystem::path& file, std::size_t limit) {
    std::string content(limit + 1, '\0'); // one more, to see the excess
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got = ::read(fd, content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(file, std::string("cannot be read: ") + std::strerror(errno));
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    if (size > limit)
        return refuse(file, "larger than " + std::to_string(limit) + " bytes");
    content.resize(size);
    return content;
}

} // namespace

Result<TrustedFile> readTrustedFile(const std::filesystem::path& file, std::size_t limit) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a FIFO must not hold us up
    if (fd < 0 && errno == ENOENT)
        return failure(ErrorCode::NotFound, "there is no file " + file.string());
    if (fd < 0)
        return refuse(file, std::string("cannot be opened: ") + std::strerror(errno));
    struct stat status {};
    const Result<void> owner = ::fstat(fd, &status) == 0
                                   ? checkOwner(file, status)
                                   : refuse(file, std::string("cannot be examined: ") + std::strerror(errno));
    Result<std::string> content = owner ? contentOf(fd, file, limit) : failure(owner.error());
    ::close(fd);
    if (!content)
        return failure(content.error());
    return TrustedFile{std::move(*content), (status.st_mode & (S_IRGRP | S_IROTH)) != 0};
}

} // namespace keybearer
