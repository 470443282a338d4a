#include "broker/oauth/IdToken.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::seconds leeway{60}; // clocks differ
constexpr std::size_t subjectLimit = 255;  // OpenID Connect Core section 2
constexpr std::size_t labelLimit = 120;    // fits into a list and a prompt

tl::unexpected<Error> refused(std::string why) {
    return failure(ErrorCode::ProviderError, "The ID token is refused: " + std::move(why));
}

Result<Json> payloadOf(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t last = token.rfind('.');
    if (first == std::string_view::npos || first == last ||
        token.substr(first + 1, last - first - 1).find('.') != std::string_view::npos)
        return refused("it is no signed token of three parts");
    Result<Json> claims = parseJson(fromBase64Url(token.substr(first + 1, last - first - 1)));
    if (!claims || !claims->is_object())
        return refused("its claims are not readable");
    return claims;
}

bool isAudience(const Json& claims, const std::string& clientId) {
    const std::vector<std::string> many = stringsAt(claims, "aud");
    return stringAt(claims, "aud") == clientId || std::find(many.begin(), many.end(), clientId) != many.end();
}

std::optional<double> numberAt(const Json& claims, const char* name) {
    const auto found = claims.find(name);
    return found != claims.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::optional<std::string> textAt(const Json& document, std::string_view path) {
    const Json* at = &document;
    while (true) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        if (!at->is_object())
            return std::nullopt;
        const auto found = at->find(std::string(path.substr(0, dot)));
        if (found == at->end())
            return std::nullopt;
        at = &*found;
        if (dot == path.size())
            break;
        path.remove_prefix(dot + 1);
    }
    if (at->is_string() && !at->get_ref<const std::string&>().empty())
        return at->get<std::string>();
    if (at->is_number_integer())
        return dumpJson(*at);
    return std::nullopt;
}

} // namespace

Result<void> checkIdTokenClaims(const Json& claims, const IdTokenExpectation& expected) {
    if (expected.issuer.empty() || stringAt(claims, "iss") != expected.issuer)
        return refused("it comes from another issuer");
    if (!isAudience(claims, expected.clientId))
        return refused("it is meant for another client");
    const auto party = claims.find("azp");
    if (party != claims.end() && *party != expected.clientId)
        return refused("it was issued to another client");
    const auto now = static_cast<double>(toUnixSeconds(expected.now));
    const auto slack = static_cast<double>(leeway.count());
    const std::optional<double> expiry = numberAt(claims, "exp");
    if (!expiry || *expiry + slack <= now)
        return refused("it has expired");
    const std::optional<double> issued = numberAt(claims, "iat");
    if (!issued || *issued - slack > now)
        return refused("it comes from the future; check the clock of this computer");
    if (!expected.nonce.empty() && stringAt(claims, "nonce") != expected.nonce)
        return refused("it belongs to another sign-in");
    return {};
}

Result<Json> idTokenClaims(std::string_view token, const IdTokenExpectation& expected) {
    Result<Json> claims = payloadOf(token);
    if (!claims)
        return claims;
    if (Result<void> checked = checkIdTokenClaims(*claims, expected); !checked)
        return failure(std::move(checked.error()));
    return claims;
}

std::optional<std::string> firstOf(const Json& document, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
        if (std::optional<std::string> text = textAt(document, key))
            return text;
    }
    return std::nullopt;
}

Result<Identity> identityFrom(const Json& document, const std::vector<std::string>& subjectKeys,
                              const std::vector<std::string>& labelKeys) {
    const std::optional<std::string> subject = firstOf(document, subjectKeys);
    // Stored, compared and printed: nothing hidden may be in it.
    if (!subject || subject->size() > subjectLimit || displaySafe(*subject, subjectLimit) != *subject)
        return failure(ErrorCode::ProviderError, "The provider does not say who signed in");
    Identity identity;
    identity.subject = *subject;
    identity.label = displaySafe(firstOf(document, labelKeys).value_or(*subject), labelLimit);
    return identity;
}

} // namespace keybearer
