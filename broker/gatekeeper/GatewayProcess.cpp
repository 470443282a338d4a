#include "broker/gatekeeper/GatewayProcess.h"

#include "broker/base/Text.h"
#include "broker/base/UnderSanitizer.h"
#include "broker/log/Log.h"
#include "broker/platform/ProcessStart.h"
#include "broker/protocol/RpcMessage.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr int linkDescriptor = 3; // docs/gateway.md
constexpr int listenDescriptor = 4;
constexpr unsigned mostQuickDeaths = 6;
constexpr std::chrono::seconds quickDeath{10}; // who lives longer has worked
constexpr std::chrono::seconds stopLimit{5};   // for a gateway that was told to stop
constexpr std::size_t longestLogLine = 2048;
// ms, for it to end when the broker does; a sanitizer then looks for leaks in it
constexpr int lastWait = underSanitizer ? 20'000 : 500;

// What the way to the network, languages of messages and sanitizers need; neither keys nor places of ours.
constexpr std::array passedOn{
    "PATH",         "HOME",          "LANG",         "LANGUAGE",      "LC_ALL",       "LC_MESSAGES",
    "TZ",           "http_proxy",    "HTTP_PROXY",   "https_proxy",   "HTTPS_PROXY",  "all_proxy",
    "ALL_PROXY",    "no_proxy",      "NO_PROXY",     "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
    "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"};

// Several hundred requests are under way at once, some forty small pieces of memory each: glibc keeps seven
// of a size at hand, and what is more takes its slow way (a tenth of the gateway's own instructions a
// request). Only what starts a program can say so. Others than glibc do not look at it.
constexpr const char* piecesAtHand = "GLIBC_TUNABLES=glibc.malloc.tcache_count=256";

std::vector<std::string> environmentFor() {
    std::vector<std::string> out{piecesAtHand};
    for (const char* name : passedOn) {
        if (const char* value = std::getenv(name))
            out.push_back(std::string(name).append("=").append(value));
    }
    return out;
}

tl::unexpected<Error> systemFailure(const std::string& what) {
    return failure(ErrorCode::InternalError, what + ": " + std::strerror(errno),
                   "See what is wrong with: keybearer doctor");
}

} // namespace

GatewayProcess::GatewayProcess(Setup setup, const Clock& clock) : setup_(std::move(setup)), clock_(clock) {
    idle_.setSingleShot(true);
    retry_.setSingleShot(true);
    connect(&idle_, &QTimer::timeout, this, &GatewayProcess::onIdle);
    connect(&retry_, &QTimer::timeout, this, [this] {
        if (const Result<void> started = start(); !started)
            qCWarning(logDaemon).noquote() << QString::fromStdString(started.error().message);
    });
}

// It ends by itself when the link does; a stuck one is not waited for.
GatewayProcess::~GatewayProcess() {
    watch_.reset();
    link_.reset();
    logReadable_.reset();
    if (log_ >= 0)
        ::close(log_);
    if (pid_ <= 0)
        return;
    const auto process = static_cast<pid_t>(pid_);
    for (int waited = 0; waited < lastWait; waited += 10) {
        if (::waitpid(process, nullptr, WNOHANG) != 0)
            return;
        ::poll(nullptr, 0, 10);
    }
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
}

Result<void> GatewayProcess::want() {
    if (Result<void> listening = listen(); !listening)
        return listening;
    idle_.start(stopping_ ? stopLimit : setup_.idleLimit);
    if (quickDeaths_ >= mostQuickDeaths && !running()) {
        if (!retry_.isActive())
            retry_.start(setup_.longestPause);
        return failure(Error(ErrorCode::InternalError, "keybearer-gateway ends as soon as it is started",
                             "See why in the broker's log; keybearer doctor names it.")
                           .retry(std::chrono::ceil<std::chrono::seconds>(setup_.longestPause)));
    }
    wanted_ = stopping_;
    if (running() || retry_.isActive())
        return {};
    return start();
}

Result<void> GatewayProcess::listen() {
    if (listener_.fd >= 0)
        return {};
    Result<ListenSocket> listener = openListenSocket(setup_.socket);
    if (!listener)
        return tl::unexpected(listener.error());
    listener_ = std::move(*listener);
    return {};
}

void GatewayProcess::setBusy(bool busy) {
    busy_ = busy;
    if (busy)
        idle_.stop();
    else if (running() && !idle_.isActive())
        idle_.start(setup_.idleLimit);
}

Result<void> GatewayProcess::start() {
    std::array<int, 2> link{-1, -1};
    std::array<int, 2> log{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, link.data()) != 0)
        return systemFailure("cannot make a link to the gateway");
    if (::pipe(log.data()) != 0) {
        ::close(link[0]);
        ::close(link[1]);
        return systemFailure("cannot make a pipe to the gateway");
    }
    for (const int descriptor : {link[0], link[1], log[0], log[1]})
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    for (const int descriptor : {link[0], log[0]})
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    const Result<std::int64_t> pid = spawn(link[1], log[1]);
    ::close(link[1]);
    ::close(log[1]);
    if (!pid) {
        ::close(link[0]);
        ::close(log[0]);
        return tl::unexpected(pid.error());
    }
    ++counters_.starts;
    pid_ = *pid;
    startedAt_ = clock_.boot();
    link_ = std::make_unique<GatewayLink>(link[0]);
    connect(link_.get(), &GatewayLink::received, this, &GatewayProcess::received);
    connect(link_.get(), &GatewayLink::broken, this, [this](const std::string& why) {
        if (!stopping_)
            punish(why);
    });
    log_ = log[0];
    logReadable_ = std::make_unique<QSocketNotifier>(log_, QSocketNotifier::Read);
    connect(logReadable_.get(), &QSocketNotifier::activated, this, [this] { readLog(false); });
    watch_ = ProcessWatch::start(pid_, [this] { onEnded(); });
    if (watch_ == nullptr) // it is a zombie until it is waited for, so this is a system without watches
        QMetaObject::invokeMethod(this, &GatewayProcess::onEnded, Qt::QueuedConnection);
    Q_EMIT started();
    return {};
}

Result<std::int64_t> GatewayProcess::spawn(int link, int log) const {
    const StartedProcess started =
        startProcess({setup_.program,
                      {setup_.program.string()},
                      environmentFor(),
                      {},
                      {{log, STDERR_FILENO}, {link, linkDescriptor}, {listener_.fd, listenDescriptor}}});
    if (started.code == 0)
        return started.pid;
    return failure(ErrorCode::NotFound,
                   "cannot start " + setup_.program.string() + ": " + std::strerror(started.code),
                   "Install keybearer-gateway beside keybearerd.");
}

void GatewayProcess::send(std::string_view line) {
    send(line, {});
}

void GatewayProcess::send(std::string_view line, const std::vector<int>& descriptors) {
    if (link_ != nullptr && !stopping_)
        link_->send(line, descriptors);
}

void GatewayProcess::punish(const std::string& why) {
    if (!running())
        return;
    qCWarning(logDaemon).noquote() << "the gateway is ended:" << QString::fromStdString(displaySafe(why));
    ::kill(static_cast<pid_t>(pid_), SIGKILL);
}

void GatewayProcess::onEnded() {
    watch_.reset();
    int status = 0;
    if (::waitpid(static_cast<pid_t>(pid_), &status, WNOHANG) == 0)
        return; // the process that was watched was not ours: it lives
    readLog(true);
    link_.reset();
    pid_ = 0;
    const bool asked = std::exchange(stopping_, false);
    const bool quick = clock_.boot() - startedAt_ < quickDeath;
    quickDeaths_ = asked || !quick ? 0 : quickDeaths_ + 1;
    if (!asked) {
        ++counters_.deaths;
        qCWarning(logDaemon).noquote()
            << "the gateway has ended by itself" << (WIFSIGNALED(status) ? "with signal" : "with status")
            << (WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    const bool needed = busy_ || std::exchange(wanted_, false);
    Q_EMIT ended();
    if (needed)
        startSoon();
}

// The first time at once: whoever waits for it should not notice.
void GatewayProcess::startSoon() {
    if (running() || retry_.isActive())
        return;
    std::chrono::milliseconds pause{0};
    if (quickDeaths_ > 1)
        pause = std::min(setup_.firstPause * (1U << std::min(quickDeaths_ - 2, 16U)), setup_.longestPause);
    retry_.start(pause);
}

void GatewayProcess::readLog(bool last) {
    std::array<char, 4096> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    ssize_t got = 0;
    do {
        got = ::read(log_, bytes.data(), bytes.size());
        for (ssize_t at = 0; at < got; ++at) {
            const char c = bytes[static_cast<std::size_t>(at)];
            if (c != '\n' && logLine_.size() < longestLogLine)
                logLine_.push_back(c);
            if (c != '\n' || logLine_.empty())
                continue;
            qCInfo(logDaemon).noquote()
                << "gateway:" << QString::fromStdString(displaySafe(logLine_, longestLogLine));
            logLine_.clear();
        }
    } while (last && got > 0);
    const bool over = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
    if (over || last) {
        logReadable_.reset();
        if (log_ >= 0)
            ::close(log_);
        log_ = -1;
        logLine_.clear();
    }
}

void GatewayProcess::onIdle() {
    if (busy_ || !running())
        return;
    if (stopping_) // it was told long ago
        return punish("it does not stop");
    send(notificationLine("gateway.stop", Json::object()));
    stopping_ = true;
    idle_.start(stopLimit);
}

} // namespace keybearer
