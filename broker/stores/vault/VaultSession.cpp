#include "broker/stores/vault/VaultSession.h"

#include "broker/stores/vault/VaultFault.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t answerLimit = std::size_t{2} << 20; // a record of a MiB in base64, or a long list
constexpr std::chrono::milliseconds callDeadline{15'000}; // all tries of one request
constexpr std::chrono::milliseconds firstPause{150};      // before a second try; doubles
constexpr int mostTries = 5;                              // of a request whose failure may pass
constexpr std::size_t mostAtOnce = 6;                     // requests under way
constexpr std::chrono::seconds betweenForcedSignIns{10};  // a refused token is not asked for in a circle

std::string withoutSlashes(std::string text) {
    while (!text.empty() && text.back() == '/')
        text.pop_back();
    return text;
}

} // namespace

VaultSession::VaultSession(VaultConfig config, HttpTransport& http, const Clock& clock)
    : config_(std::move(config)), http_(http), clock_(clock) {
    config_.url = withoutSlashes(std::move(config_.url));
    renewal_.setSingleShot(true);
    connect(&renewal_, &QTimer::timeout, this, &VaultSession::renew);
}

VaultSession::~VaultSession() = default;

void VaultSession::send(VaultCall call, Completion<VaultAnswer> done) {
    auto running = std::make_unique<Running>();
    running->call = std::move(call);
    running->done = std::move(done);
    waiting_.push_back(std::move(running));
    QMetaObject::invokeMethod(this, &VaultSession::takeTurns, Qt::QueuedConnection);
}

void VaultSession::takeTurns() {
    const bool signedIn = token_ != nullptr;
    for (auto next = waiting_.begin(); next != waiting_.end() && running_.size() < mostAtOnce;) {
        if (!signedIn && !(*next)->call.anonymous) {
            ++next;
            continue;
        }
        running_.push_back(std::move(*next));
        next = waiting_.erase(next);
        running_.back()->deadline = clock_.boot() + callDeadline;
        transmit(*running_.back());
    }
    if (!signedIn && !waiting_.empty())
        signIn();
}

HttpRequest VaultSession::requestFor(const VaultCall& call) const {
    HttpRequest request;
    request.method = call.method;
    request.url = QUrl(QString::fromStdString(config_.url), QUrl::StrictMode);
    request.url.setPath(request.url.path() + QStringLiteral("/v1/") + QString::fromStdString(call.path));
    if (call.list)
        request.url.setQuery(QStringLiteral("list=true"));
    request.headers = {{"Accept", "application/json"}, {"X-Vault-Request", "true"}};
    if (!call.anonymous && !config_.nameSpace.empty())
        request.headers.push_back({"X-Vault-Namespace", withoutSlashes(config_.nameSpace)});
    if (!call.token.empty())
        request.headers.push_back({"X-Vault-Token", call.token});
    else if (!call.anonymous && token_ != nullptr)
        request.headers.push_back({"X-Vault-Token", std::string(token_->open().reveal())});
    if (call.method != HttpRequest::Method::Get)
        request.contentType = "application/json";
    if (!call.body.is_null()) {
        std::string text = dumpJson(call.body);
        request.body = Secret::takeFrom(text);
    }
    request.deadline = callDeadline;
    request.responseLimit = answerLimit;
    request.redirectIsAnswer = true; // to say that it was one; it is not followed
    return request;
}

void VaultSession::transmit(Running& running) {
    HttpRequest request = requestFor(running.call);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(running.deadline - clock_.boot());
    request.deadline = std::clamp(left, std::chrono::milliseconds(1), callDeadline);
    running.tokenNumber = tokenNumber_;
    ++running.tries;
    running.exchange = http_.send(std::move(request), [this, &running](Result<HttpResponse> response) {
        onAnswer(running, std::move(response));
    });
}

void VaultSession::onAnswer(Running& running, Result<HttpResponse> response) {
    drop(std::move(running.exchange));
    if (!response)
        return onNoAnswer(running, vaultUnreachable(response.error(), config_));
    Result<VaultAnswer> answer = readVaultAnswer(*response, clock_.wall());
    if (!answer)
        return finish(running, failure(answer.error()));
    judge(running, std::move(*answer));
}

void VaultSession::onNoAnswer(Running& running, const Error& error) {
    const ErrorDetail* detail = error.detail("sent");
    const bool sent = detail != nullptr && std::get_if<bool>(detail) != nullptr && std::get<bool>(*detail);
    const bool late = clock_.boot() >= running.deadline;
    // One connection was cut off; a look does no harm twice. Whether a write was carried out, its sender
    // finds.
    if (sent && !late && running.call.method == HttpRequest::Method::Get && running.tries == 1)
        return transmit(running);
    // Nobody is there: whoever still waits would only wait for the same.
    if (!sent || late)
        failWaitingLater(error);
    finish(running, failure(error));
}

void VaultSession::judge(Running& running, VaultAnswer answer) {
    const bool health = running.call.anonymous; // every status of sys/health is an answer
    const bool noRoute = answer.status == 404 && answer.says("no handler for route");
    if (health || answer.status == 200 || answer.status == 204 || answer.status == 400 ||
        (answer.status == 404 && !noRoute))
        return finish(running, std::move(answer));
    if (answer.status == 403 && !running.asked)
        return askWhetherTokenIsGood(running);
    if (mayPass(answer) && running.tries < mostTries)
        return repeatLater(running, answer);
    if (answer.status == 403)
        return finishRefused(running);
    finish(running, failure(vaultRefused(running.call, answer, config_)));
}

void VaultSession::finishRefused(Running& running) {
    VaultAnswer refused;
    refused.status = 403;
    refused.errors = {"permission denied"};
    if (running.call.anyStatus)
        return finish(running, std::move(refused));
    finish(running, failure(vaultRefused(running.call, refused, config_)));
}

void VaultSession::repeatLater(Running& running, const VaultAnswer& answer) {
    std::chrono::milliseconds pause = firstPause * (1 << (running.tries - 1));
    if (answer.retryAfter)
        pause = std::max<std::chrono::milliseconds>(pause, *answer.retryAfter);
    if (clock_.boot() + pause >= running.deadline)
        return finish(running, failure(vaultRefused(running.call, answer, config_)));
    // A place in the list stays where it is until finish().
    QTimer::singleShot(pause, this, [this, &running] { transmit(running); });
}

// 403 says nothing of whose fault it is: a policy's, or a token's that was revoked or has ended.
void VaultSession::askWhetherTokenIsGood(Running& running) {
    running.asked = true;
    if (running.tokenNumber != tokenNumber_)
        return transmit(running); // there is a newer one by now
    VaultCall look;
    look.path = "auth/token/lookup-self";
    running.exchange = http_.send(requestFor(look), [this, &running](const Result<HttpResponse>& response) {
        onTokenLookedAt(running, response);
    });
}

void VaultSession::onTokenLookedAt(Running& running, const Result<HttpResponse>& response) {
    drop(std::move(running.exchange));
    const bool good = !response || response->status != 403;
    const bool justNow =
        lastForcedSignIn_ != BootTime(0) && clock_.boot() < lastForcedSignIn_ + betweenForcedSignIns;
    // Another request may have found the same already.
    const bool current = running.tokenNumber == tokenNumber_ && token_ != nullptr;
    if (current && (good || justNow))
        return finishRefused(running);
    if (current) {
        lastForcedSignIn_ = clock_.boot();
        token_.reset();
        renewal_.stop();
    }
    const auto place = std::find_if(running_.begin(), running_.end(),
                                    [&running](const auto& one) { return one.get() == &running; });
    waiting_.push_front(std::move(*place));
    running_.erase(place);
    takeTurns();
}

void VaultSession::finish(Running& running, Result<VaultAnswer> answer) {
    const auto place = std::find_if(running_.begin(), running_.end(),
                                    [&running](const auto& one) { return one.get() == &running; });
    const std::unique_ptr<Running> ended = std::move(*place);
    running_.erase(place);
    if (!waiting_.empty())
        QMetaObject::invokeMethod(this, &VaultSession::takeTurns, Qt::QueuedConnection);
    wipe(ended->call.token);
    ended->done(std::move(answer));
}

// Those that wait now; a request that is made meanwhile has a chance of its own.
void VaultSession::failWaitingLater(const Error& error) {
    const auto all = std::make_shared<std::deque<std::unique_ptr<Running>>>(std::exchange(waiting_, {}));
    const auto fail = [this, all, error] {
        const QPointer<VaultSession> here(this); // a completion may end us
        for (auto one = all->begin(); one != all->end() && here; ++one)
            (*one)->done(failure(error));
    };
    QMetaObject::invokeMethod(this, fail, Qt::QueuedConnection);
}

// We are inside its completion: let that end first.
void VaultSession::drop(std::unique_ptr<HttpExchange> exchange) {
    QMetaObject::invokeMethod(
        this, [ended = std::shared_ptr<HttpExchange>(std::move(exchange))] {}, Qt::QueuedConnection);
}

} // namespace keybearer
