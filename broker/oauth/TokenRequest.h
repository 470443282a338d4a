#pragma once

#include "broker/oauth/ClientAuthentication.h"

namespace keybearer {

// One POST to an endpoint that wants to know which client asks (token, revocation, pushed authorization,
// device authorization): the form, the client's authentication and certificate, and Accept: application/json.
// Failures: NotConfigured (nothing to authenticate with), InvalidParams (the endpoint's address). Pure but
// for the random jti of an assertion: make a new one for every request, also for a repeated one.
[[nodiscard]] Result<HttpRequest> tokenRequest(const QUrl& endpoint, const AuthorizationServer& server,
                                               const ClientRegistration& client, Form form, WallTime now);

} // namespace keybearer
