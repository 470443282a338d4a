#pragma once

#include "broker/oauth/TokenExchange.h"

#include <optional>

namespace keybearer {

// What every grant has in common that needs no person: one question to the token endpoint, and whatever the
// server sends, never a refresh token in the answer - who can ask again at any time has no use for one (RFC
// 6749 section 4.4.3, RFC 7521 section 4.1). A kind of grant says what stands in the form. Owned and
// cancelled as all flows are; event loop thread. Failures as in TokenResponse.h, and those of form().
class MachineGrant : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::vector<std::string> scopes; // empty: none are named
        std::string scopeSeparator = " ";
        std::optional<std::string> resource{}; // RFC 8707
        std::chrono::milliseconds deadline{30'000};
        std::shared_ptr<const SigningKey> dpopKey{}; // as in TokenExchange
        bool dpopOnDemand = false;
    };
    Q_DISABLE_COPY_MOVE(MachineGrant)

    void start(); // once

protected:
    MachineGrant(HttpTransport& transport, const Clock& clock, Setup setup, Completion<TokenSet> done);
    // The grant's own members; scope and resource are added here. A failure ends the flow, later.
    [[nodiscard]] virtual Result<Form> form() = 0;

    [[nodiscard]] const Setup& setup() const { return setup_; }
    [[nodiscard]] Setup& setup() { return setup_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] std::string scope() const; // as one text
    void leaveOutScope() { scopeElsewhere_ = true; }

private:
    void onTokens(Result<TokenSet> tokens);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Completion<TokenSet> done_;
    bool scopeElsewhere_ = false; // the assertion holds it
    std::unique_ptr<TokenExchange> exchange_;
};

// RFC 7523 section 2.1: an assertion is the grant.
inline constexpr std::string_view jwtBearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

} // namespace keybearer
