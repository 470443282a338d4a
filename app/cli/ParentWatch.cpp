#include "app/cli/ParentWatch.h"

#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#else
#include <sys/event.h>
#endif

namespace keybearer {

namespace {

int watchDescriptor(pid_t process) {
#ifdef __linux__
    return static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
#else
    const int queue = ::kqueue();
    struct kevent change {};
    EV_SET(&change, process, EVFILT_PROC, EV_ADD | EV_ONESHOT, NOTE_EXIT, 0, nullptr);
    if (queue >= 0 && ::kevent(queue, &change, 1, nullptr, 0, nullptr) != 0) {
        ::close(queue);
        return -1;
    }
    return queue;
#endif
}

} // namespace

ParentWatch::ParentWatch() : parent_(::getppid()), descriptor_(watchDescriptor(parent_)) {
    if (descriptor_ >= 0)
        ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
}

ParentWatch::~ParentWatch() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

bool ParentWatch::gone() const {
    return ::getppid() != parent_;
}

} // namespace keybearer
