#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/ApiKeyHeader.h"
#include "broker/base/Random.h"

// The part of AccountRegistry that keeps API keys.
namespace keybearer {

namespace {

CredentialSecrets keySecrets(Secret key, std::uint64_t generation, WallTime now,
                             std::optional<WallTime> expiresAt) {
    CredentialSecrets secrets;
    secrets.generation = generation;
    secrets.accessToken = AccessToken(std::move(key));
    secrets.tokenType = "ApiKey";
    secrets.issuedAt = now;
    secrets.expiresAt = expiresAt;
    return secrets;
}

} // namespace

Result<std::string> AccountRegistry::addApiKey(const std::string& name, ApiKeyTerms terms, Secret key,
                                               std::optional<WallTime> expiresAt) {
    if (findApiKey(name))
        return failure(ErrorCode::InvalidParams, "there is an API key with this name already",
                       "Give it a new value with: keybearer apikey rotate " + name);
    auto credential = std::make_unique<Credential>();
    CredentialRecord& record = credential->record;
    record.id = "s_" + randomToken(9);
    record.provider = apiKeyProvider;
    record.account = {name, name};
    record.kind = CredentialKind::ApiKey;
    record.apiKey = std::move(terms);
    record.createdAt = record.refreshedAt = clock_.wall();
    std::string id = record.id;
    if (auto kept = keepNew(std::move(credential), keySecrets(std::move(key), 1, clock_.wall(), expiresAt),
                            Change::Added);
        !kept)
        return tl::unexpected(kept.error());
    return id;
}

Result<const Credential*> AccountRegistry::findApiKey(const std::string& name) const {
    for (const std::string& id : names_.ofAccount(apiKeyProvider, name)) {
        const Credential* credential = find(id);
        if (credential->record.kind == CredentialKind::ApiKey && credential->record.account.subject == name)
            return credential;
    }
    std::vector<std::string> known;
    for (const std::string& id : names_.ofProvider(apiKeyProvider))
        known.push_back(find(id)->record.account.subject);
    return failure(unknownApiKey(name, known));
}

std::optional<Error> AccountRegistry::missingApiKey(const std::optional<std::string>& name) const {
    if (name && find(*name) == nullptr) {
        const Result<const Credential*> found = findApiKey(*name);
        return found ? std::nullopt : std::optional(found.error());
    }
    if (!names_.ofProvider(apiKeyProvider).empty())
        return std::nullopt;
    return Error(ErrorCode::AuthorizationRequired, "there is no API key yet",
                 "Put one here with: keybearer apikey add NAME")
        .with("auth_type", std::string("api_key"))
        .with("provider", std::string(apiKeyProvider))
        .with("instructions", std::string("Run: keybearer apikey add NAME"));
}

Result<void> AccountRegistry::rotateApiKey(const std::string& id, Secret key,
                                           std::optional<WallTime> expiresAt) {
    const Credential* before = find(id);
    if (before == nullptr || before->record.kind != CredentialKind::ApiKey)
        return failure(ErrorCode::NotFound, "there is no such API key");
    auto credential = std::make_unique<Credential>();
    credential->record = before->record;
    credential->record.refreshedAt = clock_.wall();
    credential->record.quarantined = false;
    credential->record.problem.clear();
    return keepNew(std::move(credential),
                   keySecrets(std::move(key), before->record.generation + 1, clock_.wall(), expiresAt),
                   Change::Updated);
}

Result<void> AccountRegistry::setApiKeyTerms(const std::string& id, ApiKeyTerms terms) {
    Credential* credential = writable(id);
    if (credential == nullptr || credential->record.kind != CredentialKind::ApiKey)
        return failure(ErrorCode::NotFound, "there is no such API key");
    CredentialRecord record = credential->record;
    record.apiKey = std::move(terms);
    if (auto stored = index_.putRecord(record); !stored)
        return stored;
    credential->record = std::move(record);
    touch(id, Change::Updated);
    tellOthers(id);
    return {};
}

} // namespace keybearer
