#include "broker/config/ConfigAuth.h"

#include "broker/config/ConfigAuthKeys.h"

#include <array>
#include <iterator>
#include <utility>

namespace keybearer {

namespace {

using Level = AuthConfig::Level;

constexpr std::int64_t highestPriority = 1'000'000;
constexpr std::int64_t mostRequests = 1'000'000'000;

AuthConfig::Entry& entry(Config& config) {
    return config.auth.entries.back();
}

template <Level Of>
void begin(Config& config, ConfigValue& value) {
    AuthConfig::Entry begun;
    begun.level = Of;
    begun.name = std::move(value.text);
    begun.key = std::move(value.key);
    begun.where = std::move(value.where);
    config.auth.entries.push_back(std::move(begun));
}

template <std::string AuthConfig::Choice::*Member>
void setChoice(Config& config, ConfigValue& value) {
    entry(config).choice.*Member = std::move(value.text);
}

void setScopes(Config& config, ConfigValue& value) {
    entry(config).choice.scopes = std::move(value.words);
}

// The keys of one auth block, below each place where one may stand. The paths live as long as the program.
std::vector<KeyRule> choiceKeys() {
    using Choice = AuthConfig::Choice;
    static const std::vector<std::string> paths = [] {
        std::vector<std::string> out;
        for (const char* place : {"auth.default_auth", "auth.service_overrides.*", "auth.server_level",
                                  "auth.capabilities.*", "auth.tools.*", "auth.rules[].auth"})
            for (const char* key : {"type", "provider", "account", "scopes", "key_ref", "resource"})
                out.push_back(std::string(place).append(".").append(key));
        return out;
    }();
    std::vector<KeyRule> rules;
    for (std::size_t i = 0; i < paths.size(); i += 6) {
        rules.push_back({paths[i],
                         KeyKind::Choice,
                         "type: oauth",
                         setChoice<&Choice::type>,
                         {"oauth", "device_code", "api_key", "service_account"}});
        rules.push_back(
            {paths[i + 1], KeyKind::ProviderName, "provider: github", setChoice<&Choice::provider>});
        rules.push_back(
            {paths[i + 2], KeyKind::Label, "account: ana@example.com", setChoice<&Choice::account>});
        rules.push_back({paths[i + 3], KeyKind::Scopes, "scopes: [repo]", setScopes});
        rules.push_back({paths[i + 4], KeyKind::Label, "key_ref: admin_key", setChoice<&Choice::keyRef>});
        rules.push_back({paths[i + 5], KeyKind::Address, "resource: https://mcp.example.com/mcp",
                         setChoice<&Choice::resource>});
    }
    return rules;
}

std::string patternProblem(const Config& config) {
    const AuthConfig::Entry& rule = config.auth.entries.back();
    if (rule.match.empty())
        return "says no tool; write match: \"github.*\"";
    const AuthConfig::Choice& choice = rule.choice;
    return choice.provider.empty() && choice.keyRef.empty() && choice.type.empty()
               ? "says no credential; write auth: {provider: github}"
               : std::string();
}

std::vector<KeyRule> patternKeys() {
    KeyRule rules{"auth.rules", KeyKind::Items, "rules: [{match: \"github.*\", auth: {provider: github}}]",
                  begin<Level::Pattern>};
    rules.problem = patternProblem;
    return {
        rules,
        {"auth.rules[].name", KeyKind::Label, "name: everything of GitHub",
         [](Config& config, ConfigValue& value) { entry(config).name = std::move(value.text); }},
        {"auth.rules[].match", KeyKind::Label, "match: \"github.*\"",
         [](Config& config, ConfigValue& value) { entry(config).match = std::move(value.text); }},
        {"auth.rules[].service", KeyKind::ProviderName, "service: linear",
         [](Config& config, ConfigValue& value) { entry(config).service = std::move(value.text); }},
        {"auth.rules[].priority",
         KeyKind::Number,
         "priority: 100",
         [](Config& config, ConfigValue& value) { entry(config).priority = value.number; },
         {},
         {},
         0,
         highestPriority},
        {"auth.rules[].auth", KeyKind::Section, "auth: {provider: github}"},
    };
}

} // namespace

std::vector<KeyRule> authKeys() {
    std::vector<KeyRule> all{
        {"auth", KeyKind::Section, "auth: {default_auth: {provider: github}}"},
        {"auth.mode",
         KeyKind::Choice,
         "mode: simple",
         [](Config& config, ConfigValue& value) {
             config.auth.mode = std::move(value.text);
             config.auth.modeWhere = std::move(value.where);
         },
         {"simple", "advanced", "rules"}},
        {"auth.default_auth", KeyKind::Section, "default_auth: {provider: github}", begin<Level::Default>},
        {"auth.service_overrides", KeyKind::Entries, "service_overrides: {linear: {provider: linear}}",
         begin<Level::Service>},
        {"auth.server_level", KeyKind::Section, "server_level: {provider: github}", begin<Level::Server>},
        {"auth.capabilities", KeyKind::ToolEntries, "capabilities: {github: {provider: github}}",
         begin<Level::Capability>},
        {"auth.tools", KeyKind::ToolEntries, "tools: {github.create_issue: {provider: github}}",
         begin<Level::Tool>},
    };
    for (std::vector<KeyRule> more : {patternKeys(), choiceKeys()})
        std::move(more.begin(), more.end(), std::back_inserter(all));
    return all;
}

std::vector<KeyRule> limitKeys() {
    struct Keys {
        const char *section, *requests, *window, *burst;
        void (*setRequests)(Config&, ConfigValue&);
        void (*setWindow)(Config&, ConfigValue&);
        void (*setBurst)(Config&, ConfigValue&);
    };
    static constexpr std::array<Keys, 2> sections{
        {{"rate_limits", "rate_limits.requests", "rate_limits.window_seconds", "rate_limits.burst",
          [](Config& config, ConfigValue& value) { config.callerLimit.requests = value.number; },
          [](Config& config, ConfigValue& value) {
              config.callerLimit.window = std::chrono::seconds(value.number);
          },
          [](Config& config, ConfigValue& value) { config.callerLimit.burst = value.number; }},
         {"rate_limits.overall", "rate_limits.overall.requests", "rate_limits.overall.window_seconds",
          "rate_limits.overall.burst",
          [](Config& config, ConfigValue& value) { config.overallLimit.requests = value.number; },
          [](Config& config, ConfigValue& value) {
              config.overallLimit.window = std::chrono::seconds(value.number);
          },
          [](Config& config, ConfigValue& value) { config.overallLimit.burst = value.number; }}}};
    std::vector<KeyRule> all;
    for (const Keys& keys : sections) {
        all.push_back({keys.section, KeyKind::Section, "{requests: 100, window_seconds: 60, burst: 10}"});
        all.push_back(
            {keys.requests, KeyKind::Number, "requests: 100", keys.setRequests, {}, {}, 1, mostRequests});
        all.push_back(
            {keys.window, KeyKind::Number, "window_seconds: 60", keys.setWindow, {}, {}, 1, daySeconds});
        all.push_back({keys.burst, KeyKind::Number, "burst: 10", keys.setBurst, {}, {}, 1, mostRequests});
    }
    return all;
}

std::vector<KeyRule> policyKeys() {
    return {
        {"policy", KeyKind::Section, "policy: {opa_url: \"http://127.0.0.1:8181/v1/data/keybearer/allow\"}"},
        {"policy.opa_url", KeyKind::Address, "opa_url: \"http://127.0.0.1:8181/v1/data/keybearer/allow\"",
         [](Config& config, ConfigValue& value) { config.policy.opaUrl = std::move(value.text); }},
        {"policy.timeout_ms",
         KeyKind::Number,
         "timeout_ms: 500",
         [](Config& config, ConfigValue& value) {
             config.policy.timeout = std::chrono::milliseconds(value.number);
         },
         {},
         {},
         10,
         5000},
        {"policy.cache_seconds",
         KeyKind::Number,
         "cache_seconds: 5",
         [](Config& config, ConfigValue& value) { config.policy.cache = std::chrono::seconds(value.number); },
         {},
         {},
         0,
         60},
    };
}

} // namespace keybearer
