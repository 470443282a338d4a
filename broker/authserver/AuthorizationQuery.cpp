#include "broker/authserver/AuthorizationQuery.h"

#include "broker/authserver/RedirectUri.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestState = 4096;
constexpr std::size_t longestScope = 4096;
constexpr std::size_t digestBytes = 32; // of S256

OAuthRefusal badRequest(std::string why) {
    return {"invalid_request", std::move(why)};
}

std::optional<OAuthRefusal> unsupported(const AsRequest& request) {
    if (const std::string type = request.param("response_type"); type != "code")
        return type.empty() ? badRequest("response_type is missing")
                            : OAuthRefusal{"unsupported_response_type", "response_type must be code"};
    if (request.params.contains("request"))
        return OAuthRefusal{"request_not_supported", "request objects are not taken"};
    if (request.params.contains("request_uri"))
        return OAuthRefusal{"request_uri_not_supported", "request_uri is not taken"};
    if (const std::string mode = request.param("response_mode"); !mode.empty() && mode != "query")
        return badRequest("response_mode must be query");
    if (request.param("prompt") == "none")
        return OAuthRefusal{"interaction_required", "a person is always asked"};
    return std::nullopt;
}

// PKCE, S256 and nothing else (RFC 7636 section 4.3; OAuth 2.1 section 7.5.1).
std::optional<OAuthRefusal> withoutProof(const AsRequest& request) {
    const std::string challenge = request.param("code_challenge");
    if (challenge.empty())
        return badRequest("code_challenge is missing");
    if (request.param("code_challenge_method") != "S256")
        return badRequest("code_challenge_method must be S256");
    if (fromBase64Url(challenge).size() != digestBytes)
        return badRequest("code_challenge is no S256 challenge");
    return std::nullopt;
}

std::string portOf(const std::string& base) {
    const auto address = loopbackAddress(base);
    return address ? address->port : std::string();
}

} // namespace

std::optional<std::vector<std::string>> scopeWords(const std::string& text) {
    if (text.size() > longestScope || !isVisibleAscii(text) ||
        text.find_first_of("\"\\") != std::string::npos)
        return std::nullopt;
    return splitWords(text);
}

std::string canonicalBase(const std::string& base) {
    const auto address = loopbackAddress(base);
    if (!address)
        return base;
    return "http://127.0.0.1" + (address->port.empty() ? "" : ":" + address->port);
}

bool namesService(const std::string& resource, const std::string& base, const std::string& service) {
    if (resource.empty())
        return true;
    const std::string route = "/" + service + "/mcp";
    const auto address = loopbackAddress(resource);
    if (!address)
        return resource == base || resource == base + "/" || resource == base + route;
    return address->port == portOf(base) &&
           (address->rest == "/" || address->rest == route || address->rest == route + "/");
}

bool isCodeVerifier(std::string_view text) {
    return text.size() >= 43 && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("-._~").find(c) != std::string_view::npos;
           });
}

tl::expected<AuthorizationQuery, OAuthRefusal> readAuthorizationQuery(const AsRequest& request,
                                                                      const LocalService& service) {
    AuthorizationQuery query;
    if (auto refusal = unsupported(request))
        return tl::unexpected(std::move(*refusal));
    if (auto refusal = withoutProof(request))
        return tl::unexpected(std::move(*refusal));
    query.challenge = request.param("code_challenge");
    query.state = request.param("state");
    query.hasState = request.params.contains("state");
    if (query.state.size() > longestState)
        return tl::unexpected(badRequest("state is too long"));
    if (!namesService(request.param("resource"), request.base, service.name))
        return tl::unexpected(OAuthRefusal{"invalid_target", "resource is no route of this issuer"});
    const auto asked = scopeWords(request.param("scope"));
    if (!asked)
        return tl::unexpected(OAuthRefusal{"invalid_scope", "scope has not the form of RFC 6749"});
    for (const std::string& scope : *asked) {
        const bool known = scope == service.name || std::find(service.scopes.begin(), service.scopes.end(),
                                                              scope) != service.scopes.end();
        if (known && std::find(query.scopes.begin(), query.scopes.end(), scope) == query.scopes.end())
            query.scopes.push_back(scope);
    }
    // What a service does not have it cannot give; the answer says what was given (RFC 6749 section 3.3).
    if (query.scopes.empty())
        query.scopes.push_back(service.name);
    return query;
}

} // namespace keybearer
