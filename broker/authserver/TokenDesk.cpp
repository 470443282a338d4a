#include "broker/authserver/TokenDesk.h"

#include "broker/base/Random.h"
#include "broker/base/Time.h"
#include "broker/oauth/Pkce.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t grantIdBytes = 12;
constexpr const char* anyClient = "*"; // no client is called so
constexpr std::chrono::seconds failureWindow{60};

AsAnswer document(int status, Json body) {
    AsAnswer answer;
    answer.status = status;
    answer.fields = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
    answer.body = std::move(body);
    return answer;
}

// The same for a person everywhere, and for nobody else: not the stored sign-in's own id.
std::string subjectOf(const LocalGrant& grant) {
    const std::string& account = grant.sessionId.empty() ? grant.service : grant.sessionId;
    return "u_" + base64Url(sha256("keybearer/v1 subject " + grant.service + " " + account).substr(0, 16));
}

bool isOneOf(const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool proves(const CodeTerms& terms, const std::string& verifier) {
    if (!isCodeVerifier(verifier))
        return false;
    return Secret::copyOf(codeChallenge(Secret::copyOf(verifier))).equals(terms.challenge);
}

std::string issuerOf(const std::string& base, const std::string& service) {
    return base + "/as/" + service;
}

std::string audienceOf(const std::string& base, const std::string& service) {
    return base + "/" + service + "/mcp";
}

} // namespace

AsAnswer TokenDesk::failed(const char* error, const std::string& description, int status) {
    const BootTime now = rooms_.clock.boot();
    while (!failures_.empty() && now - failures_.front() >= failureWindow)
        failures_.pop_front();
    if (failures_.size() >= mostFailures) {
        AsAnswer wait = document(429, {{"error", "temporarily_unavailable"},
                                       {"error_description", "too many requests that were wrong"}});
        wait.fields.emplace_back("Retry-After", std::to_string(failureWindow.count()));
        return wait;
    }
    failures_.push_back(now);
    return document(status, {{"error", error}, {"error_description", description}});
}

AsAnswer TokenDesk::unavailable(const Error& error) const {
    const bool locked = error.code == ErrorCode::StoreLocked;
    AsAnswer answer = document(503, {{"error", "temporarily_unavailable"},
                                     {"error_description", locked ? "the store of Keybearer is locked"
                                                                  : "Keybearer cannot keep anything now"}});
    answer.fields.emplace_back("Retry-After", "10");
    return answer;
}

// RFC 6749 section 2.3: a public client says its id, another proves its secret, in one way of both.
TokenDesk::Client TokenDesk::authenticate(const AsRequest& request) {
    const bool header = request.authorization.has_value();
    const std::string named = request.param("client_id");
    if (header && (request.authorization->scheme != "Basic" || request.params.contains("client_secret")))
        return tl::unexpected(failed("invalid_request", "a client authenticates in one way"));
    const std::string id = header ? request.authorization->user : named;
    if (header && !named.empty() && named != id)
        return tl::unexpected(failed("invalid_request", "client_id is that of another client"));
    const LocalClient* client = rooms_.clients.find(id, request.service);
    const std::string secret = header ? request.authorization->password : request.param("client_secret");
    // Clients send the secret of a registration that they hold for public, or in the other way of the two.
    const bool proven =
        client != nullptr &&
        (client->isPublic() ? secret.empty()
                            : Secret::copyOf(base64Url(sha256(secret))).equals(client->secretHash));
    if (proven)
        return client;
    AsAnswer unknown = failed("invalid_client", "this client is not known here; register again", 401);
    if (header)
        unknown.fields.emplace_back("WWW-Authenticate", "Basic realm=\"keybearer\"");
    return tl::unexpected(std::move(unknown));
}

AsAnswer TokenDesk::token(const AsRequest& request, const std::string& base) {
    if (request.method != "POST")
        return failed("invalid_request", "the token endpoint takes POST", 405);
    const Client client = authenticate(request);
    if (!client)
        return client.error();
    const std::string type = request.param("grant_type");
    if (type.empty())
        return failed("invalid_request", "grant_type is missing");
    if (!namesService(request.param("resource"), request.base, request.service))
        return failed("invalid_target", "resource is no route of this issuer");
    if (type == "authorization_code")
        return fromCode(request, **client, base);
    if (type == "refresh_token")
        return fromRefreshToken(request, **client, base);
    return failed("unsupported_grant_type", "authorization_code and refresh_token are supported");
}

AsAnswer TokenDesk::fromCode(const AsRequest& request, const LocalClient& client, const std::string& base) {
    if (request.param("code").empty())
        return failed("invalid_request", "code is missing");
    AuthorizationCodes::Entry* entry = rooms_.codes.find(request.param("code"));
    // Whoever cannot show all that the code is bound to has found it somewhere, and ends nothing with it.
    if (entry == nullptr || entry->terms.clientId != client.id || entry->terms.service != request.service ||
        entry->terms.redirectUri != request.param("redirect_uri") ||
        !proves(entry->terms, request.param("code_verifier")))
        return failed("invalid_grant", "the code is not good, or not for this client, address and verifier");
    if (!entry->grantId.empty()) {
        ++counters_.reuses;
        if (const LocalGrant* grant = rooms_.grants.find(entry->grantId)) {
            Q_EMIT noted("reused", *grant);
            rooms_.grants.end(std::string(entry->grantId), "its authorization code was used twice");
        }
        return failed("invalid_grant", "the code was used before; what came of it is revoked");
    }
    if (rooms_.gate.records().findById(entry->terms.consentId) == nullptr)
        return failed("invalid_grant", "the permission was taken back");
    const Result<LocalGrant> grant = newGrant(entry->terms);
    if (!grant)
        return unavailable(grant.error());
    AsAnswer answer = issue(*grant, grant->scopes, grant->generation, base);
    if (answer.status != 200)
        return answer; // the code stays good: nothing has left
    if (auto added = rooms_.grants.add(*grant); !added)
        return unavailable(added.error());
    if (auto used = rooms_.clients.noteUse(client.id); !used) {
        rooms_.grants.end(grant->id, "it could not be kept");
        return unavailable(used.error());
    }
    entry->grantId = grant->id;
    Q_EMIT noted("issued", *grant);
    return answer;
}

Result<LocalGrant> TokenDesk::newGrant(const CodeTerms& terms) {
    LocalGrant grant;
    grant.id = "g_" + randomToken(grantIdBytes);
    grant.clientId = terms.clientId;
    grant.service = terms.service;
    grant.consentId = terms.consentId;
    grant.sessionId = terms.session.sessionId;
    grant.provider = terms.session.provider;
    grant.account = terms.session.account;
    grant.scopes = terms.scopes;
    grant.refreshable = terms.refreshable;
    grant.generation = 1;
    grant.createdAt = grant.rotatedAt = grant.lastUsedAt = rooms_.clock.wall();
    grant.endsAt = terms.refreshable ? WallTime() : grant.createdAt + rooms_.tokenLife;
    return grant;
}

AsAnswer TokenDesk::issue(const LocalGrant& grant, const std::vector<std::string>& scopes,
                          std::uint64_t generation, const std::string& base) {
    TokenClaims claims;
    claims.issuer = issuerOf(base, grant.service);
    claims.audience = audienceOf(base, grant.service);
    claims.subject = subjectOf(grant);
    claims.clientId = grant.clientId;
    claims.grantId = grant.id;
    for (const std::string& scope : scopes)
        claims.scope.append(claims.scope.empty() ? "" : " ").append(scope);
    const Result<std::string> access = makeAccessToken(rooms_.keys, claims, rooms_.tokenLife, rooms_.clock);
    if (!access)
        return unavailable(access.error());
    Json body{{"access_token", *access},
              {"token_type", "Bearer"},
              {"expires_in", rooms_.tokenLife.count()},
              {"scope", claims.scope}};
    if (grant.refreshable) {
        const Result<std::string> refresh = makeRefreshToken(rooms_.keys, grant, generation);
        if (!refresh)
            return unavailable(refresh.error());
        body["refresh_token"] = *refresh;
    }
    ++counters_.tokens;
    return document(200, std::move(body));
}

AsAnswer TokenDesk::fromRefreshToken(const AsRequest& request, const LocalClient& client,
                                     const std::string& base) {
    const auto parts = readRefreshToken(request.param("refresh_token"));
    if (!parts)
        return failed(request.param("refresh_token").empty() ? "invalid_request" : "invalid_grant",
                      "this is no refresh token of ours");
    const LocalGrant* grant = rooms_.grants.find(parts->grantId);
    if (grant == nullptr || grant->clientId != client.id || grant->service != request.service ||
        !grant->refreshable)
        return failed("invalid_grant", "the refresh token is not good any more, or is another client's");
    const Result<bool> genuine = isGenuine(rooms_.keys, *grant, *parts);
    if (!genuine)
        return unavailable(genuine.error());
    if (!*genuine || parts->generation > grant->generation)
        return failed("invalid_grant", "this is no refresh token of ours");
    const bool current = parts->generation == grant->generation;
    const bool inGrace = parts->generation + 1 == grant->generation &&
                         rooms_.clock.wall() - grant->rotatedAt <= grace &&
                         rooms_.clock.wall() >= grant->rotatedAt;
    const std::string id = grant->id;
    if (!current && !inGrace) {
        ++counters_.reuses;
        Q_EMIT noted("reused", *grant);
        rooms_.grants.end(id, "a refresh token was used twice");
        return failed("invalid_grant", "the refresh token was used before; the grant is revoked");
    }
    if (rooms_.gate.records().findById(grant->consentId) == nullptr ||
        (!grant->sessionId.empty() && !rooms_.services.isUsable(grant->sessionId))) {
        rooms_.grants.end(id, "what it rests on is over");
        return failed("invalid_grant", "the permission or the sign-in behind it is over");
    }
    const auto asked = scopeWords(request.param("scope"));
    if (!asked || std::any_of(asked->begin(), asked->end(),
                              [&](const std::string& scope) { return !isOneOf(grant->scopes, scope); }))
        return failed("invalid_scope", "scope is more than what was granted");
    AsAnswer answer = issue(*grant, asked->empty() ? grant->scopes : *asked, parts->generation + 1, base);
    if (answer.status != 200)
        return answer;
    if (current) {
        if (auto advanced = rooms_.grants.advance(id); !advanced)
            return unavailable(advanced.error());
    }
    Q_EMIT noted(current ? "issued" : "repeated", *rooms_.grants.find(id));
    return answer;
}

Result<TokenClaims> TokenDesk::read(const std::string& token, const std::string& service,
                                    const std::string& base) const {
    return readAccessToken(token, rooms_.keys.verifiers(),
                           {issuerOf(base, service), audienceOf(base, service), rooms_.clock.wall()});
}

// Of a token that we made and that is still good for something; null: of anything else.
const LocalGrant* TokenDesk::grantOf(const std::string& token, const std::string& service,
                                     const std::string& base) const {
    if (const auto parts = readRefreshToken(token)) {
        const LocalGrant* grant = rooms_.grants.find(parts->grantId);
        if (grant == nullptr || grant->service != service || parts->generation > grant->generation)
            return nullptr;
        return isGenuine(rooms_.keys, *grant, *parts).value_or(false) ? grant : nullptr;
    }
    const Result<TokenClaims> claims = read(token, service, base);
    return claims ? rooms_.grants.find(claims->grantId) : nullptr;
}

// RFC 7009: what is unknown is as good as revoked; a token of another client is none of its business.
AsAnswer TokenDesk::revoke(const AsRequest& request, const std::string& base) {
    if (request.method != "POST")
        return failed("invalid_request", "the revocation endpoint takes POST", 405);
    const Client client = authenticate(request);
    if (!client)
        return client.error();
    if (request.param("token").empty())
        return failed("invalid_request", "token is missing");
    const LocalGrant* grant = grantOf(request.param("token"), request.service, base);
    if (grant != nullptr && grant->clientId != (*client)->id)
        return failed("unauthorized_client", "the token was issued to another client");
    if (grant != nullptr)
        rooms_.grants.end(std::string(grant->id), "the client revoked it");
    return document(200, Json::object());
}

std::string TokenDesk::introspector(const AsRequest& request, const std::string& base) {
    if (!request.authorization || request.authorization->scheme != "Bearer") {
        const Client client = authenticate(request);
        return client && !(*client)->isPublic() ? (*client)->id : std::string();
    }
    const std::string& shown = request.authorization->password;
    if (rooms_.mayIntrospect && rooms_.mayIntrospect(shown, request.service))
        return anyClient;
    const Result<TokenClaims> own = read(shown, request.service, base);
    return own && rooms_.grants.find(own->grantId) != nullptr ? own->clientId : std::string();
}

// RFC 7662: for a client that proves who it is, or shows a token of its own, about its own tokens alone; for
// the holder of a client key, about those of a service that the key is for.
AsAnswer TokenDesk::introspect(const AsRequest& request, const std::string& base) {
    if (request.method != "POST")
        return failed("invalid_request", "the introspection endpoint takes POST", 405);
    const std::string caller = introspector(request, base);
    if (caller.empty()) {
        AsAnswer who =
            failed("invalid_client", "introspection needs a client secret or an access token", 401);
        who.fields.emplace_back("WWW-Authenticate", "Bearer realm=\"keybearer\"");
        return who;
    }
    const std::string token = request.param("token");
    const LocalGrant* grant = grantOf(token, request.service, base);
    if (grant == nullptr || (caller != anyClient && grant->clientId != caller))
        return document(200, {{"active", false}});
    Json body{{"active", true},
              {"client_id", grant->clientId},
              {"sub", subjectOf(*grant)},
              {"iss", issuerOf(base, request.service)}};
    if (const Result<TokenClaims> claims = read(token, request.service, base)) {
        body.update({{"token_type", "Bearer"},
                     {"scope", claims->scope},
                     {"aud", claims->audience},
                     {"jti", claims->id},
                     {"iat", toUnixSeconds(claims->issuedAt)},
                     {"exp", toUnixSeconds(claims->expiresAt)}});
        return document(200, std::move(body));
    }
    const auto parts = readRefreshToken(token);
    return parts->generation == grant->generation ? document(200, std::move(body))
                                                  : document(200, {{"active", false}});
}

} // namespace keybearer
