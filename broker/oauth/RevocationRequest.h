#pragma once

#include "broker/oauth/Flows.h"

#include <QObject>

namespace keybearer {

// Whether there is a way to tell it: RFC 7009, or what the server has in its place.
[[nodiscard]] bool canRevoke(const AuthorizationServer& server, const ClientRegistration& client);

// Tells the authorization server that a token is no longer wanted (RFC 7009). Success is status 200, also for
// a token that the server did not know. Failures: NotFound (the server has no revocation endpoint),
// ProviderError, ProviderUnavailable. What is erased locally does not depend on it (SEC-C-36).
class RevocationRequest final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    // hint: "refresh_token" or "access_token" (RFC 7009 section 2.1)
    RevocationRequest(HttpTransport& transport, AuthorizationServer server, ClientRegistration client,
                      Secret token, std::string hint, Completion<void> done);
    Q_DISABLE_COPY_MOVE(RevocationRequest)

    void start(); // once

private:
    [[nodiscard]] Result<HttpRequest> standardRequest();
    [[nodiscard]] Result<HttpRequest> githubRequest();
    void onResponse(const Result<HttpResponse>& response);

    HttpTransport& transport_;
    AuthorizationServer server_;
    ClientRegistration client_;
    Secret token_;
    std::string hint_;
    Completion<void> done_;
    std::unique_ptr<HttpExchange> exchange_;
};

} // namespace keybearer
