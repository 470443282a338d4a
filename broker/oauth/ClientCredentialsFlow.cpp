#include "broker/oauth/ClientCredentialsFlow.h"

namespace keybearer {

ClientCredentialsFlow::ClientCredentialsFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                                             Completion<TokenSet> done)
    : MachineGrant(transport, clock, std::move(setup), std::move(done)) {}

Result<Form> ClientCredentialsFlow::form() {
    if (setup().client.method == ClientAuthMethod::None)
        return failure(ErrorCode::NotConfigured,
                       "A sign-in without a person needs a client that can prove itself",
                       "Give it a client_secret or client_auth in config.yaml.");
    Form form;
    form.add("grant_type", "client_credentials");
    return form;
}

} // namespace keybearer
