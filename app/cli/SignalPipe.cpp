#include "app/cli/SignalPipe.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace keybearer {

namespace {

// A signal handler reaches nothing else.
volatile sig_atomic_t writeEnd = -1;
std::array<struct sigaction, 2> before;
constexpr std::array watchedSignals{SIGINT, SIGTERM};

extern "C" void noteSignal(int) {
    const int saved = errno;
    const char mark = '!';
    [[maybe_unused]] const ssize_t ignored = ::write(writeEnd, &mark, 1);
    errno = saved;
}

} // namespace

SignalPipe::SignalPipe() {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0)
        return; // then the signals keep ending the program, which is no worse
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    descriptor_ = ends[0];
    writeEnd = ends[1];
    struct sigaction action {};
    action.sa_handler = noteSignal;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < watchedSignals.size(); ++i)
        ::sigaction(watchedSignals[i], &action, &before[i]);
}

SignalPipe::~SignalPipe() {
    if (descriptor_ < 0)
        return;
    for (std::size_t i = 0; i < watchedSignals.size(); ++i)
        ::sigaction(watchedSignals[i], &before[i], nullptr);
    ::close(writeEnd);
    ::close(descriptor_);
    writeEnd = -1;
}

} // namespace keybearer
