#include "app/tray/pages/ClientLists.h"

#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

template <typename T, typename Read>
std::vector<T> listOf(const Json& result, const char* key, Read read) {
    std::vector<T> list;
    const auto found = result.find(key);
    if (found == result.end() || !found->is_array())
        return list;
    for (const Json& item : *found) {
        if (auto value = read(item))
            list.push_back(std::move(*value));
    }
    return list;
}

} // namespace

ClientLists::ClientLists(BrokerClient& client, QObject* parent) : QObject(parent), client_(client) {}

// What fails is left as it was: the window says by itself that the broker is away.
void ClientLists::load() {
    const Json none = NoParams().toJson();
    client_.call("client.list", none, this, [this](const Result<Json>& result) {
        if (result)
            clients_ = listOf<ClientRecord>(*result, "clients", readClient);
        Q_EMIT changed();
    });
    client_.call("capability.list", none, this, [this](const Result<Json>& result) {
        if (result)
            capabilities_ = listOf<CapabilityRecord>(*result, "capabilities", readCapability);
        Q_EMIT changed();
    });
    client_.call("gateway.clients", none, this, [this](const Result<Json>& result) {
        if (result)
            gatewayClients_ = listOf<GatewayClientRecord>(
                *result, "clients", [&](const Json& item) { return readGatewayClient(item, *result); });
        Q_EMIT changed();
    });
}

} // namespace keybearer
