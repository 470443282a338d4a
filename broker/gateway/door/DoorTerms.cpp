#include "broker/gateway/door/DoorTerms.h"

#include <algorithm>

namespace keybearer {

namespace {

DoorService serviceOf(const Json& value) {
    DoorService out;
    out.name = stringAt(value, "name").value_or("");
    out.title = stringAt(value, "title").value_or(out.name);
    out.scopes = stringsAt(value, "scopes");
    out.url = stringAt(value, "url").value_or("");
    out.health = booleanAt(value, "health").value_or(false);
    out.local = booleanAt(value, "local").value_or(false);
    return out;
}

} // namespace

bool DoorTerms::replace(const Json& params) {
    const auto services = params.is_object() ? params.find("services") : params.end();
    if (!params.is_object() || services == params.end() || !services->is_array())
        return false;
    std::vector<DoorService> next;
    for (const Json& value : *services) {
        next.push_back(value.is_object() ? serviceOf(value) : DoorService());
        if (next.back().name.empty())
            return false;
    }
    services_ = std::move(next);
    issuers_.clear();
    if (const auto issuers = params.find("issuers"); issuers != params.end() && issuers->is_array()) {
        for (const Json& issuer : *issuers) {
            const auto keys = issuer.is_object() ? issuer.find("jwks") : issuer.end();
            if (issuer.is_object() && keys != issuer.end())
                issuers_.emplace_back(stringAt(issuer, "name").value_or(""), *keys);
        }
    }
    origins_ = stringsAt(params, "origins");
    base_ = stringAt(params, "base").value_or("");
    registration_ = booleanAt(params, "registration").value_or(false);
    clientIdMetadata_ = booleanAt(params, "client_id_metadata").value_or(false);
    revocation_ = booleanAt(params, "revocation").value_or(false);
    const auto jwks = params.find("jwks");
    jwks_ = jwks != params.end() && jwks->is_object() ? *jwks : Json{{"keys", Json::array()}};
    return true;
}

const Json* DoorTerms::issuerKeys(std::string_view name) const {
    const auto found = std::find_if(issuers_.begin(), issuers_.end(),
                                    [&](const auto& issuer) { return issuer.first == name; });
    return name.empty() || found == issuers_.end() ? nullptr : &found->second;
}

const DoorService* DoorTerms::service(std::string_view name) const {
    const auto found = std::find_if(services_.begin(), services_.end(),
                                    [&](const DoorService& service) { return service.name == name; });
    return found == services_.end() ? nullptr : &*found;
}

} // namespace keybearer
