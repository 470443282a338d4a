#include "broker/accounts/SignInRoute.h"

#include "broker/accounts/MachineRoutes.h"
#include "broker/base/Text.h"
#include "broker/oauth/AuthorizationCodeFlow.h"
#include "broker/oauth/DeviceAuthorizationFlow.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::pair<SignInFlow, std::string_view> flows[] = {
    {SignInFlow::Browser, "browser"},       {SignInFlow::Paste, "paste"},
    {SignInFlow::Device, "device"},         {SignInFlow::ClientCredentials, "client_credentials"},
    {SignInFlow::Enterprise, "enterprise"}, {SignInFlow::Workload, "workload"},
};

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool isAllowed(SignInFlow flow, const Provider& provider) {
    if (flow == SignInFlow::Enterprise || flow == SignInFlow::Workload)
        return true; // whoever configured whose word counts has allowed it
    if (provider.flows.empty())
        return flow == SignInFlow::Browser || flow == SignInFlow::Paste;
    // To paste is to use a browser that is elsewhere.
    return contains(provider.flows, flowWord(flow)) ||
           (flow == SignInFlow::Paste && contains(provider.flows, "browser"));
}

bool worksWith(SignInFlow flow, const ServerAccess& access) {
    switch (flow) {
    case SignInFlow::Browser:
    case SignInFlow::Paste:
        return !access.server.authorizationEndpoint.isEmpty();
    case SignInFlow::Device:
        return !access.server.deviceAuthorizationEndpoint.isEmpty();
    case SignInFlow::ClientCredentials:
        return access.client.method != ClientAuthMethod::None;
    case SignInFlow::Enterprise:
        return access.enterprise.has_value();
    case SignInFlow::Workload:
        return access.workload.has_value();
    }
    return false;
}

Error flowDisabled(const Provider& provider, const std::string& flow, bool allowed) {
    std::string action;
    if (!allowed)
        action.append("Allow it in config.yaml: providers: {")
            .append(provider.name)
            .append(": {flows: [browser, ")
            .append(flow)
            .append("]}}, or sign in another way.");
    else if (flow == "client_credentials")
        action.append("Give the client a secret or a key: providers.")
            .append(provider.name)
            .append(".client_secret or .client_auth in config.yaml.");
    else
        action = "Its server does not offer that; sign in another way.";
    Error error(ErrorCode::PolicyDenied, provider.displayName + " cannot be signed in to by the flow " + flow,
                std::move(action));
    error.details.emplace_back("reason", std::string("flow_disabled"));
    error.details.emplace_back("flow", flow);
    error.details.emplace_back("flows", provider.flows);
    return error;
}

// A pushed request is good for a minute or less, which is enough for a browser that opens at once, but not
// for a person who carries the address to another machine.
PushedRequests pushedRequests(const Provider& provider, const ServerAccess& access, SignInFlow way) {
    if (provider.par == Provider::Demand::Auto && way == SignInFlow::Paste &&
        !access.server.requiresPushedAuthorization)
        return PushedRequests::Never;
    return provider.par == Provider::Demand::Required ? PushedRequests::Required
           : provider.par == Provider::Demand::Never  ? PushedRequests::Never
                                                      : PushedRequests::Auto;
}

// Authorization code, answered to this machine or pasted.
class BrowserRoute final : public SignInRoute {
public:
    BrowserRoute(SignInFlow flow, Setup setup, Completion<TokenSet> done)
        : way_(flow), flow_(setup.http, setup.clock, flowSetup(flow, std::move(setup)), std::move(done)) {}

    void start(Completion<SignInInvitation> ready) override {
        flow_.start([way = way_, ready = std::move(ready)](Result<QUrl> url) {
            if (!url)
                return ready(failure(std::move(url.error())));
            ready(SignInInvitation{way, std::move(*url), std::nullopt});
        });
    }
    Result<void> complete(const std::string& redirectUrl) override { return flow_.complete(redirectUrl); }
    std::string nonce() const override { return flow_.nonce(); }

private:
    static AuthorizationCodeFlow::Setup flowSetup(SignInFlow flow, Setup setup) {
        const Provider& provider = setup.provider;
        AuthorizationCodeFlow::Setup out;
        out.server = setup.access.server;
        out.client = setup.access.client;
        out.scopes = std::move(setup.scopes);
        out.scopeSeparator = setup.access.scopeSeparator;
        out.extraParameters = provider.quirks.authorizationParameters;
        if (setup.accountHint)
            out.extraParameters["login_hint"] = *setup.accountHint;
        // OpenID Connect Core section 11: no refresh token without consent having been asked for, unless
        // told otherwise.
        if (contains(out.scopes, "offline_access") && !out.extraParameters.contains("prompt"))
            out.extraParameters["prompt"] = "consent";
        out.redirectPath = provider.quirks.redirectPath;
        out.next = std::move(setup.next);
        out.openId = contains(out.scopes, "openid");
        out.pkceWithoutMetadata = provider.quirks.pkceWithoutMetadata || provider.endpoints.has_value();
        out.par = pushedRequests(provider, setup.access, flow);
        setDpop(out, provider);
        out.resource = setup.resource;
        out.timeout = setup.patience;
        out.onExchanging = std::move(setup.onExchanging);
        return out;
    }

    SignInFlow way_;
    AuthorizationCodeFlow flow_;
};

class DeviceRoute final : public SignInRoute {
public:
    DeviceRoute(Setup setup, Completion<TokenSet> done)
        : flow_(setup.http, setup.clock, flowSetup(std::move(setup)), std::move(done)) {}

    void start(Completion<SignInInvitation> ready) override {
        flow_.start([ready = std::move(ready)](Result<DeviceCode> code) {
            if (!code)
                return ready(failure(std::move(code.error())));
            ready(SignInInvitation{SignInFlow::Device, {}, std::move(*code)});
        });
    }

private:
    static DeviceAuthorizationFlow::Setup flowSetup(Setup setup) {
        DeviceAuthorizationFlow::Setup out;
        out.server = setup.access.server;
        out.client = setup.access.client;
        out.scopes = std::move(setup.scopes);
        out.scopeSeparator = setup.access.scopeSeparator;
        setDpop(out, setup.provider);
        out.resource = setup.resource;
        return out;
    }

    DeviceAuthorizationFlow flow_;
};

} // namespace

CredentialKind kindOf(SignInFlow flow) {
    switch (flow) {
    case SignInFlow::ClientCredentials:
        return CredentialKind::ClientCredentials;
    case SignInFlow::Enterprise:
        return CredentialKind::Enterprise;
    case SignInFlow::Workload:
        return CredentialKind::Workload;
    case SignInFlow::Browser:
    case SignInFlow::Paste:
    case SignInFlow::Device:
        break;
    }
    return CredentialKind::SignIn;
}

std::string_view flowWord(SignInFlow flow) {
    return flows[static_cast<std::size_t>(flow)].second;
}

Result<SignInFlow> chooseFlow(const std::string& asked, const Provider& provider, const ServerAccess& access,
                              bool deviceFirst) {
    if (asked != "auto") {
        for (const auto& [flow, word] : flows) {
            if (word == asked && isAllowed(flow, provider) && worksWith(flow, access))
                return flow;
            if (word == asked)
                return failure(flowDisabled(provider, asked, isAllowed(flow, provider)));
        }
        return failure(ErrorCode::InvalidParams, "there is no flow " + displaySafe(asked, 64));
    }
    for (const SignInFlow vouched : {SignInFlow::Enterprise, SignInFlow::Workload}) {
        if (provider.flows.empty() && worksWith(vouched, access))
            return vouched;
    }
    if (deviceFirst && isAllowed(SignInFlow::Device, provider) && worksWith(SignInFlow::Device, access))
        return SignInFlow::Device;
    const std::vector<std::string> usual{"browser"};
    const std::vector<std::string>& order = provider.flows.empty() ? usual : provider.flows;
    for (const std::string& word : order) {
        for (const auto& [flow, known] : flows) {
            if (known == word && worksWith(flow, access))
                return flow;
        }
    }
    return failure(flowDisabled(provider, order.front(), true));
}

std::vector<std::string> scopesWithoutAPerson(std::vector<std::string> scopes) {
    static const std::vector<std::string> personal{"openid", "offline_access", "profile", "email"};
    std::erase_if(scopes, [](const std::string& scope) { return contains(personal, scope); });
    return scopes;
}

Result<void> SignInRoute::complete(const std::string&) {
    return failure(ErrorCode::InvalidRequest, "this sign-in does not wait for a redirect",
                   "It goes on by itself; nothing needs to be pasted.");
}

std::unique_ptr<SignInRoute> SignInRoute::make(SignInFlow flow, Setup setup, Completion<TokenSet> done) {
    if (flow == SignInFlow::Device)
        return std::make_unique<DeviceRoute>(std::move(setup), std::move(done));
    if (needsNobody(flow))
        return makeMachineRoute(flow, setup, std::move(done));
    return std::make_unique<BrowserRoute>(flow, std::move(setup), std::move(done));
}

} // namespace keybearer
