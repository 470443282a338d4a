#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/DeviceCode.h"
#include "broker/oauth/TokenExchange.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace keybearer {

// A sign-in on another screen (RFC 8628): asks for a code, has the person enter it wherever there is a
// browser, and asks the token endpoint until the person is done or the code has expired. The device_code
// leaves this object only for the token endpoint; it is never shown and never logged.
//
// Failures: PolicyDenied with reason "flow_disabled" (the server has no device flow, or our client may not
// use it), Cancelled (declined at the provider), TimedOut (the code expired), ProviderError, and, before
// there is a code, ProviderUnavailable. Once there is a code, what passes by itself is waited for.
class DeviceAuthorizationFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::vector<std::string> scopes;
        std::string scopeSeparator = " ";
        std::optional<std::string> resource;         // RFC 8707
        std::chrono::milliseconds deadline{30'000};  // of one question to the server
        std::chrono::milliseconds second{1000};      // how long a second of waiting is; tests make it shorter
        std::shared_ptr<const SigningKey> dpopKey{}; // as in TokenExchange
        bool dpopOnDemand = false;
    };

    DeviceAuthorizationFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                            Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(DeviceAuthorizationFlow)

    // Once. Completes with what the person is to be shown; from then on `done` tells the rest. If it fails,
    // `done` is not called.
    void start(Completion<DeviceCode> ready);

private:
    void onAuthorization(const Result<HttpResponse>& response);
    void waitForPerson();
    void poll();
    void onTokens(Result<TokenSet> tokens);
    [[nodiscard]] Form form() const;
    void finish(Result<TokenSet> result);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Completion<TokenSet> done_;
    Completion<DeviceCode> ready_;
    Secret deviceCode_;
    DevicePace pace_{std::chrono::seconds(5)};
    BootTime expiresAt_{};
    QTimer timer_;
    std::unique_ptr<HttpExchange> authorization_;
    std::unique_ptr<TokenExchange> question_;
};

} // namespace keybearer
