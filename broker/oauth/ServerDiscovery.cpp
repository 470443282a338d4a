#include "broker/oauth/ServerDiscovery.h"

#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/ServerMetadata.h"
#include "broker/oauth/TokenResponse.h"

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds documentDeadline{10'000}; // of one address; there are three at most

} // namespace

ServerDiscovery::ServerDiscovery(HttpTransport& transport, std::string issuer,
                                 Completion<AuthorizationServer> done, bool publicOnly)
    : transport_(transport), issuer_(std::move(issuer)), done_(std::move(done)),
      left_(wellKnownUrls(issuer_)), publicOnly_(publicOnly) {}

void ServerDiscovery::start() {
    if (left_.empty())
        return deliverLater<AuthorizationServer>(
            this, std::move(done_),
            failure(ErrorCode::InvalidParams, "An issuer is an https address without query"));
    askNext();
}

void ServerDiscovery::askNext() {
    HttpRequest request;
    request.url = left_.front();
    left_.erase(left_.begin());
    request.headers.push_back({"Accept", "application/json"});
    request.deadline = documentDeadline;
    request.responseLimit = serverMetadataLimit;
    request.publicOnly = publicOnly_;
    // The one before is in its last act while this one is made.
    if (request_)
        request_.release()->deleteLater();
    request_ = std::make_unique<DocumentRequest>(
        transport_, std::move(request),
        [this](const Result<HttpResponse>& response) { onResponse(response); });
    request_->start();
}

void ServerDiscovery::onResponse(const Result<HttpResponse>& response) {
    if (!response) {
        const bool refused = response.error().code == ErrorCode::ProviderError; // a redirect, a huge document
        note(refused ? Problem::Wrong : Problem::NoAnswer, response.error());
    } else if (response->status == 200) {
        Result<AuthorizationServer> server = parseServerMetadata(response->body.reveal(), issuer_);
        if (server) {
            server->publicOnly = publicOnly_ || response->fromPublicAddress;
            return finish(std::move(server));
        }
        note(Problem::Wrong, std::move(server.error()));
    } else if (response->status == 429 || response->status >= 500) {
        note(Problem::NoAnswer, oauthError(*response, SystemClock().wall()));
    } else {
        note(Problem::NotThere, Error(ErrorCode::ProviderError, "The issuer publishes no metadata (HTTP " +
                                                                    std::to_string(response->status) + ")")
                                    .with("reason", "no_metadata"));
    }
    if (!left_.empty())
        return askNext();
    finish(failure(std::move(problem_)));
}

// A document that was there but wrong says more than one that was not; an address that did not answer
// outweighs both, for the valid document may be behind it.
void ServerDiscovery::note(Problem kind, Error error) {
    if (kind < worst_)
        return;
    worst_ = kind;
    problem_ = std::move(error);
}

void ServerDiscovery::finish(Result<AuthorizationServer> result) {
    const Completion<AuthorizationServer> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
