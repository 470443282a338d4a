#include "app/tray/signin/SignInAttempt.h"

#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RpcError.h"

namespace keybearer {

namespace {
// Discovery of the provider's endpoints happens before the broker answers.
constexpr std::chrono::seconds startDeadline{60};
} // namespace

SignInAttempt::SignInAttempt(BrokerClient& client, BrokerMirror& mirror, std::string provider,
                             OpenBrowser openBrowser, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror), provider_(std::move(provider)),
      openBrowser_(std::move(openBrowser)), dialog_(mirror.providerTitle(provider_)) {
    connect(&mirror_, &BrokerMirror::signInProgressed, this, &SignInAttempt::onProgress);
    connect(&client_, &BrokerClient::disconnected, this, &SignInAttempt::onConnectionChanged);
    connect(&dialog_, &SignInDialog::dismissed, this, &SignInAttempt::onDismissed);
    connect(&dialog_, &SignInDialog::retryWanted, this, &SignInAttempt::start);
    connect(&dialog_, &SignInDialog::openWanted, this, &SignInAttempt::onOpenWanted);
}

SignInAttempt::~SignInAttempt() {
    cancelAtBroker();
}

void SignInAttempt::start() {
    cancelAtBroker();
    dialog_.showStarting();
    raise();
    SignInStartParams params;
    params.provider = provider_;
    params.flow = "auto"; // the provider's first way that works
    client_.call(
        "signin.start", params.toJson(), this, [this](const Result<Json>& started) { onStarted(started); },
        startDeadline);
}

void SignInAttempt::raise() {
    dialog_.show();
    dialog_.raise();
    dialog_.activateWindow();
}

void SignInAttempt::onStarted(const Result<Json>& started) {
    if (!started)
        return over_ ? void() : fail(started.error());
    id_ = stringAt(*started, "signin_id").value_or("");
    if (over_)
        return cancelAtBroker();
    if (stringAt(*started, "state") == "signed_in") { // it took no person
        id_.clear();
        return succeed(*started);
    }
    device_ = DeviceSignIn::from(*started);
    if (device_ && !id_.empty())
        return dialog_.showDevice(*device_);
    url_ =
        QUrl(QString::fromStdString(stringAt(*started, "authorization_url").value_or("")), QUrl::StrictMode);
    if (id_.empty() || !url_.isValid() || url_.host().isEmpty())
        return fail(Error(ErrorCode::InternalError, "the broker named no page to sign in at"));
    dialog_.showWaiting(url_, openBrowser_(url_));
}

void SignInAttempt::onOpenWanted() {
    if (!device_)
        return dialog_.showWaiting(url_, openBrowser_(url_));
    // The code stays on the screen, to be compared with the page (RFC 8628 section 3.3.1).
    static_cast<void>(openBrowser_(device_->completeAddress));
}

void SignInAttempt::onProgress(const Json& progress) {
    if (id_.empty() || stringAt(progress, "signin_id") != id_)
        return;
    const std::string state = stringAt(progress, "state").value_or("");
    if (state == "exchanging") {
        dialog_.showFinishing();
    } else if (state == "signed_in") {
        id_.clear();
        succeed(progress);
    } else if (state == "failed" || state == "cancelled") {
        id_.clear();
        const auto error = progress.find("error");
        fail(error != progress.end() ? fromRpcError(*error) : Error(ErrorCode::Cancelled, "cancelled"));
    }
}

void SignInAttempt::onConnectionChanged() {
    if (id_.empty())
        return;
    id_.clear(); // a broker that comes back knows nothing of it
    fail(Error(ErrorCode::BrokerUnreachable, "the broker went away"));
}

void SignInAttempt::onDismissed() {
    over_ = true;
    cancelAtBroker();
    Q_EMIT finished();
}

void SignInAttempt::fail(const Error& error) {
    dialog_.showFailure(whatHappened(error), whatToDo(error));
    raise();
}

void SignInAttempt::succeed(const Json& progress) {
    over_ = true;
    const auto given = progress.find("session");
    const auto session = given == progress.end() ? std::nullopt : readSession(*given);
    const QString provider = mirror_.providerTitle(provider_);
    const QString who = session ? session->account : QString();
    Notice notice;
    notice.title = who.isEmpty() ? tr("Signed in to %1").arg(provider) : tr("Signed in as %1").arg(who);
    notice.text = tr("Your %1 session is ready. Programs that want to use it will ask you.").arg(provider);
    dialog_.hide();
    Q_EMIT noticed(notice);
    Q_EMIT finished();
}

void SignInAttempt::cancelAtBroker() {
    if (id_.empty())
        return;
    SignInIdParams params;
    params.signInId = std::exchange(id_, {});
    client_.call("signin.cancel", params.toJson(), &client_, [](const Result<Json>&) {});
}

} // namespace keybearer
