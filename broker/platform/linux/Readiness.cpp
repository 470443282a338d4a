#include "broker/platform/Readiness.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t batch = 256; // events fetched with one system call; 3 KiB of stack

epoll_event wanted(std::uint64_t tag, bool readable, bool writable) {
    epoll_event event{};
    event.events = (readable ? static_cast<std::uint32_t>(EPOLLIN) : 0U) |
                   (writable ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
    event.data.u64 = tag;
    return event;
}

} // namespace

Result<std::unique_ptr<Readiness>> Readiness::create() {
    const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorCode::InternalError,
                       std::string("cannot make an epoll set: ") + std::strerror(errno));
    return std::unique_ptr<Readiness>(new Readiness(descriptor));
}

Readiness::~Readiness() {
    ::close(descriptor_);
}

bool Readiness::add(int fd, std::uint64_t tag) {
    epoll_event event = wanted(tag, true, false);
    return ::epoll_ctl(descriptor_, EPOLL_CTL_ADD, fd, &event) == 0 ||
           (errno == EEXIST && watch(fd, tag, true, false));
}

bool Readiness::watch(int fd, std::uint64_t tag, bool readable, bool writable) {
    epoll_event event = wanted(tag, readable, writable);
    if (::epoll_ctl(descriptor_, EPOLL_CTL_MOD, fd, &event) == 0)
        return true;
    return errno == ENOENT && ::epoll_ctl(descriptor_, EPOLL_CTL_ADD, fd, &event) == 0;
}

void Readiness::remove(int fd) {
    ::epoll_ctl(descriptor_, EPOLL_CTL_DEL, fd, nullptr);
}

bool Readiness::watchEnd(const ProcessPin& process, std::uint64_t tag) {
    return add(process.descriptor(), tag);
}

void Readiness::forgetEnd(const ProcessPin& process) {
    remove(process.descriptor());
}

std::size_t Readiness::wait(std::span<Event> out, int timeoutMs) {
    std::array<epoll_event, batch>
        events; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by the kernel
    const std::size_t room = std::min(out.size(), events.size());
    if (room == 0)
        return 0;
    const int count = ::epoll_wait(descriptor_, events.data(), static_cast<int>(room), timeoutMs);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        out[static_cast<std::size_t>(i)] = {event.data.u64, (event.events & EPOLLIN) != 0,
                                            (event.events & EPOLLOUT) != 0,
                                            (event.events & (EPOLLHUP | EPOLLERR)) != 0};
    }
    return count < 0 ? 0 : static_cast<std::size_t>(count);
}

} // namespace keybearer
