#pragma once

#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/services/ServiceRecord.h"

namespace keybearer {

// What the broker knows of MCP servers and of the gateway, asked for when it is told to. Owned by the
// Services page; GUI thread.
class ServicesBook final : public QObject {
    Q_OBJECT
public:
    ServicesBook(BrokerClient& client, QObject* parent = nullptr) : QObject(parent), client_(client) {}
    Q_DISABLE_COPY_MOVE(ServicesBook)

    [[nodiscard]] const std::vector<ServiceRecord>& services() const { return services_; }
    [[nodiscard]] const GatewayRecord& gateway() const { return gateway_; }
    // Whether the list has been answered once.
    [[nodiscard]] bool isLoaded() const { return loaded_; }
    [[nodiscard]] const ServiceRecord* find(const std::string& name) const;

    void load();
    void startGateway();
    void stopGateway();
    // Of a service that stands in no configuration: what was found out about it.
    void forget(const std::string& name);

Q_SIGNALS:
    void changed();
    // Something that the person has asked for was refused.
    void failed(const keybearer::Error& why);

private:
    void change(const char* method, const Json& params);
    void onList(const Result<Json>& list);
    void merge();

    BrokerClient& client_;
    std::vector<ServiceRecord> services_;
    GatewayRecord gateway_;
    Json gatewayStatus_ = Json::object();
    Json tools_ = Json::object();
    bool loaded_ = false;
};

} // namespace keybearer
