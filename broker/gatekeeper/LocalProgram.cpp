#include "broker/gatekeeper/LocalProgram.h"

#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestLine = 2048;
constexpr int mostLines = 200; // in a period; a program that chatters must not fill the log
constexpr std::chrono::seconds linePeriod{10};
constexpr int mostLastReads = 16; // of what is left in the pipe
constexpr int lastWait = 300;     // ms, after SIGTERM, when the broker ends

std::string wayOfEnd(int status) {
    if (WIFSIGNALED(status))
        return "it was killed by signal " + std::to_string(WTERMSIG(status));
    return "it exited with status " + std::to_string(WEXITSTATUS(status));
}

} // namespace

LocalProgram::LocalProgram(std::string service, SpawnedProgram spawned, Patience patience)
    : service_(std::move(service)), spawned_(spawned), patience_(patience), linesLeft_(mostLines) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &LocalProgram::onPatienceOver);
    connect(&logPeriod_, &QTimer::timeout, this, [this] {
        if (linesLeft_ < 0)
            qCWarning(logDaemon).noquote() << "service" << QString::fromStdString(displaySafe(service_, 64))
                                           << "wrote" << -linesLeft_ << "lines more, which are left out";
        linesLeft_ = mostLines;
    });
    logPeriod_.start(linePeriod);
    logReadable_ = std::make_unique<QSocketNotifier>(spawned_.log, QSocketNotifier::Read);
    connect(logReadable_.get(), &QSocketNotifier::activated, this, &LocalProgram::readLog);
    watch_ = ProcessWatch::start(spawned_.pid, [this] { onEnded(); });
    if (watch_ == nullptr) // it is a zombie until it is waited for, so this is a system without watches
        QMetaObject::invokeMethod(this, &LocalProgram::onEnded, Qt::QueuedConnection);
}

LocalProgram::~LocalProgram() {
    watch_.reset();
    logReadable_.reset();
    closePipes();
    if (spawned_.log >= 0)
        ::close(spawned_.log);
    if (spawned_.pid <= 0)
        return;
    const auto process = static_cast<pid_t>(spawned_.pid);
    ::kill(-process, SIGTERM);
    siginfo_t seen{};
    for (int waited = 0; waited < lastWait; waited += 10) {
        seen.si_pid = 0;
        if (::waitid(P_PID, static_cast<id_t>(process), &seen, WEXITED | WNOHANG | WNOWAIT) != 0 ||
            seen.si_pid != 0)
            break;
        ::poll(nullptr, 0, 10);
    }
    ::kill(-process, SIGKILL); // as long as it was not waited for, the number is its own
    ::waitpid(process, nullptr, 0);
}

LocalProgram::Pipes LocalProgram::takePipes() {
    return {std::exchange(spawned_.input, -1), std::exchange(spawned_.output, -1)};
}

void LocalProgram::closePipes() {
    for (int* end : {&spawned_.input, &spawned_.output}) {
        if (*end >= 0)
            ::close(std::exchange(*end, -1));
    }
}

void LocalProgram::end() {
    if (std::exchange(ending_, true))
        return;
    closePipes();
    timer_.start(patience_.toEnd);
}

void LocalProgram::onPatienceOver() {
    if (spawned_.pid <= 0)
        return;
    const bool last = std::exchange(asked_, true);
    ::kill(static_cast<pid_t>(-spawned_.pid), last ? SIGKILL : SIGTERM);
    if (!last)
        timer_.start(patience_.afterSigterm);
}

void LocalProgram::onEnded() {
    watch_.reset();
    const auto process = static_cast<pid_t>(spawned_.pid);
    siginfo_t seen{};
    if (::waitid(P_PID, static_cast<id_t>(process), &seen, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        seen.si_pid == 0)
        return; // the process that was watched was not ours: it lives
    // What it has started ends with it; as long as it was not waited for, the number is its own.
    ::kill(-process, SIGKILL);
    int status = 0;
    ::waitpid(process, &status, 0);
    spawned_.pid = 0;
    timer_.stop();
    for (int i = 0; i < mostLastReads && logReadable_ != nullptr; ++i)
        readLog();
    closePipes();
    Q_EMIT ended(wayOfEnd(status));
}

void LocalProgram::readLog() {
    std::array<char, 4096> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const ssize_t got = ::read(spawned_.log, bytes.data(), bytes.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        logLine();
        logReadable_.reset();
        if (spawned_.log >= 0)
            ::close(std::exchange(spawned_.log, -1));
        return;
    }
    for (ssize_t at = 0; at < got; ++at) {
        const char c = bytes.at(static_cast<std::size_t>(at));
        if (c == '\n')
            logLine();
        else if (line_.size() < longestLine)
            line_.push_back(c);
    }
}

void LocalProgram::logLine() {
    if (!line_.empty() && linesLeft_-- > 0)
        qCInfo(logDaemon).noquote() << "service" << QString::fromStdString(displaySafe(service_, 64) + ":")
                                    << QString::fromStdString(displaySafe(line_, longestLine));
    line_.clear();
}

} // namespace keybearer
