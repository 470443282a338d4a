// keybearerd: the broker's process. No GUI library is linked here.
#include "broker/base/Secret.h"
#include "broker/daemon/Broker.h"
#include "broker/daemon/Options.h"
#include "broker/daemon/RouteFromConfig.h"
#include "broker/daemon/Sandbox.h"
#include "broker/log/LastWords.h"
#include "broker/log/Log.h"
#include "broker/platform/ProcessHardening.h"
#include "broker/platform/ReadyNotice.h"
#include "broker/platform/Starter.h"
#include "broker/platform/Successor.h"
#include "broker/platform/SystemBus.h"
#include "broker/platform/Watchdog.h"
#include "broker/protocol/RpcError.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace {

using namespace keybearer;

int complain(const Error& error) {
    const std::string_view action = error.action.empty() ? defaultAction(error.code) : error.action;
    std::fprintf(stderr, "keybearerd: %s\n  %.*s\n", error.message.c_str(), static_cast<int>(action.size()),
                 action.data());
    return error.code == ErrorCode::InvalidParams ? 2 : exitStatus(error.code);
}

int signalPipe[2] = {-1, -1}; // written by the signal handler, read by the event loop

bool startedOnTerminal = false; // set once, before any signal is heard

constexpr char endByte = 'e';
constexpr char reloadByte = 'r';
constexpr char busByte = 'b';

void onSignal(int signal, siginfo_t* info, void* /*context*/) {
    char byte = signal == SIGHUP ? reloadByte : endByte;
    // From this process itself: GIO raises it when the session bus closes while a keychain is asked for the
    // first time; from then on it does not (SecretService::surviveBusLoss()).
    if (signal == SIGTERM && info->si_pid == ::getpid())
        byte = busByte;
    // A full pipe means that enough is on its way already.
    static_cast<void>(!::write(signalPipe[1], &byte, 1));
}

sigset_t terminationSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

// SIGTERM and its kin become an event, so that what is under way is finished in order; so does SIGHUP, which
// reads the configuration again.
int signalDescriptor() { // -1: no descriptor is left
    if (::pipe(signalPipe) != 0)
        return -1;
    for (const int end : signalPipe)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    for (const int end : signalPipe)
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    struct sigaction action {};
    action.sa_sigaction = onSignal;
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(signal, &action, nullptr);
    const sigset_t all = terminationSignals(); // held back by a predecessor
    ::sigprocmask(SIG_UNBLOCK, &all, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is a write that fails, and no reason to die
    return signalPipe[0];
}

// The libraries that speak with the keychain find no other bus in this process.
void endWithTheBus() {
    qCCritical(logDaemon)
        << "the session bus has closed while the keychain was asked; ending, to be started anew";
    QCoreApplication::exit(1);
}

// How many signals came does not matter.
void onSignals(Broker& broker) {
    bool reload = false;
    bool end = false;
    bool busGone = false;
    char bytes[64];
    for (ssize_t got = ::read(signalPipe[0], bytes, sizeof bytes); got > 0;
         got = ::read(signalPipe[0], bytes, sizeof bytes)) {
        reload = reload || std::find(bytes, bytes + got, reloadByte) != bytes + got;
        end = end || std::find(bytes, bytes + got, endByte) != bytes + got;
        busGone = busGone || std::find(bytes, bytes + got, busByte) != bytes + got;
    }
    // A terminal that was closed says SIGHUP as well, and whoever began there wants it to end.
    const bool hungUp = reload && startedOnTerminal && ::isatty(STDIN_FILENO) == 0;
    if (end || hungUp)
        QCoreApplication::quit();
    else if (busGone)
        endWithTheBus();
    else if (reload)
        broker.reloadConfig("SIGHUP");
}

// What it says, each setting with its source, or what is wrong with it.
int answerCheck(const Options& options, const Result<Config>& config, const Result<void>& checked) {
    Json out{{"config", options.places.config.string()}, {"valid", checked.has_value()}};
    if (checked) {
        out["preset"] = config->preset;
        out["warnings"] = config->warnings;
        out["settings"] = settingsToWire(config->settings);
    } else
        out["problem"] = configProblemToWire(checked.error());
    std::puts(out.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    return checked ? 0 : 2;
}

// A broker that is confined asks this program whether it goes on with the configuration, and it would be as
// confined: what may be written does not grow with it.
Result<void> checkSocketPlace(const std::filesystem::path& socket) {
    std::filesystem::path place = socket.parent_path();
    std::error_code failed;
    while (place.has_relative_path() && !std::filesystem::exists(place, failed))
        place = place.parent_path();
#ifdef O_TMPFILE
    const int fd = ::open(place.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EACCES &&
        ::access(place.c_str(), W_OK) == 0) // access(2) knows nothing of Landlock
        return failure(ErrorCode::InvalidParams,
                       "agent.socket: the broker may not write in " + place.string(),
                       "Start it anew: keybearer stop, then keybearer status");
    if (fd >= 0)
        ::close(fd);
#endif
    return {};
}

int check(const Options& options, const Result<Config>& config) {
    Result<void> checked = config ? Result<void>() : failure(config.error());
    if (checked && config->agent.enabled && !config->agent.socket.empty())
        checked = checkSocketPlace(config->agent.socket);
    if (checked) {
        const Result<ProviderCatalog> catalog = ProviderCatalog::load(*config);
        const Result<AuthRules> rules =
            catalog ? AuthRules::compile(*config, catalog->names()) : failure(catalog.error());
        const Result<NetworkRoute> route = rules ? routeFrom(*config) : failure(rules.error());
        if (!route)
            checked = failure(route.error());
    }
    if (options.json)
        return answerCheck(options, config, checked);
    return checked ? 0 : complain(checked.error());
}

// Just before this process becomes another one: a signal that came meanwhile still counts, and one that comes
// from here on waits until the successor can be told.
bool isToldToEnd(int signals) {
    const sigset_t all = terminationSignals();
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
    ::fcntl(signals, F_SETFL, O_NONBLOCK);
    char bytes[64];
    const ssize_t got = ::read(signals, bytes, sizeof bytes);
    return got > 0 && std::find(bytes, bytes + got, endByte) != bytes + got;
}

// Thousands of clients need thousands of descriptors; the soft limit is often 1024.
void raiseDescriptorLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
        static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
    }
}

// Without it no program could be started, and nobody who asks be looked at.
void endWithTheStarter() {
    if (!starterIsGone())
        return;
    qCCritical(logDaemon) << "the starter has ended; ending, to be started anew";
    QCoreApplication::exit(1);
}

int run(int argc, char** argv, const Options& options, Beginning beginning) {
    if (!options.preset.empty()) // for this reading and every later one
        ::setenv("KEYBEARER_PRESET", options.preset.c_str(), 1);
    const Result<Config> config = loadConfig(options.places.config);
    if (options.task == Options::Task::CheckConfig && options.json)
        return check(options, config);
    if (!config)
        return complain(config.error());
    applyLogging(*config, options.logLevel);
    for (const std::string& warning : config->warnings)
        qCWarning(logDaemon).noquote() << QString::fromStdString(warning);
    if (options.task == Options::Task::CheckConfig)
        return check(options, config);
    startedOnTerminal = ::isatty(STDIN_FILENO) != 0;
    const int signals = signalDescriptor();
    if (signals < 0)
        return complain(Error(ErrorCode::InternalError,
                              std::string("cannot make a pipe for signals: ").append(std::strerror(errno)),
                              "See how many files it may open: ulimit -n"));
    beginning.sandbox = enterSandbox(options.places, *config, beginning.sandbox.entered);
#ifdef Q_OS_MACOS
    // Qt's usual loop of programs without windows serves neither the run loop, by which the system tells that
    // it goes to sleep and waits for an answer, nor the main queue, on which the keychain answers.
    qputenv("QT_EVENT_DISPATCHER_CORE_FOUNDATION", "1");
#endif
    QCoreApplication application(argc, argv);
    Result<std::unique_ptr<Broker>> broker = Broker::build(options, *config, std::move(beginning));
    if (!broker)
        return complain(broker.error());
    QSocketNotifier signalled(signals, QSocketNotifier::Read);
    QObject::connect(&signalled, &QSocketNotifier::activated, &application,
                     [&broker] { onSignals(**broker); });
    std::optional<QSocketNotifier> starter;
    if (starterSocket() >= 0)
        QObject::connect(&starter.emplace(starterSocket(), QSocketNotifier::Read),
                         &QSocketNotifier::activated, &application, &endWithTheStarter);
    const Watchdog watchdog;
    notifyReady(options.readyFd);
    const int status = QCoreApplication::exec();
    if (!(*broker)->goesOn())
        notifyStopping();
    (*broker)->stop();
    const std::optional<Successor> successor = (*broker)->successor();
    broker->reset();
    if (successor && !isToldToEnd(signals))
        return complain(become(*successor));
    if (systemBusIsAwaited())
        std::_Exit(status);
    return status;
}

// The starter comes before whatever is secret: its memory stays as this process's is now.
Beginning begin(Options::Task task) {
    if (task != Options::Task::Run)
        return {};
    Beginning beginning{HandedOver::take(), {}};
    const int starter = beginning.handed.takeStarter();
    beginning.sandbox.entered = starter >= 0;
    useStarter(starter >= 0 ? starter : forkStarter());
    return beginning;
}

} // namespace

int main(int argc, char** argv) {
    installLastWords();
    if (const Result<void> hardened = hardenProcess(); !hardened)
        return complain(hardened.error());
    initialiseSecrets();
    raiseDescriptorLimit();
    const Result<Options> options = parseOptions(argc, argv);
    if (!options)
        return complain(options.error());
    if (options->task == Options::Task::Help) {
        std::fputs(helpText(), stdout);
        return 0;
    }
    if (options->task == Options::Task::Version) {
        std::puts("keybearerd " KEYBEARER_VERSION);
        return 0;
    }
    Beginning beginning = begin(options->task);
    installLogging(options->logLevel.value_or(LogLevel::Info));
    return run(argc, argv, *options, std::move(beginning));
}
