#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/door/AuthorizationFront.h"
#include "broker/gateway/door/HttpDoor.h"
#include "broker/gateway/door/MetricsRoute.h"
#include "broker/gateway/door/WellKnownDocuments.h"
#include "broker/gateway/proxy/RemoteRoute.h"

namespace keybearer {

// The HTTP side of the process (docs/gateway-http.md): which address is answered by whom, what is taken
// there, the doors that the broker opens and closes, and what is counted at them. Owned by the GatewayRoom;
// event loop thread.
class HttpDoors {
public:
    // `programs`: answers services that are programs of this machine; null: there are none.
    HttpDoors(boost::asio::io_context& loop, EventTimers& timers, CorePort& core, UpstreamStarter& upstream,
              AdmittedRoute* programs, ToolGate& gate);
    ~HttpDoors();
    HttpDoors(const HttpDoors&) = delete;
    HttpDoors& operator=(const HttpDoors&) = delete;

    // False: not for the doors.
    [[nodiscard]] bool notified(const std::string& method, const Json& params,
                                std::vector<OwnedDescriptor>& descriptors);

private:
    void layRoutes();
    void open(const Json& params, std::vector<OwnedDescriptor> descriptors);
    [[nodiscard]] HttpDoor& doorOf(const std::string& kind);
    void report();

    EventTimers& timers_;
    CorePort& core_;
    DoorTerms terms_;
    DoorTerms noTerms_; // of the metrics: no services, no origins
    DoorCounts counts_;
    DoorCounts told_;
    DoorCounts scrapes_; // are not counted
    RouteTable routes_;
    RouteTable metricsRoutes_;
    RemoteRoute services_;
    WellKnownDocuments resources_{WellKnownDocuments::Kind::ProtectedResource, terms_};
    WellKnownDocuments servers_{WellKnownDocuments::Kind::AuthorizationServer, terms_};
    WellKnownDocuments keys_{WellKnownDocuments::Kind::Keys, terms_};
    AuthorizationFront front_;
    MetricsRoute metrics_;
    HttpDoor door_;
    HttpDoor metricsDoor_;
    std::unique_ptr<EventTimer> reporting_;
};

} // namespace keybearer
