#include "app/tray/desktop/BrokerStarter.h"

#include "app/client/BrokerLauncher.h"
#include "broker/base/PrivateFile.h"

#include <QThread>
#include <charconv>
#include <sys/wait.h>

namespace keybearer {

namespace {
constexpr std::size_t longestPid = 32;
} // namespace

BrokerStarter::BrokerStarter(Places places, QObject* parent) : QObject(parent), places_(std::move(places)) {}

BrokerStarter::~BrokerStarter() {
    if (thread_)
        thread_->wait();
}

void BrokerStarter::start() {
    if (thread_)
        return;
    reapLast();
    LaunchPlan plan;
    plan.places = places_;
    thread_.reset(
        QThread::create([this, plan = std::move(plan)] { outcome_ = BrokerLauncher(plan).start(); }));
    connect(thread_.get(), &QThread::finished, this, &BrokerStarter::onDone);
    thread_->start();
}

void BrokerStarter::onDone() {
    thread_->wait();
    thread_.release()->deleteLater();
    if (!outcome_) {
        Q_EMIT failed(outcome_.error());
        return;
    }
    if (const auto text = readFile(places_.pid(), longestPid))
        std::from_chars(text->data(), text->data() + text->size(), child_);
    Q_EMIT started();
}

void BrokerStarter::reapLast() {
    // A broker that ended is our child, and would stay a zombie. Not one of ours: the call fails, no harm
    // done.
    if (child_ > 0)
        ::waitpid(static_cast<pid_t>(child_), nullptr, WNOHANG);
    child_ = 0;
}

} // namespace keybearer
