#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/oauth/AuthorizationServer.h"
#include "broker/oauth/Form.h"

namespace keybearer {

// How our client proves itself: what was configured, else what the metadata lists (client_secret_basic when
// it is silent, RFC 8414 section 2), and nothing without a secret.
[[nodiscard]] ClientAuthMethod chooseAuthMethod(std::optional<ClientAuthMethod> configured,
                                                const std::vector<std::string>& metadataMethods,
                                                bool hasSecret);

// One POST to a token or revocation endpoint: the form, the client's authentication (RFC 6749 section 2.3.1)
// and Accept: application/json. Failures: NotConfigured (no client id, or no secret where the method wants
// one), InvalidParams (the endpoint's address). Pure.
[[nodiscard]] Result<HttpRequest> tokenRequest(const QUrl& endpoint, const ClientRegistration& client,
                                               Form form);

} // namespace keybearer
