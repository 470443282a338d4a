#include "broker/accounts/Renewal.h"

#include "broker/oauth/ClientCredentialsFlow.h"
#include "broker/oauth/JwtBearerFlow.h"
#include "broker/oauth/RefreshFlow.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {

namespace {

template <typename Flow>
std::unique_ptr<AsyncFlow> started(std::unique_ptr<Flow> flow) {
    flow->start();
    return flow;
}

} // namespace

Result<std::unique_ptr<AsyncFlow>> startRenewal(HttpTransport& http, const Clock& clock,
                                                const ServerAccess& access, const CredentialRecord& record,
                                                const CredentialSecrets& secrets, Completion<TokenSet> done) {
    const std::string& separator = access.scopeSeparator;
    // Tokens that are bound to a key stay bound to it (RFC 9449 section 5).
    std::shared_ptr<const SigningKey> dpopKey;
    if (!secrets.dpopKey.empty()) {
        auto read = SigningKey::fromPem(secrets.dpopKey);
        if (!read)
            return tl::unexpected(read.error());
        dpopKey = std::move(*read);
    }
    switch (record.kind) {
    case CredentialKind::SignIn: {
        RefreshFlow::Setup setup{access.server, access.client,   {},
                                 separator,     record.resource, access.deadline};
        setup.dpopKey = std::move(dpopKey);
        return started(std::make_unique<RefreshFlow>(http, clock, std::move(setup),
                                                     secrets.refreshToken.clone(), std::move(done)));
    }
    case CredentialKind::ClientCredentials: {
        ClientCredentialsFlow::Setup setup{access.server, access.client,   record.scopes,
                                           separator,     record.resource, access.deadline};
        setup.dpopKey = std::move(dpopKey);
        return started(
            std::make_unique<ClientCredentialsFlow>(http, clock, std::move(setup), std::move(done)));
    }
    case CredentialKind::JwtBearer: {
        Result<std::shared_ptr<const ServiceAccountKey>> key = ServiceAccountKey::parse(secrets.serviceKey);
        if (!key)
            return tl::unexpected(key.error());
        MachineGrant::Setup setup{access.server, access.client, record.scopes,
                                  separator,     std::nullopt,  access.deadline};
        setup.dpopKey = std::move(dpopKey);
        return started(std::make_unique<JwtBearerFlow>(http, clock, std::move(setup), std::move(*key),
                                                       record.assertionSubject, std::move(done)));
    }
    case CredentialKind::ApiKey:
        break;
    }
    return failure(ErrorCode::InvalidRequest, "an API key is renewed by whoever made it",
                   "Replace it with: keybearer apikey rotate " + record.account.label);
}

} // namespace keybearer
