#include "broker/oauth/DeviceCode.h"

#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"
#include "broker/oauth/TokenResponse.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t deviceCodeLimit = 4096; // goes into a form; servers send 40 to 400 characters
constexpr std::size_t userCodeLimit = 64;     // a person types it
constexpr std::size_t addressLimit = 2048;    // has to fit into a QR code
constexpr std::int64_t shortestLife = 1;
constexpr std::int64_t longestLife = 1800;  // a code that lives for long is a code to phish with (T-19)
constexpr std::int64_t defaultInterval = 5; // RFC 8628 section 3.2
constexpr std::chrono::seconds slowDownStep{5};
constexpr std::chrono::seconds longestBackoff{60}; // a person is looking at the code
constexpr int mostDoublings = 6;

tl::unexpected<Error> broken(const char* what) {
    return failure(ErrorCode::ProviderError,
                   std::string("The provider sent a device code that ").append(what));
}

bool isUserCode(const std::string& code) {
    return !code.empty() && code.size() <= userCodeLimit && isVisibleAscii(code) && code.front() != ' ' &&
           code.back() != ' ';
}

QUrl addressAt(const Json& document, const char* key) {
    const std::optional<std::string> text = stringAt(document, key);
    if (!text || text->size() > addressLimit || !isVisibleAscii(*text))
        return {};
    QUrl url(QString::fromStdString(*text), QUrl::StrictMode);
    return checkUrl(url) ? url : QUrl();
}

std::optional<std::int64_t> secondsAt(const Json& document, const char* key) {
    const auto found = document.find(key);
    if (found == document.end() || !found->is_number())
        return std::nullopt;
    return static_cast<std::int64_t>(std::clamp(found->get<double>(), -1.0, 1e9));
}

Result<DeviceCode> shownOf(const Json& document, WallTime now) {
    DeviceCode code;
    code.userCode = stringAt(document, "user_code").value_or("");
    if (!isUserCode(code.userCode))
        return broken("nobody could type");
    code.verificationUri = addressAt(document, "verification_uri");
    if (code.verificationUri.isEmpty()) // what Google calls it
        code.verificationUri = addressAt(document, "verification_url");
    if (code.verificationUri.isEmpty())
        return broken("does not say where to enter it, or names an address that must not be opened");
    // Optional, so one that leads elsewhere is left out: the host that people read must be the one they get.
    code.verificationUriComplete = addressAt(document, "verification_uri_complete");
    if (code.verificationUriComplete.host() != code.verificationUri.host() ||
        code.verificationUriComplete.scheme() != code.verificationUri.scheme())
        code.verificationUriComplete.clear();
    const std::optional<std::int64_t> life = secondsAt(document, "expires_in");
    if (!life || *life < shortestLife)
        return broken("does not say how long it lives");
    code.expiresAt = now + std::chrono::seconds(std::min(*life, longestLife));
    const std::int64_t interval = secondsAt(document, "interval").value_or(defaultInterval);
    code.interval = std::chrono::seconds(interval < 1 ? defaultInterval : std::min(interval, longestLife));
    return code;
}

std::string nameOf(const Error& error) {
    const ErrorDetail* detail = error.detail("error");
    const std::string* name = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
    return name == nullptr ? std::string() : *name;
}

} // namespace

Result<DeviceAuthorization> parseDeviceAuthorization(const HttpResponse& response, WallTime now) {
    if (response.status != 200)
        return failure(oauthError(response, now));
    Result<Json> document = parseJson(response.body.reveal());
    if (!document || !document->is_object())
        return failure(ErrorCode::ProviderUnavailable,
                       "The provider sent something that is no device authorization");
    if (stringAt(*document, "error"))
        return failure(oauthError(response, now)); // GitHub says no with status 200
    DeviceAuthorization authorization;
    if (const auto found = document->find("device_code"); found != document->end() && found->is_string())
        authorization.deviceCode = Secret::copyOf(found->get_ref<const std::string&>());
    Result<DeviceCode> shown = shownOf(*document, now);
    wipeJson(*document);
    if (!shown)
        return failure(std::move(shown.error()));
    if (authorization.deviceCode.empty() || authorization.deviceCode.size() > deviceCodeLimit ||
        !isVisibleAscii(authorization.deviceCode.reveal()))
        return broken("has characters that no code may have");
    authorization.shown = std::move(*shown);
    return authorization;
}

std::chrono::seconds DevicePace::wait() const {
    const std::chrono::seconds backedOff =
        failures_ == 0 ? interval_
                       : std::max(interval_, std::min(longestBackoff, interval_ * (1 << failures_)));
    return std::max(backedOff, asked_);
}

std::optional<Error> DevicePace::judge(const Error& error) {
    const std::string name = nameOf(error);
    asked_ = error.retryAfter.value_or(std::chrono::seconds(0));
    if (name == "authorization_pending" || name == "slow_down") {
        failures_ = 0;
        if (name == "slow_down")
            interval_ += slowDownStep;
        return std::nullopt;
    }
    if (isTransient(error.code)) {
        failures_ = std::min(failures_ + 1, mostDoublings);
        return std::nullopt;
    }
    if (name == "access_denied" || name == "authorization_declined") // the latter is Microsoft's
        return Error(ErrorCode::Cancelled, "The sign-in was declined at the provider");
    if (name == "expired_token")
        return deviceCodeExpired();
    return error;
}

Error deviceCodeExpired() {
    return {ErrorCode::TimedOut, "Nobody entered the code before it expired",
            "Start again: there will be a new code."};
}

} // namespace keybearer
