#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/authserver/AccessTokens.h"
#include "broker/authserver/AuthorizationCodes.h"
#include "broker/authserver/AuthorizationQuery.h"
#include "broker/authserver/LocalClients.h"
#include "broker/authserver/LocalGrants.h"
#include "broker/authserver/RefreshTokens.h"

#include <deque>

namespace keybearer {

// The token, revocation and introspection endpoints (RFC 6749 section 5, RFC 7009, RFC 7662). A used code
// that comes again, or a refresh token that was replaced longer ago than the time of grace, ends its grant; a
// wrong one ends nothing. Owned by the LocalAuthorizationServer; event loop thread.
class TokenDesk : public QObject {
    Q_OBJECT
public:
    // In which the token that was just replaced still gets its successor (SEC-S-19).
    static constexpr std::chrono::seconds grace{30};
    static constexpr std::size_t mostFailures = 60; // a minute; further ones learn nothing but to wait

    struct Rooms {
        LocalServices& services;
        ConsentGate& gate;
        LocalClients& clients;
        LocalGrants& grants;
        LocalKeys& keys;
        AuthorizationCodes& codes;
        const Clock& clock;
        std::chrono::seconds tokenLife{900};
        std::function<bool(const std::string& credential, const std::string& service)> mayIntrospect{};
    };
    struct Counters {
        std::uint64_t tokens = 0;
        std::uint64_t reuses = 0;
    };
    explicit TokenDesk(Rooms rooms) : rooms_(std::move(rooms)) {}

    // Of tokens from now on.
    void setTokenLife(std::chrono::seconds life) { rooms_.tokenLife = life; }

    // `base`: what stands in the claims of tokens.
    [[nodiscard]] AsAnswer token(const AsRequest& request, const std::string& base);
    [[nodiscard]] AsAnswer revoke(const AsRequest& request, const std::string& base);
    [[nodiscard]] AsAnswer introspect(const AsRequest& request, const std::string& base);
    [[nodiscard]] Result<TokenClaims> read(const std::string& token, const std::string& service,
                                           const std::string& base) const;
    [[nodiscard]] const Counters& counters() const { return counters_; }

Q_SIGNALS:
    // kind: issued, repeated (within the time of grace), reused (and so its grant is over)
    void noted(const std::string& kind, const keybearer::LocalGrant& grant);

private:
    using Client = tl::expected<const LocalClient*, AsAnswer>;

    [[nodiscard]] Client authenticate(const AsRequest& request);
    // Whose tokens the caller may ask about: a client's id, "*" for all of the service, empty for none.
    [[nodiscard]] std::string introspector(const AsRequest& request, const std::string& base);
    [[nodiscard]] AsAnswer fromCode(const AsRequest& request, const LocalClient& client,
                                    const std::string& base);
    [[nodiscard]] AsAnswer fromRefreshToken(const AsRequest& request, const LocalClient& client,
                                            const std::string& base);
    [[nodiscard]] Result<LocalGrant> newGrant(const CodeTerms& terms);
    [[nodiscard]] AsAnswer issue(const LocalGrant& grant, const std::vector<std::string>& scopes,
                                 std::uint64_t generation, const std::string& base);
    [[nodiscard]] AsAnswer failed(const char* error, const std::string& description, int status = 400);
    [[nodiscard]] AsAnswer unavailable(const Error& error) const;
    [[nodiscard]] const LocalGrant* grantOf(const std::string& token, const std::string& service,
                                            const std::string& base) const;

    Rooms rooms_;
    Counters counters_;
    std::deque<BootTime> failures_; // of the last minute
};

} // namespace keybearer
