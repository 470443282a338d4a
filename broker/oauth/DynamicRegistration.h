#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace keybearer {

// Our client as an authorization server has taken it in.
struct RegisteredOAuthClient {
    std::string clientId;
    Secret clientSecret; // empty: a public client
    ClientAuthMethod method = ClientAuthMethod::None;
    std::optional<WallTime> secretExpiresAt; // client_secret_expires_at; absent: never
    std::string redirectPath;                // what was registered: any port, but `redirectPort` for sure
    std::uint16_t redirectPort = 0;
};

// Registers our client at an authorization server (RFC 7591): a native application (OpenID Connect Dynamic
// Client Registration, application_type) that is answered at a loopback address. Asks to be a public client
// where the server takes those, else for the first of client_secret_basic and client_secret_post that it
// lists; what the answer says counts. A refusal that says the metadata were at fault is answered once with
// fewer members: one redirect address, no scope, no grant that the server does not list.
//
// Failures: ProviderError with details "error" and "error_description" as the server said it, or for an
// answer that cannot be right; ProviderUnavailable; InvalidParams (the endpoint's address). The secret leaves
// this object with the result alone.
class DynamicRegistration final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server; // its registrationEndpoint is not empty
        std::vector<std::string> scopes;
        std::string redirectPath;
        std::uint16_t redirectPort = 0; // a port of ours, for servers that compare it
    };
    DynamicRegistration(HttpTransport& transport, const Clock& clock, Setup setup,
                        Completion<RegisteredOAuthClient> done);
    Q_DISABLE_COPY_MOVE(DynamicRegistration)

    void start(); // once

private:
    void send(bool less);
    void onResponse(const Result<HttpResponse>& response, bool less);
    void finish(Result<RegisteredOAuthClient> result);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Completion<RegisteredOAuthClient> done_;
    std::unique_ptr<HttpExchange> exchange_;
};

// The client metadata that is sent (RFC 7591 section 2). `less`: what is left out in the second attempt.
// Pure.
[[nodiscard]] std::string registrationRequest(const DynamicRegistration::Setup& setup, bool less);

// A client information response (RFC 7591 section 3.2.1), checked and bounded. Failure: ProviderError. Pure.
[[nodiscard]] Result<RegisteredOAuthClient> parseRegistration(const Secret& json,
                                                              const DynamicRegistration::Setup& setup);

} // namespace keybearer
