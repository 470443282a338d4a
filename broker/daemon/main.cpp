// keybearerd: the broker's process. No GUI library is linked here.
#include "broker/base/Secret.h"
#include "broker/daemon/Broker.h"
#include "broker/daemon/Options.h"
#include "broker/daemon/RouteFromConfig.h"
#include "broker/log/Log.h"
#include "broker/platform/ProcessHardening.h"
#include "broker/platform/ReadyNotice.h"
#include "broker/platform/SystemBus.h"
#include "broker/protocol/RpcError.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace keybearer;

int complain(const Error& error) {
    const std::string_view action = error.action.empty() ? defaultAction(error.code) : error.action;
    std::fprintf(stderr, "keybearerd: %s\n  %.*s\n", error.message.c_str(), static_cast<int>(action.size()),
                 action.data());
    return error.code == ErrorCode::InvalidParams ? 2 : exitStatus(error.code);
}

int signalPipe[2] = {-1, -1}; // written by the signal handler, read by the event loop

void onTerminationSignal(int) {
    const char byte = 0;
    // A full pipe means that the end is already on its way.
    static_cast<void>(!::write(signalPipe[1], &byte, 1));
}

// SIGTERM and its kin become an event, so that what is under way is finished in order.
int terminationDescriptor() {
    if (::pipe(signalPipe) != 0)
        std::abort();
    for (const int end : signalPipe)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(signalPipe[1], F_SETFL, O_NONBLOCK);
    struct sigaction action {};
    action.sa_handler = onTerminationSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(signal, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is a write that fails, and no reason to die
    return signalPipe[0];
}

// Thousands of clients need thousands of descriptors; the soft limit is often 1024.
void raiseDescriptorLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
        static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
    }
}

int run(int argc, char** argv, const Options& options) {
    const Result<Config> config = loadConfig(options.places.config);
    if (!config)
        return complain(config.error());
    for (const std::string& warning : config->warnings)
        qCWarning(logDaemon).noquote() << QString::fromStdString(warning);
    if (options.task == Options::Task::CheckConfig) {
        const Result<ProviderCatalog> catalog = ProviderCatalog::load(*config);
        const Result<NetworkRoute> route = routeFrom(*config);
        return !catalog ? complain(catalog.error()) : !route ? complain(route.error()) : 0;
    }
    const int signals = terminationDescriptor();
    QCoreApplication application(argc, argv);
    Result<std::unique_ptr<Broker>> broker = Broker::build(options.places, *config);
    if (!broker)
        return complain(broker.error());
    QSocketNotifier termination(signals, QSocketNotifier::Read);
    QObject::connect(&termination, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    notifyReady(options.readyFd);
    const int status = QCoreApplication::exec();
    notifyStopping();
    (*broker)->stop();
    broker->reset();
    if (systemBusIsAwaited())
        std::_Exit(status);
    return status;
}

} // namespace

int main(int argc, char** argv) {
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
    installLogging(options->logLevel);
    return run(argc, argv, *options);
}
