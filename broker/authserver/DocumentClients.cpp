#include "broker/authserver/DocumentClients.h"

#include "broker/authserver/ClientMetadata.h"
#include "broker/base/Random.h"

#include <QTimer>

#include <algorithm>
#include <charconv>

namespace keybearer {

namespace {

constexpr std::size_t longestId = 1024;
constexpr std::chrono::milliseconds deadline{10'000}; // a browser waits for it
constexpr std::chrono::seconds shortest{300};
constexpr std::chrono::seconds longest{24 * 3600};
constexpr std::size_t mostRemembered = 256;

// max-age of Cache-Control (RFC 9111), within our own bounds; nothing said, or no-store: the shortest.
std::chrono::seconds freshFor(const HttpResponse& response) {
    const std::string field = response.header("cache-control");
    const std::size_t at = field.find("max-age=");
    if (at == std::string::npos || field.find("no-store") != std::string::npos ||
        field.find("no-cache") != std::string::npos)
        return shortest;
    long seconds = 0;
    const char* first = field.data() + at + std::string_view("max-age=").size();
    if (std::from_chars(first, field.data() + field.size(), seconds).ec != std::errc())
        return shortest;
    return std::clamp(std::chrono::seconds(seconds), shortest, longest);
}

tl::unexpected<Error> refused(const std::string& why) {
    return failure(ErrorCode::ProviderError, "the client's metadata document is refused: " + why);
}

} // namespace

DocumentClients::DocumentClients(LocalClients& clients, HttpTransport& http, const Clock& clock)
    : clients_(clients), http_(http), clock_(clock) {}

DocumentClients::~DocumentClients() = default;

bool DocumentClients::isDocumentId(const std::string& clientId) {
    const QUrl url(QString::fromStdString(clientId), QUrl::StrictMode);
    const QString path = url.path(QUrl::FullyEncoded);
    return clientId.size() <= longestId && clientId.starts_with("https://") && url.isValid() &&
           url.toEncoded().toStdString() == clientId && !url.host().isEmpty() && url.userInfo().isEmpty() &&
           !url.hasFragment() && path.size() > 1 && !path.contains(QLatin1String("/.")) &&
           !path.contains(QLatin1String("%2e"), Qt::CaseInsensitive);
}

void DocumentClients::resolve(const std::string& clientId, Completion<void> done) {
    if (!isDocumentId(clientId))
        return done(refused("its address is none that can be a client id"));
    const auto fresh = freshUntil_.find(clientId);
    if (clients_.find(clientId) != nullptr && fresh != freshUntil_.end() && fresh->second > clock_.boot())
        return done({});
    if (const auto under = fetches_.find(clientId); under != fetches_.end()) {
        under->second.waiters.push_back(std::move(done));
        return;
    }
    if (fetches_.size() >= mostFetches)
        return done(failure(Error(ErrorCode::RateLimited, "too many clients are being looked up")
                                .retry(std::chrono::seconds(10))));
    HttpRequest request;
    request.url = QUrl(QString::fromStdString(clientId), QUrl::StrictMode);
    request.headers = {{"Accept", "application/json"}};
    request.deadline = deadline;
    request.responseLimit = documentLimit;
    request.publicOnly = true;
    Fetch& fetch = fetches_[clientId];
    fetch.waiters.push_back(std::move(done));
    fetch.exchange = http_.send(std::move(request), [this, clientId](const Result<HttpResponse>& response) {
        onResponse(clientId, response);
    });
}

Result<void> DocumentClients::take(const std::string& clientId, const Result<HttpResponse>& response) {
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 200)
        return refused("its server answers with status " + std::to_string(response->status));
    const Result<Json> document = parseJson(response->body.reveal());
    if (!document || !document->is_object() || stringAt(*document, "client_id") != clientId)
        return refused("it does not name itself");
    if (document->contains("client_secret") || document->contains("client_secret_expires_at"))
        return refused("it holds a secret");
    Result<LocalClient> client = readClientMetadata(*document);
    if (!client)
        return tl::unexpected(client.error());
    if (!client->isPublic())
        return refused("a client without a registration has no secret");
    client->id = clientId;
    if (auto kept = clients_.keepDocument(std::move(*client)); !kept)
        return kept;
    if (freshUntil_.size() >= mostRemembered)
        freshUntil_.clear();
    freshUntil_[clientId] = clock_.boot() + freshFor(*response);
    return {};
}

void DocumentClients::onResponse(const std::string& clientId, const Result<HttpResponse>& response) {
    const auto found = fetches_.find(clientId);
    Fetch fetch = std::move(found->second);
    fetches_.erase(found);
    // We are inside its callback: let it end first.
    QTimer::singleShot(0, this, [over = std::shared_ptr<HttpExchange>(std::move(fetch.exchange))] {});
    const Result<void> taken = take(clientId, response);
    for (const Completion<void>& waiter : fetch.waiters)
        waiter(taken);
}

} // namespace keybearer
