#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace keybearer {

// Tells when another process has ended (pidfd on Linux, kqueue on macOS, a process handle on Windows).
// Belongs to who started it; destroying it, also from inside the callback, ends the watch. Event loop thread.
class ProcessWatch {
public:
    // `ended` is called once, from the event loop. Null if there is no such process any more.
    [[nodiscard]] static std::unique_ptr<ProcessWatch> start(std::int64_t pid, std::function<void()> ended);
    virtual ~ProcessWatch() = default;
    ProcessWatch(const ProcessWatch&) = delete;
    ProcessWatch& operator=(const ProcessWatch&) = delete;

protected:
    ProcessWatch() = default;
};

} // namespace keybearer
