#include "broker/platform/Readiness.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <sys/event.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t batch = 256; // events fetched with one system call; 8 KiB of stack

struct kevent change(int fd, std::int16_t filter, bool wanted, std::uint64_t tag) {
    struct kevent event {};
    EV_SET(&event, static_cast<uintptr_t>(fd), filter, EV_ADD | (wanted ? EV_ENABLE : EV_DISABLE), 0, 0,
           reinterpret_cast<void*>(static_cast<uintptr_t>(tag)));
    return event;
}

void merge(Readiness::Event& out, const struct kevent& event) {
    const bool atEnd = (event.flags & EV_EOF) != 0;
    out.tag = static_cast<std::uint64_t>(reinterpret_cast<uintptr_t>(event.udata));
    out.readable = out.readable || event.filter == EVFILT_READ || event.filter == EVFILT_PROC;
    out.writable = out.writable || event.filter == EVFILT_WRITE;
    // The end of the read side alone is half a close, which read() reports; of the write side nobody listens.
    out.hungUp = out.hungUp || (event.flags & EV_ERROR) != 0 || (atEnd && event.filter == EVFILT_WRITE) ||
                 (atEnd && event.fflags != 0);
}

} // namespace

Result<std::unique_ptr<Readiness>> Readiness::create() {
    const int descriptor = ::kqueue();
    if (descriptor < 0)
        return failure(ErrorCode::InternalError,
                       std::string("cannot make a kqueue: ") + std::strerror(errno));
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    return std::unique_ptr<Readiness>(new Readiness(descriptor));
}

Readiness::~Readiness() {
    ::close(descriptor_);
}

bool Readiness::add(int fd, std::uint64_t tag) {
    return watch(fd, tag, true, false);
}

bool Readiness::watch(int fd, std::uint64_t tag, bool readable, bool writable) {
    const std::array<struct kevent, 2> changes = {change(fd, EVFILT_READ, readable, tag),
                                                  change(fd, EVFILT_WRITE, writable, tag)};
    return ::kevent(descriptor_, changes.data(), static_cast<int>(changes.size()), nullptr, 0, nullptr) == 0;
}

void Readiness::remove(int fd) {
    for (const std::int16_t filter : {std::int16_t{EVFILT_READ}, std::int16_t{EVFILT_WRITE}}) {
        struct kevent event {};
        EV_SET(&event, static_cast<uintptr_t>(fd), filter, EV_DELETE, 0, 0, nullptr);
        ::kevent(descriptor_, &event, 1, nullptr, 0,
                 nullptr); // one at a time: an absent one must not stop the other
    }
}

// Told once, and only of a process that has not ended yet.
bool Readiness::watchEnd(const ProcessPin& process, std::uint64_t tag) {
    struct kevent event {};
    EV_SET(&event, static_cast<uintptr_t>(process.pid()), EVFILT_PROC, EV_ADD | EV_ONESHOT, NOTE_EXIT, 0,
           reinterpret_cast<void*>(static_cast<uintptr_t>(tag)));
    return ::kevent(descriptor_, &event, 1, nullptr, 0, nullptr) == 0;
}

void Readiness::forgetEnd(const ProcessPin& process) {
    struct kevent event {};
    EV_SET(&event, static_cast<uintptr_t>(process.pid()), EVFILT_PROC, EV_DELETE, 0, 0, nullptr);
    ::kevent(descriptor_, &event, 1, nullptr, 0, nullptr);
}

std::size_t Readiness::wait(std::span<Event> out, int timeoutMs) {
    std::array<struct kevent, batch>
        events; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by the kernel
    const std::size_t room = std::min(out.size(), events.size());
    if (room == 0)
        return 0;
    const timespec timeout{timeoutMs / 1000, static_cast<long>(timeoutMs % 1000) * 1'000'000L};
    const int count = ::kevent(descriptor_, nullptr, 0, events.data(), static_cast<int>(room),
                               timeoutMs < 0 ? nullptr : &timeout);
    // Reading and writing come as two events of one descriptor; ours is one. The end of a process is never
    // one with them: its number may be that of a descriptor.
    std::array<uintptr_t, batch> descriptors{};
    const uintptr_t noDescriptor = UINTPTR_MAX;
    std::size_t used = 0;
    for (int i = 0; i < count; ++i) {
        const struct kevent& event = events[static_cast<std::size_t>(i)];
        const auto end = descriptors.begin() + static_cast<std::ptrdiff_t>(used);
        const uintptr_t descriptor = event.filter == EVFILT_PROC ? noDescriptor : event.ident;
        const auto known = descriptor == noDescriptor ? end : std::find(descriptors.begin(), end, descriptor);
        const auto at = static_cast<std::size_t>(known - descriptors.begin());
        if (known == end) {
            descriptors[used] = descriptor;
            out[used++] = Event{};
        }
        merge(out[at], event);
    }
    return used;
}

} // namespace keybearer
