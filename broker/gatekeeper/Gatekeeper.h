#pragma once

#include "broker/audit/AuditLog.h"
#include "broker/authserver/AsMessage.h"
#include "broker/gatekeeper/CoreDesk.h"
#include "broker/gatekeeper/DoorMethods.h"
#include "broker/gatekeeper/LocalPrograms.h"
#include "broker/gatekeeper/PermissionNews.h"
#include "broker/gatekeeper/ToolDesk.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// The daemon's side of the gateway, put together: mcp.open hands out tickets, the gateway redeems them and
// asks for tokens, and what happens to an exchange is in the audit log. Owned by the Broker; event loop
// thread.
class Gatekeeper : public QObject {
    Q_OBJECT
public:
    struct Setup {
        GatewayProcess::Setup process;
        CoreDesk::Setup desk;
        // Which server a word or URL means. NotFound with did_you_mean, InvalidParams.
        std::function<Result<McpTarget>(const std::string& word)> find;
        std::function<void(const AuditEvent&)> record;
        LocalPrograms* programs = nullptr; // services that are programs; null: there are none
        HttpDoors::Setup doors;
        DoorMethods::Authority authority;
        // as.request; absent: there is no authorization server.
        std::function<void(const AsRequest&, Completion<AsAnswer>)> authorize;
        std::function<std::string()> metrics; // Prometheus' text
        std::function<Json()> brief;          // {"ready", "reasons"}
        PinnedTools* tools = nullptr;         // null: nobody looks at them
    };
    Gatekeeper(Setup setup, RouteDesk::Rooms routes, UpstreamAccess& access, NeededSignIns& signIns,
               ConsentGate& gate, const Clock& clock);
    ~Gatekeeper() override;

    void addTo(MethodTable& table);
    // A stored sign-in has gone, or cannot be used any more: whoever has its token asks again.
    void sessionEnded(const std::string& id);
    // Which permissions came and went, before whoever changed them is answered.
    void tellPermissions() { news_.tell(); }
    // {"running", "pid"?, "exchanges", "starts", "deaths", "open", "address"?, "services": {name: {...}},
    // "programs"?}
    [[nodiscard]] Json health() const;
    // gateway.status
    [[nodiscard]] Json status() const { return methods_.status(); }
    [[nodiscard]] HttpDoors& doors() { return doors_; }
    [[nodiscard]] const HttpDoors& doors() const { return doors_; }
    [[nodiscard]] RouteDesk& routes() { return routes_; }
    [[nodiscard]] const RouteDesk& routes() const { return routes_; }
    [[nodiscard]] CoreDesk& desk() { return desk_; }
    [[nodiscard]] const GatewayProcess& process() const { return process_; }
    [[nodiscard]] const Exchanges& exchanges() const { return exchanges_; }

private:
    void open(const CallContext& context, const Json& params, const Reply& reply);
    void onClosing(const Exchange& exchange);
    void onProgramEnded(const std::string& id);
    void updateBusy();
    void serveDoor();
    void followPrograms();
    [[nodiscard]] DoorMethods::Rooms methodRooms();
    void authorize(const Json& params, const CoreDesk::Answer& answer);

    Setup setup_;
    UpstreamAccess& access_;
    ConsentGate& gate_;
    Tickets tickets_;
    Exchanges exchanges_;
    GatewayProcess process_;
    CoreDesk desk_;
    HttpDoors doors_;
    RouteDesk routes_;
    PermissionNews news_;
    DoorMethods methods_;
    std::unique_ptr<ToolDesk> toolDesk_;
    QTimer ticketsEnd_;
};

} // namespace keybearer
