#include "broker/oauth/JwtBearerFlow.h"

namespace keybearer {

JwtBearerFlow::JwtBearerFlow(HttpTransport& transport, const Clock& clock, Setup wanted,
                             std::shared_ptr<const ServiceAccountKey> key, std::string subject,
                             Completion<TokenSet> done)
    : MachineGrant(transport, clock, std::move(wanted), std::move(done)), key_(std::move(key)),
      subject_(std::move(subject)) {
    if (!key_->tokenUri().isEmpty())
        setup().server.tokenEndpoint = key_->tokenUri();
    // The assertion says who asks; a client id is a courtesy.
    setup().client.unnamed = setup().client.clientId.empty();
    if (key_->scopesInside())
        leaveOutScope();
}

Result<Form> JwtBearerFlow::form() {
    const QUrl& endpoint = setup().server.tokenEndpoint;
    if (endpoint.isEmpty())
        return failure(ErrorCode::NotConfigured,
                       "Neither the key file nor the provider names a token endpoint",
                       "Add token_uri to the key file.");
    Result<Secret> assertion = key_->assertion(endpoint.toString(QUrl::FullyEncoded).toStdString(), subject_,
                                               scope(), clock().wall());
    if (!assertion)
        return failure(std::move(assertion.error()));
    Form form;
    form.add("grant_type", jwtBearerGrant).add("assertion", *assertion);
    return form;
}

} // namespace keybearer
