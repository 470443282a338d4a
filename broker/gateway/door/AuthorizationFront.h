#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/EventTimers.h"
#include "broker/gateway/door/DoorTerms.h"
#include "broker/gateway/door/ServedRequest.h"

#include <memory>

namespace keybearer {

// The HTTP side of the authorization server: reads queries, forms and documents strictly (SEC-S-25), hands
// them to the broker as as.request, and gives its answer the form that a browser or a client needs. Decides
// nothing and keeps nothing. Bounds what the broker is asked at a time, whoever has gone meanwhile. Owned by
// the GatewayRoom; event loop thread.
class AuthorizationFront : public Route {
public:
    AuthorizationFront(CorePort& core, const DoorTerms& terms) : core_(core), terms_(terms) {}
    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest& request) override;

private:
    CorePort& core_;
    const DoorTerms& terms_;
    std::shared_ptr<std::size_t> asked_ = std::make_shared<std::size_t>(0); // and not yet answered
};

} // namespace keybearer
