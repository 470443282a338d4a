#include "app/tray/services/ServicesBook.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::size_t mostServices = 1000; // more than a person can have
}

const ServiceRecord* ServicesBook::find(const std::string& name) const {
    const auto found = std::find_if(services_.begin(), services_.end(),
                                    [&](const ServiceRecord& service) { return service.name == name; });
    return found == services_.end() ? nullptr : &*found;
}

void ServicesBook::load() {
    client_.call("service.list", Json::object(), this, [this](const Result<Json>& list) { onList(list); });
    client_.call("gateway.status", Json::object(), this, [this](const Result<Json>& status) {
        if (status) {
            gatewayStatus_ = *status;
            merge();
        }
    });
    client_.call("tool.list", Json::object(), this, [this](const Result<Json>& tools) {
        if (tools) {
            tools_ = *tools;
            merge();
        }
    });
}

void ServicesBook::onList(const Result<Json>& list) {
    if (!list || !list->contains("services") || !(*list)["services"].is_array())
        return;
    std::vector<ServiceRecord> services;
    for (const Json& item : (*list)["services"]) {
        auto service = readService(item);
        if (service && services.size() < mostServices)
            services.push_back(std::move(*service));
    }
    services_ = std::move(services);
    loaded_ = true;
    merge();
}

void ServicesBook::merge() {
    gateway_ = readGateway(gatewayStatus_);
    addUpstreams(services_, gatewayStatus_);
    addTools(services_, tools_);
    Q_EMIT changed();
}

void ServicesBook::change(const char* method, const Json& params) {
    client_.call(method, params, this, [this](const Result<Json>& done) {
        if (!done)
            Q_EMIT failed(done.error());
        load();
    });
}

void ServicesBook::startGateway() {
    change("gateway.start", Json::object());
}

void ServicesBook::stopGateway() {
    change("gateway.stop", Json::object());
}

void ServicesBook::forget(const std::string& name) {
    change("service.remove", Json{{"service", name}});
}

} // namespace keybearer
