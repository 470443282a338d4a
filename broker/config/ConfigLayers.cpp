#include "broker/config/ConfigLayers.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::array usual{
    LayerValue{"preset", "local"},
    LayerValue{"sandbox", "true"},
    LayerValue{"store.backend", "keychain"},
    LayerValue{"store.key", "keychain"},
    LayerValue{"store.prefix", "keybearer"},
    LayerValue{"store.redis.replicas", "0"},
    LayerValue{"store.vault.mount", "secret"},
    LayerValue{"store.vault.auth", "token"},
    LayerValue{"store.vault.jwt_file", "/var/run/secrets/kubernetes.io/serviceaccount/token"},
    LayerValue{"store.vault.transit_mount", "transit"},
    LayerValue{"store.vault.poll_seconds", "5"},
    LayerValue{"access.mode", "ask"},
    LayerValue{"access.end_on_lock", "true"},
    LayerValue{"signin.wait_seconds", "45"},
    LayerValue{"signin.browser", "true"},
    LayerValue{"log.format", "text"},
    LayerValue{"log.level", "info"},
    LayerValue{"audit.retention_days", "90"},
    LayerValue{"audit.max_bytes", "1073741824"},
    LayerValue{"refresh.threshold_seconds", "300"},
    LayerValue{"refresh.max_backoff_seconds", "900"},
    LayerValue{"rate_limits.window_seconds", "60"},
    LayerValue{"rate_limits.overall.window_seconds", "60"},
    LayerValue{"policy.timeout_ms", "500"},
    LayerValue{"policy.cache_seconds", "5"},
    LayerValue{"agent.enabled", "false"},
    LayerValue{"gateway.enabled", "false"},
    LayerValue{"gateway.port", "0"},
    LayerValue{"gateway.unix_socket", "true"},
    LayerValue{"gateway.client_id_metadata", "false"},
    LayerValue{"gateway.token_seconds", "900"},
    LayerValue{"gateway.pins", "warn"},
    LayerValue{"gateway.metrics_socket", "false"},
};

// Nobody sits there: nothing is asked, no page is opened, and no keychain is waited for.
constexpr std::array headless{
    LayerValue{"store.backend", "file"},       LayerValue{"access.mode", "locked"},
    LayerValue{"access.end_on_lock", "false"}, LayerValue{"signin.browser", "false"},
    LayerValue{"log.format", "json"},
};

constexpr std::array presets{
    ConfigPreset{"local", "A desktop: what is usual.", {}},
    ConfigPreset{
        "headless",
        "A machine without a screen: only what was approved before, sign-ins by device code, sessions in "
        "a sealed file whose key has to be named, a log of JSON lines.",
        headless},
};

void lay(ConfigNode& root, const LayerValue& value, const std::string& layer) {
    ConfigNode* at = &root;
    std::string_view rest = value.key;
    while (!rest.empty()) {
        const std::size_t dot = rest.find('.');
        const std::string_view part = rest.substr(0, dot);
        rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
        if (at->kind == ConfigNode::Kind::Empty)
            at->kind = ConfigNode::Kind::Map;
        if (at->kind != ConfigNode::Kind::Map)
            return; // the reader says what is wrong with it
        ConfigNode* next = at->find(part);
        if (next != nullptr && rest.empty())
            return; // said
        if (next == nullptr) {
            at->keys.emplace_back(part);
            next = &at->items.emplace_back();
            next->layer = layer;
        }
        at = next;
    }
    at->kind = ConfigNode::Kind::Text;
    at->text = value.value;
}

} // namespace

std::span<const LayerValue> usualValues() {
    return usual;
}

std::span<const ConfigPreset> configPresets() {
    return presets;
}

void applyLayers(ConfigNode& root, std::string_view preset) {
    const auto chosen = std::find_if(presets.begin(), presets.end(),
                                     [&](const ConfigPreset& one) { return one.name == preset; });
    if (chosen != presets.end()) {
        for (const LayerValue& value : chosen->values)
            lay(root, value, std::string("preset ").append(preset));
    }
    for (const LayerValue& value : usual)
        lay(root, value, "default");
}

} // namespace keybearer
