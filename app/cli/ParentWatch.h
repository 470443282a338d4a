#pragma once

#include <sys/types.h>

namespace keybearer {

// Tells when the program that started this one has ended. By the process itself (pidfd, kqueue) and not by
// PR_SET_PDEATHSIG, which also fires when only the thread has ended that started us. One owner, one thread.
class ParentWatch {
public:
    ParentWatch();
    ~ParentWatch();
    ParentWatch(const ParentWatch&) = delete;
    ParentWatch& operator=(const ParentWatch&) = delete;

    // Readable once it has ended; -1 where the system has no such thing: then gone() is to be asked.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool gone() const;

private:
    pid_t parent_;
    int descriptor_ = -1;
};

} // namespace keybearer
