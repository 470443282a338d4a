#include "broker/gateway/proxy/RemoteRoute.h"

#include "broker/base/Text.h"
#include "broker/gateway/door/Answers.h"
#include "broker/gateway/proxy/HeaderRules.h"
#include "broker/gateway/proxy/RefusedRequest.h"
#include "broker/gateway/proxy/ScreenedRequest.h"

namespace keybearer {

namespace {

constexpr std::size_t mostDrains = 256; // requests without a client

} // namespace

// A request that is being forwarded, as the door holds it.
class RemoteRoute::Answering final : public Answerer {
public:
    Answering(RemoteRoute& route, std::shared_ptr<AdmittedExchange> exchange)
        : route_(route), alive_(route.alive_), exchange_(std::move(exchange)) {}
    ~Answering() override {
        if (*alive_ && request_)
            route_.adopt(std::move(request_));
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;
    void onDrained() override {
        if (request_)
            request_->onDrained();
    }

    void start(ServedRequest& served) {
        if (route_.gate_ == nullptr || exchange_->terms.pins == PinMode::Off)
            return forward(served);
        screen_ = std::make_unique<ScreenedRequest>(served, exchange_->terms, *route_.gate_, route_.reader_);
        screen_->screen([this] { forward(*screen_); });
    }

private:
    void forward(ServedRequest& served) {
        request_ = std::make_unique<ForwardedRequest>(route_.parts_, route_.counts_, served, exchange_);
        request_->start();
    }

    RemoteRoute& route_;
    std::shared_ptr<bool> alive_;
    std::shared_ptr<AdmittedExchange> exchange_;
    std::unique_ptr<ScreenedRequest> screen_; // outlives the request that it serves
    std::unique_ptr<ForwardedRequest> request_;
};

// One whose credential the broker is being asked about.
class RemoteRoute::Admitting final : public Answerer {
public:
    void onDrained() override {
        if (next)
            next->onDrained();
    }
    std::unique_ptr<RouteAdmission::Waiting> waiting;
    std::unique_ptr<Answerer> next;
};

RemoteRoute::RemoteRoute(CorePort& core, EventTimers& timers, UpstreamStarter& upstream,
                         const DoorTerms& terms, AdmittedRoute* programs, ToolGate* gate)
    : timers_(timers), terms_(terms), health_(core, timers, upstream),
      sessions_(timers, upstream), parts_{timers, upstream, health_, sessions_, reader_}, programs_(programs),
      gate_(gate), admission_(core, timers) {}

RemoteRoute::~RemoteRoute() {
    *alive_ = false;
}

std::unique_ptr<Answerer> RemoteRoute::serve(ServedRequest& request) {
    const RequestHead& head = request.head();
    const std::string& service = head.service;
    if (terms_.service(service) == nullptr) {
        refuse(request, 404,
               Error(ErrorCode::NotFound, "there is no service at this address",
                     "See the addresses with: keybearer gateway status"));
        return nullptr;
    }
    const std::string_view credential = bearerOf(head);
    if (credential.empty()) {
        RouteAdmission::Refusal refusal;
        refusal.oauthError = bringsCredential(head) ? "invalid_token" : "";
        refusal.error = Error(ErrorCode::AuthorizationRequired, "this address takes a token of the gateway",
                              "Let the program sign in, or give it a key: keybearer client add --help");
        turnAway(request, refusal);
        return nullptr;
    }
    if (const auto known = admission_.known(service, credential)) {
        if (*known)
            return pass(request, **known);
        turnAway(request, known->error());
        return nullptr;
    }
    RouteAdmission::Question question;
    question.service = service;
    question.credential = credential;
    question.base = head.base;
    question.overSocket = head.overSocket;
    question.pid = head.peerPid;
    question.userAgent = head.field("user-agent");
    auto admitting = std::make_unique<Admitting>();
    admitting->waiting = admission_.admit(
        question, [this, &request, answerer = admitting.get()](const RouteAdmission::Outcome& outcome) {
            if (outcome)
                answerer->next = pass(request, *outcome);
            else
                turnAway(request, outcome.error());
        });
    return admitting;
}

std::unique_ptr<Answerer> RemoteRoute::pass(ServedRequest& request,
                                            const std::shared_ptr<AdmittedExchange>& exchange) {
    request.recognised();
    if (exchange->local) {
        if (programs_ != nullptr)
            return programs_->serve(request, exchange);
        refuse(request, 503,
               Error(ErrorCode::ProviderUnavailable, "programs of this machine are not served here"));
        return nullptr;
    }
    const DoorService* service = terms_.service(request.head().service);
    health_.used(exchange->terms, service != nullptr && service->health);
    auto answering = std::make_unique<Answering>(*this, exchange);
    answering->start(request);
    return answering;
}

void RemoteRoute::turnAway(ServedRequest& request, const RouteAdmission::Refusal& refusal) {
    std::vector<HttpField> more;
    if (refusal.status == 401 || (refusal.status == 403 && !refusal.oauthError.empty())) {
        std::vector<std::string> scopes = splitWords(refusal.scope);
        const DoorService* service = terms_.service(request.head().service);
        if (scopes.empty() && service != nullptr && !service->scopes.empty())
            scopes.push_back(service->scopes.front());
        more.emplace_back("WWW-Authenticate", bearerChallenge(request.head(), refusal.oauthError, scopes));
    }
    refuse(request, refusal.status, refusal.error, {}, std::move(more));
}

// The client is gone, or all is said.
void RemoteRoute::adopt(std::unique_ptr<ForwardedRequest> request) {
    const ForwardedRequest* const name = request.get();
    const bool goesOn = drains_.size() < mostDrains && request->goOnWithoutClient([this, name] {
        // It calls from inside itself: it is buried once that has returned.
        burials_[name] = timers_.soon([this, name] {
            const auto self = std::move(burials_[name]);
            burials_.erase(name);
            drains_.erase(name);
        });
    });
    if (goesOn)
        drains_[name] = std::move(request);
}

bool RemoteRoute::notified(const std::string& method, const Json& params) {
    const std::string exchange = stringAt(params, "exchange").value_or("");
    if (method == "exchange.end")
        return admission_.end(exchange, stringAt(params, "message").value_or(""));
    if (method == "exchange.stale")
        return admission_.stale(exchange);
    return false;
}

} // namespace keybearer
