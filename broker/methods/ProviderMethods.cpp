#include "broker/methods/ProviderMethods.h"

#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

void ProviderMethods::addTo(MethodTable& table) {
    table.add("provider.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
}

void ProviderMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json providers = Json::array();
    for (const Provider& provider : catalog_.all()) {
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
        providers.push_back(std::move(entry));
    }
    reply.result(Json{{"providers", std::move(providers)}});
}

} // namespace keybearer
