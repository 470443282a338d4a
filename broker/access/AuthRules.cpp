#include "broker/access/AuthRules.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace keybearer {

namespace {

using Level = AuthRule::Level;

constexpr std::size_t mostPatterns = 1000;   // each is an automaton of its own
constexpr std::size_t mostRemembered = 4096; // tools; more than any machine has, and then memory starts anew
constexpr std::size_t none = static_cast<std::size_t>(-1);

// Of the two kinds of rules for a whole service the override wins.
constexpr std::int64_t overridePriority = 1;

struct TypeWord {
    AuthType type;
    std::string_view word;
};
constexpr std::array<TypeWord, 4> typeWords{{{AuthType::OAuth, "oauth"},
                                             {AuthType::DeviceCode, "device_code"},
                                             {AuthType::ApiKey, "api_key"},
                                             {AuthType::ServiceAccount, "service_account"}}};

std::string modeOf(const AuthConfig& config) {
    if (!config.mode.empty())
        return config.mode;
    for (const AuthConfig::Entry& entry : config.entries) {
        if (entry.level == Level::Pattern)
            return "rules";
    }
    for (const AuthConfig::Entry& entry : config.entries) {
        if (entry.level == Level::Server || entry.level == Level::Capability || entry.level == Level::Tool)
            return "advanced";
    }
    return "simple";
}

bool goesWith(const std::string& mode, Level level) {
    if (mode == "advanced")
        return level == Level::Server || level == Level::Capability || level == Level::Tool;
    return level == Level::Default || level == (mode == "rules" ? Level::Pattern : Level::Service);
}

tl::unexpected<Error> fault(const std::string& where, const std::string& key, const std::string& what,
                            const std::string& meant = {}) {
    std::string message = where;
    message.append(": ").append(key).append(": ").append(what);
    if (!meant.empty())
        message.append("; did you mean ").append(meant).append("?");
    Error error(ErrorCode::InvalidParams, std::move(message));
    error.details.emplace_back("key", key);
    if (!meant.empty())
        error.details.emplace_back("did_you_mean", meant);
    return failure(std::move(error));
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Result<void> checkProvider(const std::string& where, const std::string& key, const std::string& provider,
                           const std::vector<std::string>& known) {
    if (provider.empty() || holds(known, provider))
        return {};
    return fault(where, key + ".provider", "there is no provider " + provider, nearest(provider, known));
}

std::string blockKey(const AuthRule& rule) {
    return rule.level == Level::Pattern ? rule.key + ".auth" : rule.key;
}

// An auth block names one kind of credential, in full.
Result<void> readChoice(AuthRule& rule, const std::vector<std::string>& providers) {
    const AuthConfig::Choice& auth = rule.auth;
    const std::string key = blockKey(rule);
    rule.type = auth.keyRef.empty() ? AuthType::OAuth : AuthType::ApiKey;
    for (const TypeWord& known : typeWords) {
        if (auth.type == known.word)
            rule.type = known.type;
    }
    if (rule.type == AuthType::ApiKey) {
        if (auth.keyRef.empty())
            return fault(rule.where, key + ".key_ref", "is missing; write the name of an API key");
        if (!auth.provider.empty() || !auth.account.empty() || !auth.scopes.empty() || !auth.resource.empty())
            return fault(rule.where, key, "an API key has no provider, account, scopes or resource");
        return {};
    }
    if (!auth.keyRef.empty())
        return fault(rule.where, key + ".key_ref", "goes with type: api_key");
    if (auth.provider.empty())
        return fault(rule.where, key + ".provider", "is missing; write for example provider: github");
    return checkProvider(rule.where, key, auth.provider, providers);
}

Result<AuthRule> ruleFrom(const AuthConfig::Entry& entry, const std::vector<std::string>& providers,
                          const std::vector<std::string>& services) {
    AuthRule rule;
    rule.level = entry.level;
    rule.name = entry.name;
    rule.match = entry.match;
    rule.service = entry.service;
    rule.priority = entry.level == Level::Service ? overridePriority : entry.priority;
    rule.auth = entry.choice;
    rule.key = entry.key;
    rule.where = entry.where;
    if (Result<void> read = readChoice(rule, providers); !read)
        return failure(read.error());
    if (rule.level == Level::Capability)
        rule.name = lowered(rule.name);
    if (rule.level != Level::Pattern)
        return rule;
    if (!rule.service.empty() && !holds(services, rule.service))
        return fault(rule.where, rule.key + ".service", "there is no service " + rule.service,
                     nearest(rule.service, services));
    tl::expected<ToolPattern, std::string> pattern = ToolPattern::parse(rule.match);
    if (!pattern)
        return fault(rule.where, rule.key + ".match", pattern.error());
    rule.pattern = std::move(*pattern);
    return rule;
}

std::optional<AuthRule> ruleFrom(const ServiceConfig& service) {
    if (service.url.empty() && service.provider.empty())
        return std::nullopt; // a program of this machine: what is said of no tool in particular goes for it
    AuthRule rule;
    rule.level = Level::Service;
    rule.name = service.name;
    rule.auth.provider = service.provider;
    rule.auth.account = service.account;
    rule.auth.scopes = service.scopes;
    rule.undiscovered = service.provider.empty();
    rule.key = "services." + service.name;
    rule.where = service.where;
    return rule;
}

} // namespace

std::string_view authTypeWord(AuthType type) {
    for (const TypeWord& known : typeWords) {
        if (known.type == type)
            return known.word;
    }
    return "oauth";
}

std::string_view levelWord(AuthRule::Level level) {
    switch (level) {
    case Level::Default:
        return "default";
    case Level::Server:
        return "server";
    case Level::Service:
        return "service";
    case Level::Pattern:
        return "pattern";
    case Level::Capability:
        return "capability";
    case Level::Tool:
        return "tool";
    }
    return "default";
}

std::string AuthRule::title() const {
    std::string words(levelWord(level));
    if (!match.empty())
        words.append(" ").append(match);
    if (!name.empty())
        words.append(" ").append(name);
    return words.append(" (").append(where).append(")");
}

Result<AuthRules> AuthRules::compile(const Config& config, const std::vector<std::string>& providers) {
    AuthRules rules;
    rules.mode_ = modeOf(config.auth);
    for (const ServiceConfig& service : config.services) {
        if (Result<void> known =
                checkProvider(service.where, "services." + service.name, service.provider, providers);
            !known)
            return failure(known.error());
        rules.services_.push_back(service.name);
        std::optional<AuthRule> rule = ruleFrom(service);
        if (!rule)
            continue;
        // Who asks by the address of a service means it, too; a server without a provider is found elsewhere.
        if (!service.url.empty() && !rule->undiscovered) {
            rules.services_.push_back(service.url);
            rules.rules_->push_back(*rule);
            rules.rules_->back().name = service.url;
        }
        rules.rules_->push_back(std::move(*rule));
    }
    std::size_t patterns = 0;
    for (const AuthConfig::Entry& entry : config.auth.entries) {
        if (!goesWith(rules.mode_, entry.level))
            return fault(entry.where, entry.key, "does not go with mode: " + rules.mode_);
        if (entry.level == Level::Pattern && ++patterns > mostPatterns)
            return fault(entry.where, entry.key,
                         "there are more than " + std::to_string(mostPatterns) + " rules");
        Result<AuthRule> rule = ruleFrom(entry, providers, rules.services_);
        if (!rule)
            return failure(rule.error());
        rules.rules_->push_back(std::move(*rule));
    }
    for (const AuthRule& rule : *rules.rules_) {
        if (rule.level == Level::Service && !holds(rules.services_, rule.name))
            rules.services_.push_back(rule.name); // an override is enough to make a service known
    }
    rules.order();
    return rules;
}

void AuthRules::order() {
    std::stable_sort(rules_->begin(), rules_->end(), [](const AuthRule& a, const AuthRule& b) {
        return std::tie(a.level, a.priority) > std::tie(b.level, b.priority);
    });
}

bool AuthRules::matches(const AuthRule& rule, std::string_view tool, std::string_view service) {
    switch (rule.level) {
    case Level::Default:
    case Level::Server:
        return true;
    case Level::Service:
        return service.empty() ? !tool.empty() && capabilityOf(tool) == rule.name : service == rule.name;
    case Level::Pattern:
        return !tool.empty() && (rule.service.empty() || rule.service == service) && rule.pattern &&
               rule.pattern->matches(tool);
    case Level::Capability:
        return !tool.empty() && capabilityOf(tool) == rule.name;
    case Level::Tool:
        return tool == rule.name;
    }
    return false;
}

const AuthRule* AuthRules::find(std::string_view tool, std::string_view service) const {
    ++counters_.lookups;
    std::string question = std::to_string(service.size()); // no two pairs give the same text
    question.append("\n").append(service).append(tool);
    if (const auto known = winners_.find(question); known != winners_.end()) {
        ++counters_.remembered;
        return known->second == none ? nullptr : &(*rules_)[known->second];
    }
    const auto winner = std::find_if(rules_->begin(), rules_->end(),
                                     [&](const AuthRule& rule) { return matches(rule, tool, service); });
    if (winners_.size() >= mostRemembered)
        winners_.clear();
    const std::size_t place =
        winner == rules_->end() ? none : static_cast<std::size_t>(std::distance(rules_->begin(), winner));
    winners_.emplace(std::move(question), place);
    return place == none ? nullptr : &(*rules_)[place];
}

bool AuthRules::knowsService(std::string_view name) const {
    return holds(services_, name);
}

Error AuthRules::unknownService(std::string_view name) const {
    Error error(ErrorCode::NotFound, "there is no service " + displaySafe(name, 64),
                "Add it under services: in config.yaml, or ask by provider.");
    if (const std::string meant = nearest(name, services_); !meant.empty())
        error.details.emplace_back("did_you_mean", meant);
    return error;
}

void AuthRules::replace(AuthRules fresh) {
    const Counters counters = counters_;
    *this = std::move(fresh);
    counters_ = counters;
}

} // namespace keybearer
