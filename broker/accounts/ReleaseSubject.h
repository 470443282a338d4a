#pragma once

#include "broker/access/Consent.h"
#include "broker/access/PolicyDecision.h"
#include "broker/accounts/Credential.h"
#include "broker/accounts/TokenWish.h"

namespace keybearer {

// What a person is asked about. `provider` may be null: it left the configuration.
[[nodiscard]] ConsentSubject subjectOf(const CredentialRecord& record, const Provider* provider,
                                       ConsentPurpose purpose = ConsentPurpose::HandOut);

// What was decided about `decided` holds for the sign-in as it is now. False when it has more scopes, another
// name or another server than then: a refresh or a new sign-in may bring that while an answer is waited for.
[[nodiscard]] bool holdsFor(const ConsentSubject& decided, const CredentialRecord& now);

// What a decision point outside is asked. Holds no secret.
[[nodiscard]] PolicyQuestion questionAbout(const Caller& caller, const TokenWish& wish,
                                           const CredentialRecord& record);

} // namespace keybearer
