#pragma once

#include "broker/access/Capabilities.h"
#include "broker/access/ClientKeys.h"
#include "broker/access/PolicyDecision.h"
#include "broker/accounts/TokenBroker.h"
#include "broker/audit/Alerts.h"
#include "broker/methods/Metrics.h"
#include "broker/rpc/RpcServer.h"

namespace keybearer {

// metrics.get: what the rooms count, in Prometheus' words. Owned by the Broker; event loop thread.
class MetricsMethods {
public:
    struct Rooms {
        const TokenBroker& tokens;
        const TokenRefresher& refresher;
        const AccountRegistry& registry;
        const ConsentGate& gate;
        const ClientKeys& clients;
        const Capabilities& capabilities;
        const RateLimiter& limiter;
        const AuthRules& rules;
        std::function<const PolicyDecision*()> policy; // its answer is null: none is configured
        const RpcServer& server;
        const AuditLog& audit;
        const Alerts& alerts;
        WallTime startedAt;
        std::function<void(Metrics&)> gateway; // adds what the gateway counts
    };
    explicit MetricsMethods(Rooms rooms) : rooms_(std::move(rooms)) {}
    void addTo(MethodTable& table);
    [[nodiscard]] Metrics gather() const;
    // A few of them, for health.get.
    [[nodiscard]] Json inShort() const;

private:
    void addTokens(Metrics& out) const;
    void addConsents(Metrics& out) const;
    void addAdmission(Metrics& out) const;
    void addRules(Metrics& out) const;
    void addSessions(Metrics& out) const;
    void addDoor(Metrics& out) const;
    void addAudit(Metrics& out) const;
    void addProcess(Metrics& out) const;

    Rooms rooms_;
};

} // namespace keybearer
