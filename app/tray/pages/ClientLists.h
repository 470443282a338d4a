#pragma once

#include "app/client/async/BrokerClient.h"
#include "app/tray/mirror/Records.h"

#include <QObject>
#include <vector>

namespace keybearer {

// Lists that no event keeps up to date: programs with a key of their own, started programs, and MCP clients
// of the gateway. Loaded when a page wants to show them. Owned by that page; GUI thread.
class ClientLists final : public QObject {
    Q_OBJECT
public:
    explicit ClientLists(BrokerClient& client, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ClientLists)

    void load();
    [[nodiscard]] const std::vector<ClientRecord>& clients() const { return clients_; }
    [[nodiscard]] const std::vector<CapabilityRecord>& capabilities() const { return capabilities_; }
    [[nodiscard]] const std::vector<GatewayClientRecord>& gatewayClients() const { return gatewayClients_; }

Q_SIGNALS:
    void changed();

private:
    BrokerClient& client_;
    std::vector<ClientRecord> clients_;
    std::vector<CapabilityRecord> capabilities_;
    std::vector<GatewayClientRecord> gatewayClients_;
};

} // namespace keybearer
