#include "app/cli/PipeBuffer.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

namespace {

bool passes(int code) {
    return code == EAGAIN || code == EWOULDBLOCK || code == EINTR;
}

} // namespace

EndKind endKindOf(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode) ? EndKind::Socket : EndKind::Other;
}

// Standard output may be shared with others, so it must not be made non-blocking. A socket has a flag for one
// call; a pipe that poll() calls writable takes PIPE_BUF bytes at once.
std::ptrdiff_t writeSome(int descriptor, EndKind kind, std::string_view bytes) {
    if (kind == EndKind::Socket)
        return ::send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT);
    return ::write(descriptor, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
}

PipeBuffer::Outcome PipeBuffer::readFrom(int descriptor) {
    if (begin_ > 0) {
        std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const ssize_t got = ::read(descriptor, bytes_.data() + end_, capacity - end_);
    if (got < 0)
        return passes(errno) ? Outcome::Later : Outcome::Ended;
    end_ += static_cast<std::size_t>(got);
    return got == 0 ? Outcome::Ended : Outcome::Done;
}

PipeBuffer::Outcome PipeBuffer::writeTo(int descriptor, EndKind kind, std::size_t most) {
    const std::ptrdiff_t sent = writeSome(descriptor, kind, content().substr(0, most));
    if (sent < 0)
        return passes(errno) ? Outcome::Later : Outcome::Ended;
    dropFront(static_cast<std::size_t>(sent));
    return Outcome::Done;
}

void PipeBuffer::dropFront(std::size_t count) {
    begin_ += count;
    if (begin_ == end_)
        begin_ = end_ = 0;
}

} // namespace keybearer
