#include "broker/config/ConfigRun.h"

#include "broker/config/ConfigRunKeys.h"

#include <utility>

namespace keybearer {

namespace {

ProfileConfig& profile(Config& config) {
    return config.profiles.back();
}

void beginProfile(Config& config, ConfigValue& value) {
    ProfileConfig begun;
    begun.name = std::move(value.text);
    begun.where = std::move(value.where);
    config.profiles.push_back(std::move(begun));
}

std::string profileProblem(const Config& config) {
    return config.profiles.back().allow.empty() ? "allows nothing; write allow: [github]" : std::string();
}

} // namespace

std::vector<KeyRule> profileKeys() {
    KeyRule profiles{"profiles", KeyKind::Entries, "profiles: {notes: {allow: [github]}}", beginProfile};
    profiles.problem = profileProblem;
    return {
        profiles,
        {"profiles.*.allow", KeyKind::Selectors, "allow: [github, \"apikey:weather\"]",
         [](Config& config, ConfigValue& value) { profile(config).allow = std::move(value.words); }},
        {"profiles.*.command", KeyKind::Command, "command: [/usr/bin/node, /home/ana/notes/server.js]",
         [](Config& config, ConfigValue& value) { profile(config).command = std::move(value.words); }},
        {"profiles.*.expires_seconds",
         KeyKind::Number,
         "expires_seconds: 3600",
         [](Config& config, ConfigValue& value) {
             profile(config).expires = std::chrono::seconds(value.number);
         },
         {},
         {},
         1,
         30 * daySeconds},
        {"profiles.*.fallback", KeyKind::Flag, "fallback: true",
         [](Config& config, ConfigValue& value) { profile(config).fallback = value.number != 0; }},
        {"profiles.*.restart",
         KeyKind::Choice,
         "restart: on_expiry",
         [](Config& config, ConfigValue& value) { profile(config).restarts = value.text == "on_expiry"; },
         {"never", "on_expiry"}},
    };
}

std::vector<KeyRule> agentKeys() {
    return {
        {"agent", KeyKind::Section, "agent: {enabled: true, allow: [github]}"},
        {"agent.enabled", KeyKind::Flag, "enabled: true",
         [](Config& config, ConfigValue& value) { config.agent.enabled = value.number != 0; }},
        {"agent.allow", KeyKind::Selectors, "allow: [github]",
         [](Config& config, ConfigValue& value) { config.agent.allow = std::move(value.words); }},
        {"agent.socket", KeyKind::File, "socket: /run/user/1000/keybearer/agent.sock",
         [](Config& config, ConfigValue& value) { config.agent.socket = std::move(value.text); }},
    };
}

} // namespace keybearer
