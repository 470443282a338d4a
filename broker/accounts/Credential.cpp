#include "broker/accounts/Credential.h"

#include "broker/base/Json.h"
#include "broker/base/Time.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {

namespace {

constexpr int packVersion = 1;
constexpr std::size_t idTokenLimit = std::size_t{16}
                                     << 10; // a longer one is not kept: no store has to hold it

void takeText(Json& object, const char* key, Secret& out) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_string())
        out = Secret::takeFrom(found->get_ref<std::string&>());
}

template <typename S>
void takeSecret(Json& object, const char* key, S& out) {
    Secret secret;
    takeText(object, key, secret);
    out = S(std::move(secret));
}

std::optional<WallTime> timeAt(const Json& object, const char* key) {
    const std::optional<std::int64_t> seconds = integerAt(object, key);
    return seconds ? std::optional(fromUnixSeconds(*seconds)) : std::nullopt;
}

} // namespace

std::string_view stateWord(CredentialState state) {
    switch (state) {
    case CredentialState::Active:
        return "active";
    case CredentialState::Refreshing:
        return "refreshing";
    case CredentialState::NeedsSignIn:
        return "needs_sign_in";
    case CredentialState::Locked:
        return "locked";
    case CredentialState::Quarantined:
        return "quarantined";
    }
    return "active";
}

namespace {
constexpr std::pair<CredentialKind, std::string_view> kinds[] = {
    {CredentialKind::SignIn, "sign_in"},       {CredentialKind::ClientCredentials, "client_credentials"},
    {CredentialKind::JwtBearer, "jwt_bearer"}, {CredentialKind::Enterprise, "enterprise"},
    {CredentialKind::Workload, "workload"},    {CredentialKind::ApiKey, "api_key"},
};
} // namespace

std::string_view kindWord(CredentialKind kind) {
    for (const auto& [known, word] : kinds) {
        if (known == kind)
            return word;
    }
    return "sign_in";
}

std::optional<CredentialKind> kindFromWord(std::string_view word) {
    for (const auto& [kind, known] : kinds) {
        if (known == word)
            return kind;
    }
    return std::nullopt;
}

Secret packSecrets(const CredentialSecrets& secrets) {
    Json object{{"v", packVersion},
                {"generation", secrets.generation},
                {"access_token", secrets.accessToken.reveal()},
                {"token_type", secrets.tokenType},
                {"scopes", secrets.scopes}};
    if (!secrets.refreshToken.empty())
        object["refresh_token"] = secrets.refreshToken.reveal();
    if (!secrets.previousRefreshToken.empty())
        object["previous_refresh_token"] = secrets.previousRefreshToken.reveal();
    if (secrets.expiresAt)
        object["expires_at"] = toUnixSeconds(*secrets.expiresAt);
    if (secrets.issuedAt)
        object["issued_at"] = toUnixSeconds(*secrets.issuedAt);
    if (secrets.refreshExpiresAt)
        object["refresh_expires_at"] = toUnixSeconds(*secrets.refreshExpiresAt);
    if (!secrets.serviceKey.empty())
        object["service_key"] = secrets.serviceKey.reveal();
    if (!secrets.idToken.empty())
        object["id_token"] = secrets.idToken.reveal();
    if (!secrets.dpopKey.empty())
        object["dpop_key"] = secrets.dpopKey.reveal();
    std::string text = dumpJson(object);
    wipeJson(object);
    return Secret::takeFrom(text);
}

Result<CredentialSecrets> unpackSecrets(const Secret& packed) {
    Result<Json> document = parseJson(packed.reveal());
    if (!document)
        return failure(ErrorCode::ParseError, "the stored secrets are damaged");
    if (integerAt(*document, "v") != packVersion) {
        wipeJson(*document);
        return failure(ErrorCode::NotFound, "the stored secrets were written by a newer version",
                       "Start the newer version again; nothing was changed.");
    }
    CredentialSecrets secrets;
    secrets.generation = static_cast<std::uint64_t>(integerAt(*document, "generation").value_or(0));
    secrets.tokenType = stringAt(*document, "token_type").value_or("Bearer");
    secrets.scopes = stringsAt(*document, "scopes");
    secrets.expiresAt = timeAt(*document, "expires_at");
    secrets.issuedAt = timeAt(*document, "issued_at");
    takeSecret(*document, "access_token", secrets.accessToken);
    takeSecret(*document, "refresh_token", secrets.refreshToken);
    takeSecret(*document, "previous_refresh_token", secrets.previousRefreshToken);
    secrets.refreshExpiresAt = timeAt(*document, "refresh_expires_at");
    takeText(*document, "service_key", secrets.serviceKey);
    takeText(*document, "id_token", secrets.idToken);
    takeText(*document, "dpop_key", secrets.dpopKey);
    wipeJson(*document);
    if (secrets.accessToken.empty())
        return failure(ErrorCode::ParseError, "the stored secrets hold no access token");
    return secrets;
}

CredentialSecrets firstSecrets(TokenSet&& response, const std::vector<std::string>& askedScopes,
                               std::uint64_t generation) {
    CredentialSecrets secrets;
    secrets.generation = generation;
    secrets.accessToken = std::move(response.accessToken);
    secrets.tokenType = response.tokenType;
    secrets.refreshToken = std::move(response.refreshToken);
    secrets.scopes = response.scopes.value_or(askedScopes);
    secrets.issuedAt = response.receivedAt;
    if (response.expiresIn)
        secrets.expiresAt = response.receivedAt + *response.expiresIn;
    if (response.refreshExpiresIn)
        secrets.refreshExpiresAt = response.receivedAt + *response.refreshExpiresIn;
    if (response.idToken.size() <= idTokenLimit)
        secrets.idToken = std::move(response.idToken);
    if (response.dpopKey)
        secrets.dpopKey = response.dpopKey->pem();
    return secrets;
}

CredentialSecrets succeed(const CredentialSecrets& before, TokenSet&& response) {
    CredentialSecrets after = firstSecrets(std::move(response), before.scopes, before.generation + 1);
    after.serviceKey = before.serviceKey.clone();
    if (after.idToken.empty())
        after.idToken = before.idToken.clone();
    if (after.dpopKey.empty())
        after.dpopKey = before.dpopKey.clone();
    if (!after.refreshExpiresAt && after.refreshToken.empty())
        after.refreshExpiresAt = before.refreshExpiresAt;
    if (after.refreshToken.empty())
        after.refreshToken = before.refreshToken.clone();
    else
        after.previousRefreshToken = before.refreshToken.clone();
    return after;
}

} // namespace keybearer
