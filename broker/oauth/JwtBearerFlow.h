#pragma once

#include "broker/oauth/MachineGrant.h"
#include "broker/oauth/ServiceAccountKey.h"

namespace keybearer {

// A token for a service account, without any person: its key signs an assertion, and the token endpoint
// takes that for a grant (RFC 7523 section 2.1). One POST. The endpoint is the key file's token_uri where it
// has one, else the server's. The client may be without an id (RFC 7521 section 4.1). Failures as in
// TokenResponse.h; NotConfigured when neither names an endpoint.
class JwtBearerFlow final : public MachineGrant {
    Q_OBJECT

public:
    // `subject`: whom it acts for; empty: itself.
    JwtBearerFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                  std::shared_ptr<const ServiceAccountKey> key, std::string subject,
                  Completion<TokenSet> done);

private:
    [[nodiscard]] Result<Form> form() override;

    std::shared_ptr<const ServiceAccountKey> key_;
    std::string subject_;
};

} // namespace keybearer
