#include "broker/accounts/TokenWish.h"

#include "broker/base/Text.h"
#include "broker/oauth/ProtectedResource.h"

#include <algorithm>

namespace keybearer {

namespace {

tl::unexpected<Error> contradicts(const AuthRule& rule, const std::string& asked) {
    Error error(ErrorCode::PolicyDenied, "the rule for this tool is another: " + rule.title(),
                "Ask by tool and leave out the provider, or change the rule in config.yaml.");
    error.details.emplace_back("rule", rule.key);
    error.details.emplace_back("asked", displaySafe(asked, 128));
    return failure(std::move(error));
}

std::string providerOf(const AuthRule& rule) {
    return rule.type == AuthType::ApiKey ? apiKeyProvider : rule.auth.provider;
}

const std::string& accountOf(const AuthRule& rule) {
    return rule.type == AuthType::ApiKey ? rule.auth.keyRef : rule.auth.account;
}

// Takes over what the rule says; the wish may already say the same, and nothing else.
Result<void> follow(const AuthRule& rule, TokenWish& wish) {
    CredentialSelector& selector = wish.selector;
    selector.provider = providerOf(rule);
    if (const std::string& account = accountOf(rule); !account.empty()) {
        if (selector.account && *selector.account != account)
            return contradicts(rule, *selector.account);
        selector.account = account;
    }
    if (!rule.auth.resource.empty()) {
        if (selector.resource && *selector.resource != rule.auth.resource)
            return contradicts(rule, *selector.resource);
        selector.resource = rule.auth.resource;
    }
    if (rule.type == AuthType::ServiceAccount)
        selector.kinds = {CredentialKind::JwtBearer, CredentialKind::ClientCredentials};
    for (const std::string& scope : rule.auth.scopes) {
        if (std::find(wish.scopes.begin(), wish.scopes.end(), scope) == wish.scopes.end())
            wish.scopes.push_back(scope);
    }
    return {};
}

// Whether a word means this provider rather than a service of that name.
bool isUsable(const Provider* provider) {
    return provider != nullptr && (provider->resource || !provider->clientId.empty());
}

// The address of an MCP server means the sign-in to it, whatever its metadata call it.
void meanServer(const ProviderCatalog& catalog, CredentialSelector& selector) {
    if (selector.provider || !selector.resource)
        return;
    const Result<std::string> url = canonicalServer(*selector.resource);
    const Provider* entry = url ? catalog.findServer(*url) : nullptr;
    if (entry == nullptr)
        return;
    selector.provider = entry->name;
    selector.resource.reset();
}

// The address of a service whose tokens are a provider's means that service.
void meanService(const AuthRules& rules, TokenWish& wish) {
    CredentialSelector& selector = wish.selector;
    if (selector.provider || !selector.resource || !wish.service.empty())
        return;
    const Result<std::string> url = canonicalServer(*selector.resource);
    for (const std::string& address : {*selector.resource, url.value_or(std::string())}) {
        if (address.empty() || !rules.knowsService(address))
            continue;
        wish.service = address;
        selector.resource.reset();
        return;
    }
}

// A service without a provider is one itself: its server says where to sign in. False: it is no such one.
bool followServer(const ProviderCatalog& catalog, TokenWish& wish) {
    const AuthRule& rule = *wish.rule;
    for (const Provider* entry : catalog.servers()) {
        if (!entry->resource->config || entry->resource->config->name != rule.name)
            continue;
        wish.selector.provider = entry->name;
        if (!rule.auth.account.empty() && !wish.selector.account)
            wish.selector.account = rule.auth.account;
        for (const std::string& scope : rule.auth.scopes) {
            if (std::find(wish.scopes.begin(), wish.scopes.end(), scope) == wish.scopes.end())
                wish.scopes.push_back(scope);
        }
        wish.rule = nullptr;
        return true;
    }
    return false;
}

Error noRule(const TokenWish& wish) {
    if (!wish.service.empty())
        return {ErrorCode::NotConfigured,
                "nothing says whose tokens the service " + displaySafe(wish.service, 64) + " takes",
                "Add provider: to services." + displaySafe(wish.service, 64) + " in config.yaml."};
    return {ErrorCode::NotConfigured,
            "no rule says which credential the tool " + displaySafe(wish.tool, 128) + " gets",
            "Name a provider, or add a rule under auth: in config.yaml; see: keybearer auth explain TOOL"};
}

} // namespace

Result<TokenWish> applyRules(const AuthRules& rules, const ProviderCatalog& catalog, TokenWish wish) {
    CredentialSelector& selector = wish.selector;
    meanService(rules, wish);
    meanServer(catalog, selector);
    if (selector.provider && *selector.provider != apiKeyProvider && rules.knowsService(*selector.provider) &&
        !isUsable(catalog.find(*selector.provider))) {
        wish.service = std::move(*selector.provider);
        selector.provider.reset();
    }
    const bool named = selector.provider || selector.resource;
    if (named && wish.tool.empty())
        return wish;
    if (!named && !wish.service.empty() && !rules.knowsService(wish.service))
        return failure(rules.unknownService(wish.service));
    wish.rule = rules.keep(rules.find(wish.tool, wish.service));
    if (named) {
        // What is said of no tool in particular is only there for who names nothing.
        if (wish.rule == nullptr || !wish.rule->isSpecific() || wish.rule->undiscovered) {
            wish.rule = nullptr;
            return wish;
        }
        if (selector.provider && *selector.provider != providerOf(*wish.rule))
            return contradicts(*wish.rule, *selector.provider);
        if (selector.resource) // who it belongs to shows when it is found: holdsAgainst()
            return wish;
    } else if (wish.rule == nullptr || (wish.rule->undiscovered && !followServer(catalog, wish)))
        return failure(noRule(wish));
    if (wish.rule == nullptr)
        return wish;
    if (Result<void> followed = follow(*wish.rule, wish); !followed)
        return failure(followed.error());
    return wish;
}

Result<void> holdsAgainst(const TokenWish& wish, const CredentialRecord& record) {
    if (wish.rule == nullptr)
        return {};
    const AuthRule& rule = *wish.rule;
    const std::string& account = accountOf(rule);
    const bool sameAccount = account.empty() || record.account.label == account ||
                             record.account.subject == account || record.id == account;
    if (record.provider != providerOf(rule) || !sameAccount ||
        (!rule.auth.resource.empty() && record.resource != rule.auth.resource))
        return contradicts(rule, record.provider);
    return {};
}

Error withRemedyOf(const AuthRule& rule, Error error) {
    if (error.code != ErrorCode::AuthorizationRequired || rule.type == AuthType::ApiKey)
        return error;
    std::string command = rule.type == AuthType::ServiceAccount
                              ? "keybearer service-account add " + rule.auth.provider
                              : "keybearer login " + rule.auth.provider;
    if (rule.type == AuthType::DeviceCode)
        command += " --device";
    for (const std::string& scope : rule.auth.scopes)
        command += " --scope " + scope;
    error.action = "Sign in with: " + command;
    for (auto& [key, value] : error.details) {
        if (key == "auth_type")
            value = std::string(authTypeWord(rule.type));
        else if (key == "instructions")
            value = "Run: " + command;
    }
    return error;
}

} // namespace keybearer
