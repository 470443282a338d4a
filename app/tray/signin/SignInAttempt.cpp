#include "app/tray/signin/SignInAttempt.h"

#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RpcError.h"

#include <QPointer>
#include <array>

namespace keybearer {

namespace {

// Discovery of the provider's endpoints happens before the broker answers.
constexpr std::chrono::seconds startDeadline{60};

void cancelSignIn(BrokerClient& client, std::string id) {
    SignInIdParams params;
    params.signInId = std::move(id);
    client.call("signin.cancel", params.toJson(), &client, [](const Result<Json>&) {});
}

std::optional<SignInSteps::Step> stepOf(const std::string& word) {
    using Row = std::pair<const char*, SignInSteps::Step>;
    static constexpr std::array rows{Row{"discovering", SignInSteps::Step::Discovering},
                                     Row{"registering", SignInSteps::Step::Registering},
                                     Row{"exchanging", SignInSteps::Step::Exchanging},
                                     Row{"identifying", SignInSteps::Step::Storing}};
    for (const auto& [name, step] : rows) {
        if (word == name)
            return step;
    }
    return std::nullopt;
}

QString titleOf(const BrokerMirror& mirror, const SignInWish& wish) {
    if (wish.url.empty())
        return mirror.providerTitle(wish.provider);
    return shown(
        QUrl(QString::fromStdString(wish.url), QUrl::StrictMode).host(QUrl::FullyEncoded).toStdString(), 64);
}

} // namespace

SignInAttempt::SignInAttempt(BrokerClient& client, BrokerMirror& mirror, SignInWish wish,
                             OpenBrowser openBrowser, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror), wish_(std::move(wish)),
      openBrowser_(std::move(openBrowser)), dialog_(titleOf(mirror, wish_), wish_.provider) {
    connect(&mirror_, &BrokerMirror::signInProgressed, this, &SignInAttempt::onProgress);
    connect(&client_, &BrokerClient::disconnected, this, &SignInAttempt::onConnectionChanged);
    connect(&dialog_, &SignInDialog::dismissed, this, &SignInAttempt::onDismissed);
    connect(&dialog_, &SignInDialog::retryWanted, this, &SignInAttempt::start);
    connect(&dialog_, &SignInDialog::openWanted, this, &SignInAttempt::onOpenWanted);
    connect(&dialog_, &SignInDialog::pasted, this, &SignInAttempt::onPasted);
    connect(&dialog_, &SignInDialog::setupWanted, this, &SignInAttempt::onSetupWanted);
}

SignInAttempt::~SignInAttempt() {
    over_ = true;
    cancelAtBroker();
}

void SignInAttempt::start() {
    cancelAtBroker();
    device_.reset();
    dialog_.showStarting();
    raise();
    SignInStartParams params;
    if (wish_.url.empty())
        params.provider = wish_.provider;
    else
        params.url = wish_.url;
    params.flow = wish_.flow;
    if (!wish_.account.empty())
        params.account = wish_.account;
    params.scopes = wish_.scopes;
    starting_ = true;
    // The client outlives us: what was started for somebody who has gone is cancelled.
    client_.call(
        "signin.start", params.toJson(), &client_,
        [self = QPointer<SignInAttempt>(this), client = &client_,
         round = ++round_](const Result<Json>& started) {
            if (self && !self->over_ && self->round_ == round)
                return self->onStarted(started);
            if (started && stringAt(*started, "state") != "signed_in")
                cancelSignIn(*client, stringAt(*started, "signin_id").value_or(""));
        },
        startDeadline);
}

void SignInAttempt::raise() {
    dialog_.show();
    dialog_.raise();
    dialog_.activateWindow();
}

void SignInAttempt::onStarted(const Result<Json>& started) {
    starting_ = false;
    if (!started)
        return fail(started.error());
    id_ = stringAt(*started, "signin_id").value_or("");
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

void SignInAttempt::onPasted(const std::string& redirectUrl) {
    if (id_.empty())
        return;
    SignInCompleteParams params;
    params.signInId = id_;
    params.redirectUrl = redirectUrl;
    client_.call("signin.complete", params.toJson(), this, [this, round = round_](const Result<Json>& taken) {
        if (round != round_ || id_.empty())
            return; // its end was told meanwhile
        if (!taken)
            return dialog_.showPasteProblem(failureWords(taken.error()));
        onProgress(*taken);
    });
}

// Before the broker has answered, an event is known by what was asked for; that is enough to show it, and not
// to act upon it.
bool SignInAttempt::isMine(const Json& progress) const {
    if (!id_.empty())
        return stringAt(progress, "signin_id") == id_;
    if (!starting_)
        return false;
    return wish_.url.empty() ? stringAt(progress, "provider") == wish_.provider
                             : stringAt(progress, "url") == wish_.url;
}

void SignInAttempt::onStep(const Json& progress) {
    if (const auto step = stepOf(stringAt(progress, "step").value_or("")))
        dialog_.showStep(*step);
}

void SignInAttempt::onProgress(const Json& progress) {
    if (!isMine(progress))
        return;
    const std::string state = stringAt(progress, "state").value_or("");
    if (id_.empty())
        return state == "waiting" ? onStep(progress) : void();
    if (state == "exchanging") {
        dialog_.showStep(SignInSteps::Step::Exchanging);
        onStep(progress);
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

void SignInAttempt::onSetupWanted() {
    dialog_.hide();
    over_ = true;
    Q_EMIT setupWanted(wish_.provider);
    Q_EMIT finished();
}

void SignInAttempt::fail(const Error& error) {
    const bool needsClient = error.code == ErrorCode::NotConfigured;
    // Of an MCP server the broker says which lines are missing; of a provider there is a form.
    if (needsClient && !wish_.url.empty())
        dialog_.showFailure(asSentence(shown(error.message, 300)), asSentence(shown(error.action, 600)));
    else
        dialog_.showFailure(whatHappened(error), whatToDo(error), needsClient);
    raise();
}

void SignInAttempt::succeed(const Json& progress) {
    over_ = true;
    const auto given = progress.find("session");
    dialog_.hide();
    Q_EMIT signedIn(given == progress.end() ? Json() : *given);
    Q_EMIT finished();
}

void SignInAttempt::cancelAtBroker() {
    if (!id_.empty())
        cancelSignIn(client_, std::exchange(id_, {}));
}

} // namespace keybearer
