#pragma once

#include "broker/access/ToolPattern.h"
#include "broker/base/Result.h"
#include "broker/config/Config.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keybearer {

enum class AuthType { OAuth, DeviceCode, ApiKey, ServiceAccount };
[[nodiscard]] std::string_view authTypeWord(AuthType type); // as in config.yaml and in data.auth_type

// One rule: which credential the tools that it matches get. docs/auth-rules.md.
struct AuthRule {
    using Level = AuthConfig::Level;

    Level level = Level::Default;
    std::string name;    // of a service, capability or tool; of a pattern rule what it is called
    std::string match;   // pattern rules: as it was written
    std::string service; // pattern rules: only for tools of this service; empty: of any
    std::int64_t priority = 0;
    AuthType type = AuthType::OAuth;
    AuthConfig::Choice auth;
    bool undiscovered = false; // a service with an address and no provider: nobody has said whose tokens
    std::string key;           // "auth.tools.read_file"
    std::string where;         // "config.yaml:12" or an environment variable
    std::optional<ToolPattern> pattern;

    // True if it speaks of some tools only: what else is asked for them must not contradict it.
    [[nodiscard]] bool isSpecific() const { return level >= Level::Service; }
    [[nodiscard]] std::string title() const; // "tool read_file (config.yaml:12)"
};
[[nodiscard]] std::string_view levelWord(AuthRule::Level level);

// Whatever way the configuration says it in, compiled to one list in the order of precedence: the first rule
// that matches wins. Owned by the Broker; event loop thread. Never learns a token.
class AuthRules {
public:
    // InvalidParams with file, line and did_you_mean: a provider or service that nobody knows, a key that
    // does not go with the mode, a pattern that is none, an auth block that says two things.
    [[nodiscard]] static Result<AuthRules> compile(const Config& config,
                                                   const std::vector<std::string>& providers);

    // The winner for a tool, a service, or a tool of a service; either may be empty. Null: no rule matches.
    // What was asked before is answered from memory.
    [[nodiscard]] const AuthRule* find(std::string_view tool, std::string_view service) const;
    [[nodiscard]] static bool matches(const AuthRule& rule, std::string_view tool, std::string_view service);

    [[nodiscard]] const std::vector<AuthRule>& inOrder() const { return *rules_; }
    [[nodiscard]] const std::string& mode() const { return mode_; }
    [[nodiscard]] bool knowsService(std::string_view name) const;
    [[nodiscard]] Error unknownService(std::string_view name) const; // NotFound with did_you_mean

    // One of the rules above, to be kept by whoever waits: it stays as it is when other rules are put in
    // place.
    [[nodiscard]] std::shared_ptr<const AuthRule> keep(const AuthRule* rule) const {
        return rule == nullptr ? nullptr : std::shared_ptr<const AuthRule>(rules_, rule);
    }
    // Other rules from now on; the counters go on.
    void replace(AuthRules fresh);

    struct Counters {
        std::int64_t lookups = 0;
        std::int64_t remembered = 0; // of them answered from memory
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }

private:
    AuthRules() = default;
    void order();

    std::shared_ptr<std::vector<AuthRule>> rules_ = std::make_shared<std::vector<AuthRule>>();
    std::vector<std::string> services_;
    std::string mode_;
    mutable std::unordered_map<std::string, std::size_t> winners_; // by service and tool; index, or none
    mutable Counters counters_;
};

} // namespace keybearer
