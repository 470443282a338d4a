#pragma once

#include "broker/oauth/MachineGrant.h"

namespace keybearer {

// A token for our client itself, without any person (RFC 6749 section 4.4): one POST. Only for a client that
// can prove itself; NotConfigured otherwise. Failures as in TokenResponse.h.
class ClientCredentialsFlow final : public MachineGrant {
    Q_OBJECT

public:
    ClientCredentialsFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                          Completion<TokenSet> done);

private:
    [[nodiscard]] Result<Form> form() override;
};

} // namespace keybearer
