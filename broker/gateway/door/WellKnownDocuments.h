#pragma once

#include "broker/gateway/door/DoorTerms.h"
#include "broker/gateway/door/ServedRequest.h"

namespace keybearer {

// The documents that tell a client how it gets a token for a service: the protected resource (RFC 9728, exact
// resource, SEC-G-15), its authorization server (RFC 8414) and that server's public keys (RFC 7517). Built
// from the broker's terms and the name by which the client calls us; there is none for the gateway as a
// whole. Owned by the GatewayRoom; event loop thread.
class WellKnownDocuments : public Route {
public:
    enum class Kind { ProtectedResource, AuthorizationServer, Keys };
    WellKnownDocuments(Kind kind, const DoorTerms& terms) : kind_(kind), terms_(terms) {}
    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest& request) override;

private:
    Kind kind_;
    const DoorTerms& terms_;
};

[[nodiscard]] Json protectedResourceDocument(const DoorService& service, const std::string& base);
[[nodiscard]] Json authorizationServerDocument(const DoorService& service, const DoorTerms& terms,
                                               const std::string& base);

} // namespace keybearer
