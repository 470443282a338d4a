#include "broker/accounts/Renewal.h"

#include "broker/accounts/WorkloadToken.h"
#include "broker/oauth/ClientCredentialsFlow.h"
#include "broker/oauth/JwtBearerFlow.h"
#include "broker/oauth/RefreshFlow.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {

namespace {

using Renewal = Result<std::unique_ptr<AsyncFlow>>;

template <typename Flow>
std::unique_ptr<AsyncFlow> started(std::unique_ptr<Flow> flow) {
    flow->start();
    return flow;
}

// Tokens that are bound to a key stay bound to it (RFC 9449 section 5). Null: bearer.
Result<std::shared_ptr<const SigningKey>> boundTo(const CredentialSecrets& secrets) {
    if (secrets.dpopKey.empty())
        return std::shared_ptr<const SigningKey>();
    return SigningKey::fromPem(secrets.dpopKey);
}

Renewal byRefreshToken(const RefreshRooms& rooms, const MachineGrant::Setup& terms,
                       const CredentialSecrets& secrets, Completion<TokenSet> done) {
    RefreshFlow::Setup setup{terms.server,   terms.client,   {},           terms.scopeSeparator,
                             terms.resource, terms.deadline, terms.dpopKey};
    return started(std::make_unique<RefreshFlow>(rooms.http, rooms.clock, std::move(setup),
                                                 secrets.refreshToken.clone(), std::move(done)));
}

Renewal byServiceAccount(const RefreshRooms& rooms, MachineGrant::Setup terms, const CredentialRecord& record,
                         const CredentialSecrets& secrets, Completion<TokenSet> done) {
    Result<std::shared_ptr<const ServiceAccountKey>> key = ServiceAccountKey::parse(secrets.serviceKey);
    if (!key)
        return failure(key.error());
    terms.resource.reset(); // the key file names the endpoint, and the assertion whom it is for
    return started(std::make_unique<JwtBearerFlow>(rooms.http, rooms.clock, std::move(terms), std::move(*key),
                                                   record.assertionSubject, std::move(done)));
}

Renewal byIdentityProvider(const RefreshRooms& rooms, const ServerAccess& access, MachineGrant::Setup terms,
                           const CredentialRecord& record, Completion<TokenSet> done) {
    if (!access.enterprise)
        return failure(ErrorCode::NotConfigured,
                       "no identity provider is configured for this server any more",
                       "Put enterprise of the service back into config.yaml, or remove the session.");
    EnterpriseGrant::Wish wish{*access.enterprise, std::move(terms), {}, record.account.subject};
    // Of several people who are signed in there, this one.
    const CredentialSelector same{
        access.enterprise->provider, std::nullopt, record.account.subject, {CredentialKind::SignIn}};
    if (!access.enterprise->provider.empty() && rooms.registry.select(same))
        wish.account = record.account.subject;
    return started(std::make_unique<EnterpriseGrant>(
        EnterpriseGrant::Rooms{rooms.registry, rooms.directory, rooms.http, rooms.clock, rooms.renewOther},
        std::move(wish), std::move(done)));
}

Renewal byWorkload(const RefreshRooms& rooms, const ServerAccess& access, MachineGrant::Setup terms,
                   Completion<TokenSet> done) {
    Result<WorkloadToken> token = readWorkloadToken(access, rooms.clock.wall());
    if (!token)
        return failure(std::move(token.error()));
    return started(std::make_unique<AssertionFlow>(rooms.http, rooms.clock, std::move(terms),
                                                   std::move(token->jwt), std::move(done)));
}

} // namespace

MachineGrant::Setup machineGrant(const ServerAccess& access, std::vector<std::string> scopes,
                                 std::optional<std::string> resource) {
    return {access.server,         access.client,       std::move(scopes),
            access.scopeSeparator, std::move(resource), access.deadline};
}

Renewal startRenewal(const RefreshRooms& rooms, const ServerAccess& access, const CredentialRecord& record,
                     const CredentialSecrets& secrets, Completion<TokenSet> done) {
    Result<std::shared_ptr<const SigningKey>> dpopKey = boundTo(secrets);
    if (!dpopKey)
        return failure(dpopKey.error());
    MachineGrant::Setup terms = machineGrant(
        access, record.scopes, access.server.dialect.rejectsResource ? std::nullopt : record.resource);
    terms.dpopKey = std::move(*dpopKey);
    switch (record.kind) {
    case CredentialKind::SignIn:
        return byRefreshToken(rooms, terms, secrets, std::move(done));
    case CredentialKind::ClientCredentials:
        return started(std::make_unique<ClientCredentialsFlow>(rooms.http, rooms.clock, std::move(terms),
                                                               std::move(done)));
    case CredentialKind::JwtBearer:
        return byServiceAccount(rooms, std::move(terms), record, secrets, std::move(done));
    case CredentialKind::Enterprise:
        return byIdentityProvider(rooms, access, std::move(terms), record, std::move(done));
    case CredentialKind::Workload:
        return byWorkload(rooms, access, std::move(terms), std::move(done));
    case CredentialKind::ApiKey:
        break;
    }
    return failure(ErrorCode::InvalidRequest, "an API key is renewed by whoever made it",
                   "Replace it with: keybearer apikey rotate " + record.account.label);
}

} // namespace keybearer
