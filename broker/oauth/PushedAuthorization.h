#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"

#include <QObject>

#include <map>

namespace keybearer {

// Whether the parameters of an authorization request go to the server directly instead of through the
// browser.
enum class PushedRequests {
    Auto,     // where the server offers it; without, if its answer is broken and it does not demand it
    Required, // or there is no sign-in
    Never,
};

// One pushed authorization request (RFC 9126): sends the parameters with the client's authentication and
// hands over the request_uri. Failures: NotFound (the server has no such endpoint), ProviderError (it
// refused, or its answer is no answer to this), ProviderUnavailable. isPushRefusal() tells a refusal from a
// broken answer.
class PushedAuthorization final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    // parameters: as they would stand in the query of the authorization request.
    PushedAuthorization(HttpTransport& transport, const Clock& clock, AuthorizationServer server,
                        ClientRegistration client, std::map<std::string, std::string> parameters,
                        Completion<std::string> done);
    Q_DISABLE_COPY_MOVE(PushedAuthorization)

    void start(); // once

private:
    void onResponse(const Result<HttpResponse>& response);
    [[nodiscard]] Result<std::string> read(const HttpResponse& response) const;

    HttpTransport& transport_;
    const Clock& clock_;
    AuthorizationServer server_;
    ClientRegistration client_;
    std::map<std::string, std::string> parameters_;
    Completion<std::string> done_;
    std::unique_ptr<HttpExchange> exchange_;
};

// The server named an OAuth error: asking it through the browser would only show the same to a person.
[[nodiscard]] bool isPushRefusal(const Error& error);

// The address that the browser opens after that (RFC 9126 section 4). Failure: InvalidParams. Pure.
[[nodiscard]] Result<QUrl> pushedAuthorizationUrl(const AuthorizationServer& server,
                                                  const std::string& clientId, const std::string& requestUri);

} // namespace keybearer
