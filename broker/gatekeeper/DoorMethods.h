#pragma once

#include "broker/base/Result.h"
#include "broker/gatekeeper/HttpDoors.h"
#include "broker/gatekeeper/RouteDesk.h"
#include "broker/rpc/MethodTable.h"

#include <functional>

namespace keybearer {

// gateway.*: the HTTP door for people and programs that look after it. Owned by the Gatekeeper; event loop
// thread.
class DoorMethods {
public:
    // What the authorization server of the gateway says and does. Where one is missing, what needs it is
    // NotConfigured.
    struct Authority {
        std::function<Json()> keys;
        std::function<void(Completion<void>)> rotateKeys;
        std::function<Json()> clients;
        std::function<Json()> grants;
        std::function<Result<void>(const std::string& clientId)> removeClient;
    };
    struct Rooms {
        HttpDoors& doors;
        const RouteDesk& routes;
        const GatewayProcess& process;
        std::function<void(const char* kind, const Caller&, const std::string& detail)> record;
        std::function<void()> changed; // the process may be needed no more, or anew
    };
    DoorMethods(Rooms rooms, Authority authority)
        : rooms_(std::move(rooms)), authority_(std::move(authority)) {}
    void addTo(MethodTable& table);
    // gateway.status
    [[nodiscard]] Json status() const;

private:
    void start(const CallContext& context, const Json& params, const Reply& reply);
    void stop(const CallContext& context, const Json& params, const Reply& reply);
    void rotate(const CallContext& context, const Json& params, const Reply& reply);
    void clients(const Json& params, const Reply& reply) const;
    void removeClient(const CallContext& context, const Json& params, const Reply& reply);

    Rooms rooms_;
    Authority authority_;
};

} // namespace keybearer
