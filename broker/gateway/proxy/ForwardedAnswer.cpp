// The way back of a ForwardedRequest.
#include "broker/base/Text.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/door/Answers.h"
#include "broker/gateway/proxy/ForwardedRequest.h"
#include "broker/gateway/proxy/HeaderRules.h"
#include "broker/gateway/proxy/RefusedRequest.h"
#include "broker/protocol/BearerChallenge.h"

#include <algorithm>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds longestRecovery{10'000};              // of waiting for a server that does not accept
constexpr std::size_t mostChallenges = 16;                   // fields of one answer
constexpr std::size_t drainedAtMost = std::size_t{16} << 20; // of an answer that nobody gets
constexpr milliseconds longestDrain{600'000};
constexpr std::chrono::seconds serverIsBack{2}; // when a refused client may ask again

milliseconds since(EventTimers::Instant now, EventTimers::Instant then) {
    return std::chrono::duration_cast<milliseconds>(now - then);
}

bool isRedirect(int status) {
    return status >= 300 && status < 400 && status != 304;
}

} // namespace

void ForwardedRequest::onHead(const UpstreamHead& head) {
    parts_.health.answered(exchange_->terms.service, head.status, since(parts_.timers.now(), sentAt_));
    if (served_ == nullptr)
        return;
    if (asksForAnother(head))
        return challenge(head);
    if (isRedirect(head.status) || head.status == 101 || head.status == 407) {
        ++counts_.upstreamErrors;
        return refuseWith(502, Error(ErrorCode::ProviderError,
                                     "the server answers with status " + std::to_string(head.status) +
                                         ", which is not followed",
                                     "Correct the address of the service in config.yaml."));
    }
    if (head.status == 404 && reviveSession())
        return;
    answer(head);
}

void ForwardedRequest::answer(const UpstreamHead& head) {
    if ((waited_ || revived_) && head.status < 500)
        ++counts_.recovered;
    noteSession(head);
    if (const std::string_view nonce = head.field("dpop-nonce"); sentProof_ && !nonce.empty())
        exchange_->authorizer.nonceSeen(target_, std::string(nonce));
    AnswerHead down = headForClient(head);
    if (serversSession_ != session_) {
        for (auto& [name, value] : down.fields) {
            if (name == "mcp-session-id" && value == serversSession_)
                value = session_;
        }
    }
    answering_ = true;
    served_->begin(std::move(down));
}

// Sessions are remembered as the server gives them, confirms them and takes them back.
void ForwardedRequest::noteSession(const UpstreamHead& head) {
    if (modern_ || head.status < 200 || head.status >= 300)
        return;
    if (!session_.empty()) {
        if (target_.method == "DELETE")
            parts_.sessions.closed(*exchange_, session_);
        else if (parts_.sessions.standing(*exchange_, session_) == SessionBook::Standing::Unknown)
            parts_.sessions.opened(*exchange_, session_, {}, {});
        return;
    }
    const std::string_view given = head.field("mcp-session-id");
    if (given.empty())
        return;
    if (target_.operation.empty())
        nameOperation();
    if (target_.operation != "initialize")
        return;
    const bool whole = bodyEnded_ && atHand();
    parts_.sessions.opened(*exchange_, std::string(given), whole ? *kept_ : std::string(), *fields_);
}

// --- refusals of the server ---

bool ForwardedRequest::asksForAnother(const UpstreamHead& head) const {
    if (head.status == 401)
        return true;
    if (head.status != 403)
        return false;
    const auto chosen = chosenChallenge(head.all("www-authenticate"));
    return chosen &&
           (chosen->error == "insufficient_scope" || (sentProof_ && chosen->error == "use_dpop_nonce"));
}

void ForwardedRequest::challenge(const UpstreamHead& head) {
    AuthorizationChallenge challenge;
    challenge.status = head.status;
    challenge.wwwAuthenticate = head.all("www-authenticate");
    if (challenge.wwwAuthenticate.size() > mostChallenges)
        challenge.wwwAuthenticate.resize(mostChallenges);
    challenge.dpopNonce = head.field("dpop-nonce");
    call_.reset(); // `head` is gone now
    if (target_.operation.empty())
        nameOperation();
    exchange_->authorizer.challenged(
        target_, std::move(challenge), [this, alive = alive_](Result<void> agreed) {
            if (!*alive || finished_)
                return;
            if (!agreed)
                return refuseWith(statusFor(agreed.error()), agreed.error());
            if (atHand())
                return authorize();
            Error error(ErrorCode::ProviderUnavailable,
                        "the server wanted another token, and the message is too long to be sent twice",
                        "Send it again; the new token is there.");
            error.retryAfter = std::chrono::seconds(1);
            refuseWith(503, error);
        });
}

bool ForwardedRequest::reviveSession() {
    if (session_.empty() || revived_ || !bodyEnded_ || !atHand() || target_.method == "DELETE")
        return false;
    revival_ = parts_.sessions.revive(exchange_, session_, serversSession_, [this](bool good) {
        const auto self = std::move(revival_);
        if (finished_)
            return;
        if (good) {
            parts_.health.forgotItsSessions(exchange_->terms.service);
            return authorize();
        }
        parts_.sessions.closed(*exchange_, session_);
        refuseWith(404, Error(ErrorCode::NotFound, "the server does not know this session",
                              "Open one with initialize."));
    });
    if (!revival_)
        return false;
    revived_ = true;
    call_.reset();
    return true;
}

// --- the body, and how it ends ---

bool ForwardedRequest::onBody(std::string_view bytes) {
    if (served_ != nullptr)
        return served_->write(bytes);
    drainedBytes_ += bytes.size();
    if (drainedBytes_ > drainedAtMost)
        dropped();
    return true;
}

void ForwardedRequest::onEnd(UpstreamEnd end) {
    if (served_ == nullptr)
        return dropped();
    if (!answering_)
        return unsent(end);
    call_.reset();
    finished_ = true;
    if (!end.error)
        return served_->end();
    ++counts_.upstreamErrors;
    parts_.health.failed(exchange_->terms.service, UpstreamHealth::Trouble::Broken, end.error->message);
    served_->abort();
}

// Nothing of an answer has come.
void ForwardedRequest::unsent(const UpstreamEnd& end) {
    using Trouble = UpstreamHealth::Trouble;
    const std::string& service = exchange_->terms.service;
    Error error = end.error.value_or(Error(ErrorCode::ProviderUnavailable, "the server gave no answer"));
    parts_.health.failed(
        service, end.notAccepted ? Trouble::NotAccepted : (end.timedOut ? Trouble::Silent : Trouble::Broken),
        error.message);
    call_.reset();
    const auto patience = std::min<milliseconds>(longestRecovery, exchange_->terms.timeout);
    if (end.notAccepted && atHand() && since(parts_.timers.now(), began_) < patience) {
        place_ = parts_.health.wait(service, rounds_++, [this] {
            const auto self = std::move(place_);
            authorize();
        });
        if (place_) {
            waited_ = true;
            return;
        }
    }
    ++counts_.upstreamErrors;
    if (end.notAccepted)
        error.retryAfter = serverIsBack;
    refuseWith(end.timedOut ? 504 : 502, error);
}

void ForwardedRequest::onExchangeEnd(const std::string& message) {
    if (served_ == nullptr)
        return dropped();
    if (std::exchange(finished_, true))
        return;
    place_.reset();
    revival_.reset();
    call_.reset();
    if (answering_)
        return served_->abort();
    // What let the client in is gone: it has to sign in again, and not with what it has (SEC-G-14).
    refuse(*served_, 401, Error(ErrorCode::AuthorizationRequired, displaySafe(message)),
           idShownBy(beginning()),
           {{"WWW-Authenticate",
             bearerChallenge(served_->head(), "invalid_token", {exchange_->terms.service})}});
}

// A stream could go on for ever; the client opens it again with its next token. A call that is being answered
// is let finish.
void ForwardedRequest::onExchangeExpired() {
    if (target_.method != "GET" || !answering_ || served_ == nullptr || std::exchange(finished_, true))
        return;
    call_.reset();
    served_->end();
}

bool ForwardedRequest::goOnWithoutClient(std::function<void()> drained) {
    served_ = nullptr;
    if (finished_ || modern_ || target_.method != "POST" || !call_ || !bodyEnded_)
        return false;
    drained_ = std::move(drained);
    timer_ = parts_.timers.after(longestDrain, [this] { dropped(); });
    call_->resume(); // it may have waited for the client
    return true;
}

void ForwardedRequest::dropped() {
    call_.reset();
    if (std::exchange(finished_, true) || !drained_)
        return;
    const std::function<void()> tell = std::move(drained_);
    tell();
}

} // namespace keybearer
