#pragma once

#include "broker/base/Result.h"
#include "broker/platform/PeerProcess.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace keybearer {

// Which of many descriptors can be read or written: level-triggered epoll (Linux) or kqueue (macOS). One
// owner, one thread. Owns its own descriptor only, never those it watches; remove() one before it is closed.
class Readiness {
public:
    struct Event {
        std::uint64_t tag = 0; // as given to add() or watch()
        bool readable = false; // data, or the peer's half is closed: read() tells which
        bool writable = false;
        bool hungUp =
            false; // both halves are gone or the descriptor failed; reported even if nothing is watched
    };

    [[nodiscard]] static Result<std::unique_ptr<Readiness>> create();
    ~Readiness();
    Readiness(const Readiness&) = delete;
    Readiness& operator=(const Readiness&) = delete;

    // Itself pollable: readable while wait() would return something. So one QSocketNotifier serves them all.
    [[nodiscard]] int descriptor() const { return descriptor_; }

    // Starts watching for data. False if the system refuses (errno says why).
    bool add(int fd, std::uint64_t tag);
    // Sets what is watched, whether or not the descriptor is known already.
    bool watch(int fd, std::uint64_t tag, bool readable, bool writable);
    void remove(int fd);

    // One readable event once the process has ended. False if the system refuses.
    bool watchEnd(const ProcessPin& process, std::uint64_t tag);
    void forgetEnd(const ProcessPin& process);

    // Fills the front of `out` and says how many; 0 after `timeoutMs` (-1: no end) or when a signal came.
    // What does not fit is reported by the next call.
    std::size_t wait(std::span<Event> out, int timeoutMs);

private:
    explicit Readiness(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

} // namespace keybearer
