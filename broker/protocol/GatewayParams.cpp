#include "broker/protocol/GatewayParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

namespace {

constexpr std::int64_t highestPort = 65535;
constexpr std::size_t longestClientId = 2048; // it may be the address of a document

} // namespace

Result<GatewayStartParams> GatewayStartParams::from(const Json& params) {
    GatewayStartParams start;
    ParamsReader reader(params);
    reader.number("port", start.port, 0, highestPort);
    return reader.finish(start);
}

Json GatewayStartParams::toJson() const {
    return port == 0 ? Json::object() : Json{{"port", port}};
}

Result<GatewayClientParams> GatewayClientParams::from(const Json& params) {
    GatewayClientParams client;
    ParamsReader reader(params);
    reader.required("client_id", client.clientId, longestClientId);
    return reader.finish(std::move(client));
}

Json GatewayClientParams::toJson() const {
    return Json{{"client_id", clientId}};
}

} // namespace keybearer
