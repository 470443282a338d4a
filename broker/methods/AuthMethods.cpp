#include "broker/methods/AuthMethods.h"

#include "broker/access/Permission.h"
#include "broker/base/Text.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

Json authToWire(const AuthRule& rule) {
    Json auth{{"type", authTypeWord(rule.type)}};
    const AuthConfig::Choice& choice = rule.auth;
    for (const auto& [key, value] : {std::pair<const char*, const std::string&>{"provider", choice.provider},
                                     {"account", choice.account},
                                     {"key_ref", choice.keyRef},
                                     {"resource", choice.resource}}) {
        if (!value.empty())
            auth[key] = value;
    }
    if (!choice.scopes.empty())
        auth["scopes"] = choice.scopes;
    return auth;
}

Json ruleToWire(const AuthRule& rule, bool matches, bool wins) {
    Json out{{"level", levelWord(rule.level)},
             {"key", rule.key},
             {"where", rule.where},
             {"priority", rule.level == AuthRule::Level::Pattern ? rule.priority : 0},
             {"matches", matches},
             {"wins", wins},
             {"auth", rule.undiscovered ? Json(nullptr) : authToWire(rule)}};
    if (!rule.name.empty())
        out["name"] = rule.name;
    if (!rule.match.empty())
        out["match"] = rule.match;
    if (!rule.service.empty())
        out["service"] = rule.service;
    return out;
}

std::string whyItWins(const AuthRule& rule, const std::string& capability, const std::string& service) {
    switch (rule.level) {
    case AuthRule::Level::Tool:
        return "a rule for the tool itself wins over every other";
    case AuthRule::Level::Capability:
        return "it is the rule of the capability " + capability + ", and the tool has none of its own";
    case AuthRule::Level::Pattern:
        return "of the patterns that match it has the highest priority, or stands first";
    case AuthRule::Level::Service:
        return rule.undiscovered ? "the service has an address of its own and says no provider, so nothing "
                                   "that is meant for others goes there"
               : service.empty() ? "the capability " + capability + " is the name of a service"
                                 : "it is the rule of the service";
    case AuthRule::Level::Server:
    case AuthRule::Level::Default:
        break;
    }
    return "no more specific rule matches";
}

} // namespace

void AuthMethods::addTo(MethodTable& table) {
    table.add("auth.explain", [this](const CallContext& call, const Json& params, const Reply& reply) {
        // A program learns which rule is for its tool, not which tools and accounts there are.
        explain(params, callerMay(call.caller, Permission::PolicyRead), reply);
    });
}

void AuthMethods::explain(const Json& params, bool wholeList, const Reply& reply) const {
    const std::optional<AuthExplainParams> asked = paramsOrAnswer<AuthExplainParams>(params, reply);
    if (!asked)
        return;
    const std::string service = asked->service.value_or("");
    if (!service.empty() && !rules_.knowsService(service))
        return reply.error(rules_.unknownService(service));
    const AuthRule* winner = rules_.find(asked->tool, service);
    const std::string capability = capabilityOf(asked->tool);
    Json rules = Json::array();
    Json won;
    for (const AuthRule& rule : rules_.inOrder()) {
        if (!wholeList && &rule != winner)
            continue;
        rules.push_back(ruleToWire(rule, AuthRules::matches(rule, asked->tool, service), &rule == winner));
        if (&rule == winner)
            won = rules.back();
    }
    Json result{{"tool", displaySafe(asked->tool, 128)},
                {"capability", displaySafe(capability, 128)},
                {"mode", rules_.mode()},
                {"rule", std::move(won)},
                {"why", winner == nullptr ? "no rule matches; a program has to name the provider itself"
                                          : whyItWins(*winner, displaySafe(capability, 128), service)},
                {"rules", std::move(rules)}};
    if (!service.empty())
        result["service"] = service;
    if (const std::string words = winner == nullptr ? std::string() : remark(*winner); !words.empty())
        result["remark"] = words;
    reply.result(result);
}

std::string AuthMethods::remark(const AuthRule& rule) const {
    if (rule.undiscovered)
        return "Add provider: to " + rule.key + " in config.yaml.";
    if (rule.type == AuthType::ApiKey)
        return registry_.findApiKey(rule.auth.keyRef)
                   ? std::string()
                   : "There is no API key " + rule.auth.keyRef +
                         " yet; put it here with: keybearer apikey add " + rule.auth.keyRef;
    for (const Credential* credential : registry_.all()) {
        if (credential->record.provider == rule.auth.provider)
            return {};
    }
    return "Nobody has signed in to " + rule.auth.provider + " yet; sign in with: keybearer login " +
           rule.auth.provider;
}

std::vector<std::string> AuthMethods::missingKeys() const {
    std::vector<std::string> out;
    for (const AuthRule& rule : rules_.inOrder()) {
        if (rule.type == AuthType::ApiKey && !registry_.findApiKey(rule.auth.keyRef))
            out.push_back(rule.where + ": " + rule.key + ": " + remark(rule));
    }
    return out;
}

} // namespace keybearer
