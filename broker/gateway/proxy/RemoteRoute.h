#pragma once

#include "broker/gateway/MessageReader.h"
#include "broker/gateway/ToolGate.h"
#include "broker/gateway/door/DoorTerms.h"
#include "broker/gateway/proxy/ForwardedRequest.h"
#include "broker/gateway/proxy/RouteAdmission.h"

#include <map>
#include <memory>
#include <string>

namespace keybearer {

// /SERVICE/mcp of the HTTP door (docs/gateway-http.md): lets in who brings a credential that the broker knows
// (SEC-G-04, -05, -13, -14), and passes their requests on: to a remote server, or to the programs of this
// machine where the service is one. Owned by the GatewayRoom; event loop thread.
class RemoteRoute final : public Route {
public:
    // `programs`: answers services of kind `local`; null: there are none. `gate`: looks at the tools of
    // services; null: nobody does.
    RemoteRoute(CorePort& core, EventTimers& timers, UpstreamStarter& upstream, const DoorTerms& terms,
                AdmittedRoute* programs, ToolGate* gate = nullptr);
    ~RemoteRoute() override;
    RemoteRoute(const RemoteRoute&) = delete;
    RemoteRoute& operator=(const RemoteRoute&) = delete;

    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest& request) override;

    // exchange.end, exchange.stale. False: not for this route.
    bool notified(const std::string& method, const Json& params);
    [[nodiscard]] const ProxyCounts& counts() const { return counts_; }

private:
    class Answering;
    class Admitting;
    friend class Answering;

    [[nodiscard]] std::unique_ptr<Answerer> pass(ServedRequest& request,
                                                 const std::shared_ptr<AdmittedExchange>& exchange);
    void turnAway(ServedRequest& request, const RouteAdmission::Refusal& refusal);
    void adopt(std::unique_ptr<ForwardedRequest> request);

    EventTimers& timers_;
    const DoorTerms& terms_;
    MessageReader reader_;
    UpstreamHealth health_;
    SessionBook sessions_;
    ProxyParts parts_;
    ProxyCounts counts_;
    AdmittedRoute* programs_;
    ToolGate* gate_;
    // Requests whose client is gone and whose server is not told.
    std::map<const ForwardedRequest*, std::unique_ptr<ForwardedRequest>> drains_;
    std::map<const ForwardedRequest*, std::unique_ptr<EventTimer>> burials_;
    RouteAdmission admission_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
