#include "broker/oauth/ResourceDiscovery.h"

#include "broker/http/RequestRules.h"
#include "broker/oauth/TokenResponse.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds documentDeadline{10'000}; // of one address; there are three at most

bool isNone(const Error& error) {
    const ErrorDetail* reason = error.detail("reason");
    return reason != nullptr && std::holds_alternative<std::string>(*reason) &&
           std::get<std::string>(*reason) == "no_metadata";
}

} // namespace

ResourceDiscovery::ResourceDiscovery(HttpTransport& transport, std::string server,
                                     const std::string& challenged, Completion<Found> done)
    : transport_(transport), server_(std::move(server)), done_(std::move(done)),
      left_(resourceMetadataUrls(server_)) {
    const QUrl by(QString::fromStdString(server_), QUrl::StrictMode);
    const std::optional<QUrl> named = writtenAddress(challenged);
    if (!named || pointsInside(*named, by))
        return;
    std::erase(left_, *named);
    left_.insert(left_.begin(), *named);
}

void ResourceDiscovery::start() {
    askNext();
}

void ResourceDiscovery::askNext() {
    const QUrl by(QString::fromStdString(server_), QUrl::StrictMode);
    HttpRequest request;
    request.url = left_.front();
    left_.erase(left_.begin());
    request.headers.push_back({"Accept", "application/json"});
    request.deadline = documentDeadline;
    request.responseLimit = resourceMetadataLimit;
    // The server named another host than its own: nobody here asked for that one.
    publicOnly_ = request.url.host() != by.host() && !isLoopback(by);
    request.publicOnly = publicOnly_;
    if (request_)
        request_.release()->deleteLater(); // it is in its last act
    request_ = std::make_unique<DocumentRequest>(
        transport_, std::move(request),
        [this](const Result<HttpResponse>& response) { onResponse(response); });
    request_->start();
}

void ResourceDiscovery::onResponse(const Result<HttpResponse>& response) {
    if (!response) {
        if (response.error().code != ErrorCode::ProviderError) // a redirect to elsewhere is no document
            noAnswer_ = response.error();
        return goOn();
    }
    if (response->status == 429 || response->status >= 500)
        noAnswer_ = oauthError(*response, SystemClock().wall());
    if (response->status != 200)
        return goOn();
    Result<ProtectedResource> resource = parseProtectedResource(response->body.reveal(), server_);
    if (!resource && isNone(resource.error()))
        return goOn();
    if (!resource)
        return finish(failure(std::move(resource.error())));
    resource->publicOnly = publicOnly_ || response->fromPublicAddress;
    finish(Found(std::move(*resource)));
}

void ResourceDiscovery::goOn() {
    if (!left_.empty())
        return askNext();
    if (noAnswer_)
        return finish(failure(*noAnswer_));
    finish(Found());
}

void ResourceDiscovery::finish(Result<Found> result) {
    const Completion<Found> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
