#pragma once

#include "broker/authserver/LocalClients.h"
#include "broker/http/HttpTransport.h"

#include <QObject>

namespace keybearer {

// Clients whose id is the address of their metadata (OAuth Client ID Metadata Document). The document is
// fetched from a public address over https, has at most 5 KiB, is not looked for elsewhere (no redirect), and
// is kept for as long as its answer allows, between five minutes and a day. Off unless the configuration says
// otherwise. Owned by the LocalAuthorizationServer; event loop thread.
class DocumentClients : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t documentLimit = std::size_t{5} << 10U;
    static constexpr std::size_t mostFetches = 8; // at a time

    DocumentClients(LocalClients& clients, HttpTransport& http, const Clock& clock);
    ~DocumentClients() override;

    // https, a path, no fragment, no user name, no dots in the path: the form of such an id. Pure.
    [[nodiscard]] static bool isDocumentId(const std::string& clientId);
    // Completes when the client is known by that id, from the document as it is now or was lately: at once
    // (from inside the call) or later. ProviderError, ProviderUnavailable, RateLimited.
    void resolve(const std::string& clientId, Completion<void> done);

private:
    struct Fetch {
        std::unique_ptr<HttpExchange> exchange;
        std::vector<Completion<void>> waiters;
    };
    void onResponse(const std::string& clientId, const Result<HttpResponse>& response);
    [[nodiscard]] Result<void> take(const std::string& clientId, const Result<HttpResponse>& response);

    LocalClients& clients_;
    HttpTransport& http_;
    const Clock& clock_;
    std::map<std::string, Fetch> fetches_;       // by client id
    std::map<std::string, BootTime> freshUntil_; // by client id
};

} // namespace keybearer
