#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/oauth/AuthorizationServer.h"
#include "broker/oauth/Form.h"

#include <optional>

namespace keybearer {

// What our client has to prove itself with.
struct ClientProofs {
    bool secret = false;
    bool key = false;
    bool certificate = false;
};
[[nodiscard]] ClientProofs proofsOf(const ClientRegistration& client);

// How our client proves itself: what was configured, else the best of what it has and the metadata lists -
// key, certificate, secret; when the metadata is silent or lists nothing that we have, the best that it has,
// a secret as client_secret_basic (RFC 8414 section 2). Without anything to show it is a public client.
[[nodiscard]] ClientAuthMethod chooseAuthMethod(std::optional<ClientAuthMethod> configured,
                                                const std::vector<std::string>& metadataMethods,
                                                const ClientProofs& has);

// The name in metadata and configuration ("private_key_jwt"); nothing for a word that is none.
[[nodiscard]] std::optional<ClientAuthMethod> authMethodFrom(std::string_view word);

// Adds the client's authentication, one method a request (RFC 6749 section 2.3), to a form and to the request
// that will carry it. An assertion (RFC 7523 section 2.2) is new every time: own jti, one minute of life.
// Failure: NotConfigured (no client id, or nothing to show for the method).
[[nodiscard]] Result<void> authenticate(HttpRequest& request, Form& form, const AuthorizationServer& server,
                                        const ClientRegistration& client, WallTime now);

} // namespace keybearer
