#pragma once

namespace keybearer {

// Turns Ctrl-C (SIGINT) and SIGTERM into something that poll() can wait for, while it lives; afterwards they
// do again what they did before. At most one at a time.
class SignalPipe {
public:
    SignalPipe();
    ~SignalPipe();
    SignalPipe(const SignalPipe&) = delete;
    SignalPipe& operator=(const SignalPipe&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; } // readable once a signal has come

private:
    int descriptor_ = -1;
};

} // namespace keybearer
