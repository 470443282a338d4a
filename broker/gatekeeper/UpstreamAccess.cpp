#include "broker/gatekeeper/UpstreamAccess.h"

#include "broker/accounts/ApiKeyHeader.h"
#include "broker/base/Random.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t serialLength = 22;          // of a digest in base64url: 132 bits
constexpr std::chrono::seconds longestValid{300}; // then the permission is looked at again
constexpr std::chrono::seconds expiryMargin{10};  // a request on its way must still be taken
constexpr const char* noSerial = "none";

std::string serialOf(std::string_view token) {
    return base64Url(sha256(token)).substr(0, serialLength);
}

Result<UpstreamToken> upstreamToken(const TokenGrant& grant, WallTime now) {
    UpstreamToken out;
    out.serial = serialOf(grant.accessToken.reveal());
    out.scheme = grant.tokenType == "DPoP" ? "DPoP" : "Bearer";
    out.value = grant.accessToken.clone();
    out.validFor = longestValid;
    if (grant.record.accessExpiresAt) {
        const auto left = std::chrono::floor<std::chrono::seconds>(*grant.record.accessExpiresAt - now);
        out.validFor = std::clamp(left - expiryMargin, std::chrono::seconds(1), longestValid);
    }
    if (grant.record.kind != CredentialKind::ApiKey)
        return out;
    const Result<ApiKeyHeader> header = ApiKeyHeader::parse(grant.record.apiKey.header);
    if (!header)
        return tl::unexpected(header.error());
    out.scheme = "header";
    out.header = header->name;
    out.value = header->value(grant.accessToken.reveal());
    return out;
}

} // namespace

CredentialSelector UpstreamAccess::selectorOf(const Exchange& exchange) const {
    CredentialSelector selector;
    if (exchange.target.provider.empty())
        selector.resource = exchange.target.url;
    else
        selector.provider = exchange.target.provider;
    if (!exchange.target.account.empty())
        selector.account = exchange.target.account;
    return selector;
}

bool UpstreamAccess::isSignedIn(const Exchange& exchange) const {
    return rooms_.registry.select(selectorOf(exchange)).has_value();
}

bool UpstreamAccess::hasToolRules(const Exchange& exchange) const {
    return std::any_of(
        rooms_.rules.inOrder().begin(), rooms_.rules.inOrder().end(), [&](const AuthRule& rule) {
            return rule.level != AuthRule::Level::Default && rule.level != AuthRule::Level::Service &&
                   (rule.service.empty() || rule.service == exchange.target.name);
        });
}

void UpstreamAccess::token(Exchange& exchange, const TokenNeed& need, const Completion<UpstreamToken>& done) {
    if (const Result<void> good = rooms_.confirm(exchange.caller); !good)
        return done(tl::unexpected(good.error()));
    if (!isSignedIn(exchange) && !need.challenged) {
        UpstreamToken none;
        none.serial = noSerial;
        return done(std::move(none));
    }
    TokenWish wish;
    wish.selector = selectorOf(exchange);
    wish.tool = need.tool;
    rooms_.broker.request(exchange.connection, exchange.caller, std::move(wish),
                          [this, id = exchange.id, done](Result<TokenGrant> grant) {
                              if (!grant)
                                  return done(tl::unexpected(grant.error()));
                              done(upstreamToken(*grant, rooms_.clock.wall()));
                          });
}

Result<std::string> UpstreamAccess::proof(const Exchange& /*exchange*/, const ProofNeed& /*need*/) const {
    return failure(ErrorCode::NotFound, "no token with that serial is bound to a key");
}

} // namespace keybearer
