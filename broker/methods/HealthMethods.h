#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/accounts/TokenRefresher.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

#include <filesystem>

namespace keybearer {

// health.get: the state of every part, and for each thing that is wrong what to do. Owned by the Broker;
// event loop thread.
class HealthMethods {
public:
    struct Rooms {
        const AccountRegistry& registry;
        const TokenRefresher& refresher;
        const ConsentGate& gate;
        std::function<std::size_t()> connections;
        std::function<std::string()> auditProblem; // empty: the audit log can be written
        const AuditLog& audit;
        std::function<Json()> counters; // a few of what metrics.get says
        std::function<Json()> alerts;
        std::function<Json()> gateway; // is it running, and for how many conversations?
        // What else is to be said of the store: findings in their wire form.
        std::function<Json()> storeRemarks;
        std::function<Json()> gatewayFindings; // the same, with their level
        std::filesystem::path config;
        std::filesystem::path socket;
        WallTime startedAt;
        std::function<Json()> sharing;     // {"paused", "until"?}
        std::function<Json()> ownFindings; // of the broker's process and its surroundings, with their level
        const Clock& clock;
    };
    explicit HealthMethods(Rooms rooms) : rooms_(std::move(rooms)) {}
    void addTo(MethodTable& table);
    [[nodiscard]] Json health() const;
    // For programs that may not see more: does it work? Names nobody's accounts and no places.
    [[nodiscard]] Json inShort() const;
    // "ok", "degraded", "failing"
    [[nodiscard]] std::string status() const;

private:
    [[nodiscard]] Json findings() const;
    [[nodiscard]] Json sessions() const;
    Rooms rooms_;
};

} // namespace keybearer
