#include "broker/gateway/upstream/AuthorizedRequest.h"

#include "broker/base/Text.h"
#include "broker/gateway/upstream/UpstreamErrors.h"
#include "broker/gateway/upstream/WebAddress.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace keybearer {

namespace {

constexpr std::size_t longestRefusal = 64 * 1024;         // of the body of a refusal, which tells the era
constexpr std::chrono::milliseconds beforeSecondTry{250}; // a server that is being restarted
constexpr std::size_t mostChallenges = 16;                // fields of one answer

} // namespace

AuthorizedRequest::AuthorizedRequest(ConnectionSetup& setup, RequestPlan plan, Listener& listener)
    : setup_(setup), plan_(std::move(plan)), listener_(listener), pause_(setup.pool.loop()) {}

AuthorizedRequest::~AuthorizedRequest() {
    *alive_ = false;
}

void AuthorizedRequest::start() {
    authorize();
}

void AuthorizedRequest::resume() {
    if (transfer_)
        transfer_->resume();
}

std::size_t AuthorizedRequest::unsentBytes() const {
    if (transfer_)
        return transfer_->unsentBytes();
    return plan_.body && !answering_ && refusal_.status == 0 ? plan_.body->size() : 0;
}

std::string AuthorizedRequest::host() const {
    const auto address = parseWebAddress(plan_.target.url);
    return address ? displaySafe(address->host) : "the server";
}

void AuthorizedRequest::authorize() {
    setup_.authorizer.authorize(plan_.target, [this, alive = alive_](Result<Authorizer::Fields> fields) {
        if (!*alive)
            return;
        if (fields)
            return send(*fields);
        // It may have completed inside start(), and nothing is told from there.
        boost::asio::post(setup_.pool.loop(), [this, alive, error = fields.error()] {
            if (*alive)
                fail(error);
        });
    });
}

void AuthorizedRequest::send(const Authorizer::Fields& authorization) {
    UpstreamRequest request;
    request.method = plan_.target.method;
    request.url = plan_.target.url;
    request.fields = plan_.fields;
    request.fields.insert(request.fields.end(), authorization.begin(), authorization.end());
    request.body = plan_.body;
    request.headTimeout = plan_.headTimeout.value_or(setup_.address.timeout);
    request.proxy = setup_.address.proxy;
    request.noProxy = setup_.address.noProxy;
    request.caFile = setup_.address.caFile;
    request.repeatable = plan_.repeatable;
    sentProof_ = std::any_of(authorization.begin(), authorization.end(),
                             [](const HttpField& field) { return field.first == "DPoP"; });
    refusal_ = {};
    refusalBody_.clear();
    transfer_ = setup_.pool.call(std::move(request), *this);
}

void AuthorizedRequest::onSent() {
    listener_.onRequestSent();
}

void AuthorizedRequest::onHead(const UpstreamHead& head) {
    if (head.status < 200 || head.status >= 300) {
        refusal_ = head;
        return;
    }
    answering_ = true;
    const std::string nonce(head.field("dpop-nonce"));
    if (sentProof_ && !nonce.empty())
        setup_.authorizer.nonceSeen(plan_.target, nonce);
    listener_.onAnswer(head);
}

bool AuthorizedRequest::onBody(std::string_view bytes) {
    if (answering_)
        return listener_.onBytes(bytes);
    refusalBody_.append(bytes.substr(0, longestRefusal - refusalBody_.size()));
    if (refusalBody_.size() == longestRefusal)
        refused(); // the rest is not read; this may be destroyed now
    return true;
}

void AuthorizedRequest::onEnd(UpstreamEnd end) {
    if (answering_) {
        RequestEnd told;
        if (end.error)
            told.failure = ServerFailure{std::move(*end.error), 0, {}};
        return listener_.onRequestEnd(std::move(told));
    }
    if (refusal_.status != 0)
        return refused();
    if (end.notAccepted && !std::exchange(repeated_, true))
        return again();
    fail(end.error ? std::move(*end.error) : connectionLost(host()));
}

void AuthorizedRequest::again() {
    pause_.expires_after(beforeSecondTry);
    pause_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive)
            authorize();
    });
}

void AuthorizedRequest::refused() {
    transfer_.reset(); // what else the server says to this must not count as another refusal
    if (redirected())
        return authorize();
    if (asksForAnother())
        return challenge();
    fail(refusedWith(host(), refusal_));
}

// A 307 or 308 into the same origin is followed once; a token goes no further (SEC-G-11).
bool AuthorizedRequest::redirected() {
    if ((refusal_.status != 307 && refusal_.status != 308) || followed_)
        return false;
    const auto here = parseWebAddress(plan_.target.url);
    const auto there = resolveWebAddress(plan_.target.url, refusal_.field("location"));
    if (!here || !there || !here->sameOrigin(*there))
        return false;
    followed_ = true;
    plan_.target.url = there->text;
    return true;
}

bool AuthorizedRequest::asksForAnother() const {
    if (refusal_.status == 401 || refusal_.status == 403)
        return true;
    const std::string_view nonce = refusal_.field("dpop-nonce");
    return sentProof_ && !nonce.empty() && nonce != lastNonce_;
}

void AuthorizedRequest::challenge() {
    AuthorizationChallenge challenge;
    challenge.status = refusal_.status;
    challenge.wwwAuthenticate = refusal_.all("www-authenticate");
    if (challenge.wwwAuthenticate.size() > mostChallenges)
        challenge.wwwAuthenticate.resize(mostChallenges);
    challenge.dpopNonce = refusal_.field("dpop-nonce");
    lastNonce_ = challenge.dpopNonce;
    setup_.authorizer.challenged(plan_.target, std::move(challenge),
                                 [this, alive = alive_](Result<void> agreed) {
                                     if (!*alive)
                                         return;
                                     if (agreed)
                                         authorize();
                                     else
                                         fail(agreed.error());
                                 });
}

void AuthorizedRequest::fail(Error error) {
    RequestEnd end;
    end.failure = ServerFailure{std::move(error), refusal_.status, std::move(refusalBody_)};
    listener_.onRequestEnd(std::move(end)); // the last thing: it may have destroyed this
}

} // namespace keybearer
