#include "broker/oauth/AssertionFlow.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/oauth/IdToken.h"
#include "broker/oauth/Jws.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostAudiences = 16;

std::string withoutSlash(std::string text) {
    if (text.ends_with('/'))
        text.pop_back();
    return text;
}

std::vector<std::string> audiencesIn(const Json& claims) {
    if (std::optional<std::string> one = stringAt(claims, "aud"))
        return {std::move(*one)};
    std::vector<std::string> all = stringsAt(claims, "aud");
    if (all.size() > mostAudiences)
        all.clear();
    return all;
}

} // namespace

AssertionFlow::AssertionFlow(HttpTransport& transport, const Clock& clock, Setup wanted, Secret assertion,
                             Completion<TokenSet> done)
    : MachineGrant(transport, clock, std::move(wanted), std::move(done)), assertion_(std::move(assertion)) {
    setup().client.unnamed = setup().client.clientId.empty();
}

Result<Form> AssertionFlow::form() {
    Form form;
    form.add("grant_type", jwtBearerGrant).add("assertion", assertion_);
    assertion_.clear();
    return form;
}

Result<AssertionClaims> readAssertion(const Secret& jwt) {
    Result<Jws> read = readJws(jwt.reveal());
    if (!read)
        return failure(ErrorCode::InvalidParams, "what should be a signed JWT is none");
    AssertionClaims claims;
    claims.issuer = stringAt(read->claims, "iss").value_or("");
    claims.subject = stringAt(read->claims, "sub").value_or("");
    claims.audiences = audiencesIn(read->claims);
    if (const std::optional<std::int64_t> end = integerAt(read->claims, "exp"))
        claims.expiresAt = fromUnixSeconds(*end);
    claims.label = displaySafe(
        firstOf(read->claims, {"email", "preferred_username", "sub"}).value_or(claims.subject), 100);
    wipe(read->compact);
    return claims;
}

bool isMeantFor(const AssertionClaims& claims, const AuthorizationServer& server) {
    const std::string issuer = withoutSlash(server.issuer);
    const std::string endpoint = withoutSlash(server.tokenEndpoint.toEncoded().toStdString());
    return std::any_of(claims.audiences.begin(), claims.audiences.end(), [&](const std::string& audience) {
        const std::string plain = withoutSlash(audience);
        return !plain.empty() && (plain == issuer || plain == endpoint);
    });
}

} // namespace keybearer
