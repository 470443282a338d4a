#include "broker/oauth/DeviceAuthorizationFlow.h"

#include "broker/base/Text.h"
#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/TokenRequest.h"

namespace keybearer {

namespace {

constexpr std::string_view deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
constexpr std::size_t answerLimit = std::size_t{64} << 10; // an answer has six short members

Error flowDisabled(std::string message) {
    return Error(ErrorCode::PolicyDenied, std::move(message), "Sign in through a browser instead.")
        .with("reason", "flow_disabled");
}

// The words for "your client may not do that"; the first is RFC 6749's, the second GitHub's.
bool isRefusalOfFlow(const Error& error) {
    const ErrorDetail* detail = error.detail("error");
    const std::string* name = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
    return name != nullptr && (*name == "unauthorized_client" || *name == "device_flow_disabled" ||
                               *name == "unsupported_grant_type");
}

} // namespace

DeviceAuthorizationFlow::DeviceAuthorizationFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                                                 Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)) {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer); // a coarse one may be early, and early is slow_down
    connect(&timer_, &QTimer::timeout, this, &DeviceAuthorizationFlow::poll);
}

Form DeviceAuthorizationFlow::form() const {
    Form form;
    if (setup_.resource)
        form.add("resource", *setup_.resource);
    return form;
}

void DeviceAuthorizationFlow::start(Completion<DeviceCode> ready) {
    if (setup_.server.deviceAuthorizationEndpoint.isEmpty())
        return deliverLater<DeviceCode>(
            this, std::move(ready),
            failure(flowDisabled("This provider has no sign-in with a code on another device")));
    Form asked = form();
    if (!setup_.scopes.empty())
        asked.add("scope", join(setup_.scopes, setup_.scopeSeparator));
    Result<HttpRequest> request = tokenRequest(setup_.server.deviceAuthorizationEndpoint, setup_.server,
                                               setup_.client, std::move(asked), clock_.wall());
    if (!request)
        return deliverLater<DeviceCode>(this, std::move(ready), failure(std::move(request.error())));
    ready_ = std::move(ready);
    request->deadline = setup_.deadline;
    request->responseLimit = answerLimit;
    authorization_ = transport_.send(
        std::move(*request), [this](const Result<HttpResponse>& response) { onAuthorization(response); });
}

void DeviceAuthorizationFlow::onAuthorization(const Result<HttpResponse>& response) {
    const WallTime now = clock_.wall();
    Result<DeviceAuthorization> authorization =
        response ? parseDeviceAuthorization(*response, now) : failure(response.error());
    const Completion<DeviceCode> ready = std::move(ready_);
    if (!authorization) {
        Error error = std::move(authorization.error());
        if (isRefusalOfFlow(error))
            error = flowDisabled("The provider does not let this client sign in with a code");
        return ready(failure(std::move(error))); // may destroy this
    }
    deviceCode_ = std::move(authorization->deviceCode);
    pace_ = DevicePace(authorization->shown.interval);
    expiresAt_ = clock_.boot() + (authorization->shown.expiresAt - now);
    waitForPerson();
    ready(std::move(authorization->shown)); // may destroy this
}

// Counted from the answer, not from the question: never faster than the server wants it.
void DeviceAuthorizationFlow::waitForPerson() {
    const auto left = std::max(std::chrono::seconds(0),
                               std::chrono::ceil<std::chrono::seconds>(expiresAt_ - clock_.boot()));
    timer_.start(std::min(pace_.wait(), left).count() * setup_.second);
}

void DeviceAuthorizationFlow::poll() {
    if (clock_.boot() >= expiresAt_)
        return finish(failure(deviceCodeExpired()));
    Form asked = form();
    asked.add("grant_type", deviceGrant).add("device_code", deviceCode_);
    question_ = std::make_unique<TokenExchange>(
        transport_, clock_,
        TokenExchange::Setup{setup_.server, setup_.client, setup_.scopeSeparator, setup_.deadline,
                             setup_.dpopKey, setup_.dpopOnDemand},
        std::move(asked), [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    question_->start();
}

void DeviceAuthorizationFlow::onTokens(Result<TokenSet> tokens) {
    if (tokens)
        return finish(std::move(tokens));
    if (std::optional<Error> ended = pace_.judge(tokens.error()))
        return finish(failure(std::move(*ended)));
    waitForPerson();
}

void DeviceAuthorizationFlow::finish(Result<TokenSet> result) {
    deviceCode_.clear();
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
