#include "broker/oauth/ServerMetadata.h"

#include "broker/base/Json.h"
#include "broker/http/RequestRules.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::string_view oauthDocument = "/.well-known/oauth-authorization-server";
constexpr std::string_view openIdDocument = "/.well-known/openid-configuration";

tl::unexpected<Error> refused(std::string why) {
    return failure(ErrorCode::ProviderError,
                   "The metadata of the authorization server is refused: " + std::move(why));
}

// A list of words; what is longer than any real one is cut.
std::vector<std::string> wordsAt(const Json& document, const char* key) {
    constexpr std::size_t mostWords = 200;
    std::vector<std::string> words = stringsAt(document, key);
    words.resize(std::min(words.size(), mostWords));
    return words;
}

// Absent is fine (an empty address); present and unusable is not.
Result<QUrl> endpointAt(const Json& document, const char* key, const QUrl& issuer) {
    const auto found = document.find(key);
    if (found == document.end() || found->is_null())
        return QUrl();
    const std::optional<QUrl> url = writtenAddress(stringAt(document, key).value_or(""));
    if (!url)
        return refused(std::string(key) + " is no address that may be used");
    if (pointsInside(*url, issuer))
        return refused(std::string(key) + " points into a private network");
    return *url;
}

Result<void> readEndpoints(const Json& document, const QUrl& issuer, AuthorizationServer& server) {
    struct Place {
        const char* key;
        QUrl AuthorizationServer::*member;
    };
    static constexpr Place places[] = {
        {"authorization_endpoint", &AuthorizationServer::authorizationEndpoint},
        {"token_endpoint", &AuthorizationServer::tokenEndpoint},
        {"revocation_endpoint", &AuthorizationServer::revocationEndpoint},
        {"userinfo_endpoint", &AuthorizationServer::userinfoEndpoint},
        {"device_authorization_endpoint", &AuthorizationServer::deviceAuthorizationEndpoint},
        {"jwks_uri", &AuthorizationServer::jwksUri},
        {"pushed_authorization_request_endpoint", &AuthorizationServer::pushedAuthorizationEndpoint},
        {"registration_endpoint", &AuthorizationServer::registrationEndpoint},
    };
    for (const Place& place : places) {
        Result<QUrl> url = endpointAt(document, place.key, issuer);
        if (!url)
            return failure(std::move(url.error()));
        server.*place.member = std::move(*url);
    }
    // Section 2: nobody is sent to a server none of whose grants begins with a person.
    const std::vector<std::string> grants = wordsAt(document, "grant_types_supported");
    const bool sendsNobody =
        !grants.empty() && std::find(grants.begin(), grants.end(), "authorization_code") == grants.end();
    if ((server.authorizationEndpoint.isEmpty() && !sendsNobody) || server.tokenEndpoint.isEmpty())
        return refused("it names no authorization_endpoint or no token_endpoint");
    return {};
}

// RFC 8705 section 5. An alias is as good as the endpoint that it stands for, so the same rules hold.
Result<void> readMtlsAliases(const Json& document, const QUrl& issuer, AuthorizationServer& server) {
    const auto aliases = document.find("mtls_endpoint_aliases");
    if (aliases == document.end() || !aliases->is_object())
        return {};
    using Aliases = AuthorizationServer::MtlsAliases;
    struct Place {
        const char* key;
        QUrl Aliases::*member;
    };
    static constexpr Place places[] = {
        {"token_endpoint", &Aliases::token},
        {"revocation_endpoint", &Aliases::revocation},
        {"userinfo_endpoint", &Aliases::userinfo},
        {"device_authorization_endpoint", &Aliases::deviceAuthorization},
        {"pushed_authorization_request_endpoint", &Aliases::pushedAuthorization},
    };
    for (const Place& place : places) {
        Result<QUrl> url = endpointAt(*aliases, place.key, issuer);
        if (!url)
            return failure(std::move(url.error()));
        server.mtls.*place.member = std::move(*url);
    }
    return {};
}

void readAbilities(const Json& document, AuthorizationServer& server) {
    server.scopesSupported = stringsAt(document, "scopes_supported");
    server.tokenEndpointAuthMethods = wordsAt(document, "token_endpoint_auth_methods_supported");
    server.assertionAlgorithms = wordsAt(document, "token_endpoint_auth_signing_alg_values_supported");
    server.dpopAlgorithms = wordsAt(document, "dpop_signing_alg_values_supported");
    server.idTokenAlgorithms = wordsAt(document, "id_token_signing_alg_values_supported");
    server.grantTypes = wordsAt(document, "grant_types_supported");
    server.grantProfiles = wordsAt(document, "authorization_grant_profiles_supported");
    server.takesClientMetadataDocument =
        booleanAt(document, "client_id_metadata_document_supported").value_or(false);
    server.codeChallengeMethods = wordsAt(document, "code_challenge_methods_supported");
    server.issParameterSupported =
        booleanAt(document, "authorization_response_iss_parameter_supported").value_or(false);
    server.requiresPushedAuthorization =
        booleanAt(document, "require_pushed_authorization_requests").value_or(false);
}

} // namespace

std::vector<QUrl> wellKnownUrls(const std::string& issuer) {
    const std::optional<QUrl> url = writtenAddress(issuer);
    if (!url || url->hasQuery())
        return {};
    const std::size_t slash = std::min(issuer.find('/', issuer.find("://") + 3), issuer.size());
    const std::string origin = issuer.substr(0, slash);
    std::string path = issuer.substr(slash);
    if (!path.empty() && path.back() == '/')
        path.pop_back(); // RFC 8414 section 3.1
    std::vector<std::string> addresses = {origin + std::string(oauthDocument) + path,
                                          origin + std::string(openIdDocument) + path};
    if (!path.empty())
        addresses.push_back(origin + path + std::string(openIdDocument));
    std::vector<QUrl> urls;
    for (const std::string& address : addresses)
        urls.emplace_back(QString::fromStdString(address), QUrl::StrictMode);
    return urls;
}

Result<AuthorizationServer> parseServerMetadata(std::string_view json, const std::string& issuer) {
    const std::optional<QUrl> issuerUrl = writtenAddress(issuer);
    if (!issuerUrl)
        return refused("the issuer is no https address");
    if (json.size() > serverMetadataLimit)
        return refused("it is too large");
    const Result<Json> document = parseJson(json);
    if (!document || !document->is_object())
        return refused("it is no JSON object");
    if (stringAt(*document, "issuer") != issuer)
        return refused("it belongs to another issuer");
    AuthorizationServer server;
    server.issuer = issuer;
    if (Result<void> endpoints = readEndpoints(*document, *issuerUrl, server); !endpoints)
        return failure(std::move(endpoints.error()));
    if (Result<void> aliases = readMtlsAliases(*document, *issuerUrl, server); !aliases)
        return failure(std::move(aliases.error()));
    const std::vector<std::string> responses = stringsAt(*document, "response_types_supported");
    if (!responses.empty() && std::find(responses.begin(), responses.end(), "code") == responses.end())
        return refused("the server does not know the authorization code flow");
    readAbilities(*document, server);
    return server;
}

} // namespace keybearer
