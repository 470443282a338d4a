#include "broker/config/ConfigGateway.h"

#include "broker/config/ConfigGatewayKeys.h"

#include <utility>

namespace keybearer {

namespace {

constexpr std::int64_t highestPort = 65535;

template <bool GatewayConfig::*Member>
void setFlag(Config& config, ConfigValue& value) {
    config.gateway.*Member = value.number != 0;
}

} // namespace

ToolPins toolPinsOf(const std::string& word) {
    return word == "off" ? ToolPins::Off : word == "hold" ? ToolPins::Hold : ToolPins::Warn;
}

std::vector<KeyRule> gatewayKeys() {
    return {
        {"gateway", KeyKind::Section, "gateway: {enabled: true}"},
        {"gateway.enabled", KeyKind::Flag, "enabled: true", setFlag<&GatewayConfig::enabled>},
        {"gateway.port",
         KeyKind::Number,
         "port: 4180",
         [](Config& config, ConfigValue& value) {
             config.gateway.port = static_cast<std::uint16_t>(value.number);
         },
         {},
         {},
         0,
         highestPort},
        {"gateway.unix_socket", KeyKind::Flag, "unix_socket: true", setFlag<&GatewayConfig::unixSocket>},
        {"gateway.allowed_origins", KeyKind::Origins, "allowed_origins: [\"http://localhost:6274\"]",
         [](Config& config, ConfigValue& value) { config.gateway.allowedOrigins = std::move(value.words); }},
        {"gateway.client_id_metadata", KeyKind::Flag, "client_id_metadata: true",
         setFlag<&GatewayConfig::clientIdMetadata>},
        {"gateway.token_seconds",
         KeyKind::Number,
         "token_seconds: 900",
         [](Config& config, ConfigValue& value) {
             config.gateway.tokenLife = std::chrono::seconds(value.number);
         },
         {},
         {},
         30,
         900},
        {"gateway.pins",
         KeyKind::Choice,
         "pins: warn",
         [](Config& config, ConfigValue& value) { config.gateway.pins = toolPinsOf(value.text); },
         {"off", "warn", "hold"}},
        {"gateway.metrics_port",
         KeyKind::Number,
         "metrics_port: 9464",
         [](Config& config, ConfigValue& value) {
             config.gateway.metricsPort = static_cast<std::uint16_t>(value.number);
         },
         {},
         {},
         0,
         highestPort},
        {"gateway.metrics_socket", KeyKind::Flag, "metrics_socket: true",
         setFlag<&GatewayConfig::metricsSocket>},
    };
}

} // namespace keybearer
