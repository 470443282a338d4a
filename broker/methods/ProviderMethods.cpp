#include "broker/methods/ProviderMethods.h"

#include "broker/methods/FindingWire.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"
#include "broker/providers/ProviderWords.h"

namespace keybearer {

namespace {

constexpr std::size_t mostChecks = 8; // at once; each asks a stranger's server

Json entryOf(const Provider& provider) {
    Json entry{{"name", provider.name},
               {"display_name", provider.displayName},
               {"configured", !provider.clientId.empty()},
               {"scopes", provider.scopes},
               {"flows", provider.flows}};
    if (provider.issuer)
        entry["issuer"] = *provider.issuer;
    if (!provider.help.registerUrl.empty())
        entry["register_url"] = provider.help.registerUrl;
    if (!provider.help.redirectUri.empty())
        entry["redirect_uri"] = provider.help.redirectUri;
    if (!provider.help.note.empty())
        entry["note"] = provider.help.note;
    return entry;
}

Json endpointsOf(const AuthorizationServer& server) {
    Json out = Json::object();
    const auto put = [&out](const char* key, const QUrl& url) {
        if (!url.isEmpty())
            out[key] = url.toString(QUrl::FullyEncoded).toStdString();
    };
    put("authorization", server.authorizationEndpoint);
    put("token", server.tokenEndpoint);
    put("revocation", server.revocationEndpoint);
    put("userinfo", server.userinfoEndpoint);
    put("device_authorization", server.deviceAuthorizationEndpoint);
    return out;
}

} // namespace

void ProviderMethods::addTo(MethodTable& table) {
    table.add("provider.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("provider.show",
              [this](const CallContext&, const Json& params, const Reply& reply) { show(params, reply); });
    table.add("provider.test",
              [this](const CallContext&, const Json& params, const Reply& reply) { test(params, reply); });
    table.add("provider.reload",
              [this](const CallContext&, const Json& params, const Reply& reply) { reload(params, reply); });
}

void ProviderMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json providers = Json::array();
    for (const Provider* provider : catalog_.all())
        providers.push_back(entryOf(*provider));
    reply.result(Json{{"providers", std::move(providers)}});
}

void ProviderMethods::show(const Json& params, const Reply& reply) const {
    const std::optional<ProviderParams> which = paramsOrAnswer<ProviderParams>(params, reply);
    if (!which)
        return;
    const Provider* provider = catalog_.find(which->provider);
    if (provider == nullptr)
        return reply.error(catalog_.unknownProvider(which->provider));
    Json out = entryOf(*provider);
    if (!provider->clientId.empty())
        out["client_id"] = provider->clientId;
    if (provider->endpoints)
        out["endpoints"] = endpointsOf(*provider->endpoints);
    if (provider->domain)
        out["domain"] = Json{{"value", provider->domain->value},
                             {"example", provider->domain->example},
                             {"note", provider->domain->note}};
    out["scopes_help"] = Json(provider->help.scopes);
    out["quirks"] = quirkWords(*provider);
    out["config"] = configLines(*provider);
    reply.result(out);
}

void ProviderMethods::test(const Json& params, const Reply& reply) {
    const std::optional<ProviderParams> which = paramsOrAnswer<ProviderParams>(params, reply);
    if (!which)
        return;
    const Provider* provider = catalog_.find(which->provider);
    if (provider == nullptr)
        return reply.error(catalog_.unknownProvider(which->provider));
    if (checks_.size() >= mostChecks)
        return reply.error(Error(ErrorCode::RateLimited, "too many providers are being tested",
                                 "Wait for the answers to the others.")
                               .retry(std::chrono::seconds(10)));
    const std::uint64_t number = ++lastCheck_;
    auto check = std::make_unique<ProviderCheck>(
        *provider, http_, clock_,
        [this, number, name = provider->name, reply](const Result<ProviderCheck::Findings>& findings) {
            onTested(number, name, reply, *findings);
        });
    ProviderCheck& started = *check;
    checks_[number] = std::move(check);
    started.start();
}

void ProviderMethods::reload(const Json& params, const Reply& reply) {
    const std::optional<ProviderParams> which = paramsOrAnswer<ProviderParams>(params, reply);
    if (!which)
        return;
    if (const Result<void> read = reload_(); !read)
        return reply.error(read.error());
    const Provider* provider = catalog_.find(which->provider);
    if (provider == nullptr)
        return reply.error(catalog_.unknownProvider(which->provider));
    if (provider->clientId.empty())
        return reply.error(
            Error(ErrorCode::NotConfigured, "config.yaml names no client id of " + provider->displayName,
                  "Add it with: keybearer provider add " + provider->name + " --client-id ID"));
    reply.result(entryOf(*provider));
}

void ProviderMethods::onTested(std::uint64_t number, const std::string& provider, const Reply& reply,
                               const ProviderCheck::Findings& findings) {
    if (const auto found = checks_.find(number); found != checks_.end()) {
        found->second.release()->deleteLater(); // we are inside its last act
        checks_.erase(found);
    }
    reply.result(Json{{"provider", provider}, {"ok", !hasError(findings)}, {"findings", toWire(findings)}});
}

} // namespace keybearer
