#pragma once

#include "broker/gatekeeper/DoorSockets.h"
#include "broker/gatekeeper/GatewayProcess.h"
#include "broker/gatekeeper/RouteService.h"
#include "broker/gatekeeper/ServiceStates.h"

#include <set>

namespace keybearer {

// The HTTP doors of the gateway as the daemon has them (docs/gateway-http.md): which are open, at which port,
// and what is said to each new gateway process about them. The listening sockets stay here, so that nobody is
// turned away while that process is exchanged. Owned by the Gatekeeper; event loop thread.
class HttpDoors : public QObject {
    Q_OBJECT
public:
    struct Finding {       // for the doctor
        std::string level; // warning, error
        std::string name;
        std::string message;
        std::string action;
    };
    struct Setup {
        GatewayConfig config;
        std::filesystem::path runtime; // gateway.sock and metrics.sock lie there
        DoorSockets::Memory memory;
        std::function<std::vector<RouteService>()> services;
        // What a client finds at /as/SERVICE/jwks.
        std::function<Json()> jwks;
        // Issuers without a route: [{"name", "jwks"}]. Absent: none.
        std::function<Json()> issuers{};
        // Told before the door opens, and when the port is another one: "http://127.0.0.1:4180".
        std::function<void(const std::string& base)> atBase;
        std::function<void(const Finding&)> alert;
    };
    HttpDoors(Setup setup, GatewayProcess& process, const Clock& clock);

    // What the configuration wants at the start of the broker. What cannot be opened is an alert and a
    // finding; the broker goes on.
    void openAsConfigured();
    // Other words of the configuration. A door that is open stays as it is: what would move it waits for a
    // new start, and waiting() names the keys. gateway.enabled opens or closes when it has changed.
    void configure(const GatewayConfig& config);
    [[nodiscard]] std::vector<std::string> waiting() const;

    // The HTTP doors: the port, or with 0 that of the configuration, or the one that was chosen. Nothing new
    // if they are open there. InvalidRequest: the port is taken, or they are open at another one.
    [[nodiscard]] Result<void> open(std::uint16_t port = 0);
    // Open for as long as something else needs the address, if it is not open anyway: giveBack() closes it,
    // unless somebody has opened it on their own account meanwhile.
    [[nodiscard]] Result<void> lend();
    void giveBack();
    // The HTTP doors; metrics stay as the configuration has them.
    void close();
    [[nodiscard]] bool isOpen() const { return http_.isOpen(); }
    // As long as it is true, the process is kept running.
    [[nodiscard]] bool anyOpen() const { return http_.isOpen() || metrics_.isOpen(); }

    // Services, keys or origins may be others: tells the process, if they are.
    void refreshTerms();

    [[nodiscard]] std::string base() const; // "http://127.0.0.1:4180"; empty: not open
    // Where a client finds the service; empty: not open, or there is no such service.
    [[nodiscard]] std::string addressOf(const std::string& service) const;
    [[nodiscard]] std::vector<RouteService> services() const;
    // {"open", "enabled", "address"?, "port"?, "doors": [{kind, address}], "services": [...], "counts"}
    [[nodiscard]] Json status() const;
    [[nodiscard]] std::vector<Finding> findings() const;
    [[nodiscard]] ServiceStates& states() { return states_; }
    [[nodiscard]] const ServiceStates& states() const { return states_; }

Q_SIGNALS:
    void changed(); // something is open or closed that was not

private:
    [[nodiscard]] bool isElsewhere() const;
    [[nodiscard]] Result<void> openSockets(std::uint16_t port);
    [[nodiscard]] Result<void> openMetrics();
    void announce();
    void announceDoor(const char* kind, const std::vector<int>& descriptors,
                      const std::vector<std::string>& hosts);
    [[nodiscard]] Json terms() const;
    [[nodiscard]] Json doors() const;
    void failed(const char* name, const Error& error);

    Setup setup_;
    GatewayProcess& process_;
    ServiceStates states_;
    DoorSockets http_;
    DoorSockets metrics_;
    bool lent_ = false; // open for lend() alone
    std::string sentTerms_;
    std::set<std::string> announced_;         // kinds of doors that this process has
    std::map<std::string, Finding> problems_; // by name
};

} // namespace keybearer
