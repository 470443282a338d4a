#pragma once

#include "broker/authserver/LocalClient.h"
#include "broker/base/Json.h"

namespace keybearer {

// Reads what a client says of itself: the body of a registration (RFC 7591 section 2) or a client id metadata
// document. Redirect addresses that are only dropped are left out, if others remain; whatever would have to
// be fetched (logo, policy, keys) is not looked at. The client has no id yet. Failure: ProviderError with the
// RFC's word in the detail "error" (invalid_redirect_uri, invalid_client_metadata) and a message that quotes
// nothing. Pure.
[[nodiscard]] Result<LocalClient> readClientMetadata(const Json& document);

// The answer to a registration (RFC 7591 section 3.2.1), without the secret.
[[nodiscard]] Json clientInformation(const LocalClient& client);

} // namespace keybearer
