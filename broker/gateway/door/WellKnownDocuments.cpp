#include "broker/gateway/door/WellKnownDocuments.h"

#include "broker/gateway/door/Answers.h"

namespace keybearer {

namespace {

// Clients ask anew for each sign-in; what changes with the configuration is not to be kept.
constexpr const char* caching = "no-cache";

// What a client may ask for; that it can stay signed in is no scope of ours.
std::vector<std::string> askableScopes(const DoorService& service) {
    std::vector<std::string> out = service.scopes;
    std::erase(out, "offline_access");
    if (out.empty())
        out.push_back(service.name);
    return out;
}

// How a client may say who it is; most have no secret, and that stands first.
Json clientProofs(const char* usual) {
    return Json::array({usual, "client_secret_basic", "client_secret_post"});
}

} // namespace

Json protectedResourceDocument(const DoorService& service, const std::string& base) {
    return Json{{"resource", base + "/" + service.name + "/mcp"},
                {"authorization_servers", Json::array({base + "/as/" + service.name})},
                {"scopes_supported", askableScopes(service)},
                {"bearer_methods_supported", Json::array({"header"})},
                {"resource_name", service.title}};
}

// What is not there is left out: a null is an error to some clients.
Json authorizationServerDocument(const DoorService& service, const DoorTerms& terms,
                                 const std::string& base) {
    const std::string issuer = base + "/as/" + service.name;
    Json out{{"issuer", issuer},
             {"authorization_endpoint", issuer + "/authorize"},
             {"token_endpoint", issuer + "/token"},
             {"introspection_endpoint", issuer + "/introspect"},
             {"jwks_uri", issuer + "/jwks"},
             {"scopes_supported", askableScopes(service)},
             {"response_types_supported", Json::array({"code"})},
             {"response_modes_supported", Json::array({"query"})},
             {"grant_types_supported", Json::array({"authorization_code", "refresh_token"})},
             {"code_challenge_methods_supported", Json::array({"S256"})},
             {"token_endpoint_auth_methods_supported", clientProofs("none")},
             {"introspection_endpoint_auth_methods_supported", clientProofs("Bearer")},
             {"authorization_response_iss_parameter_supported", true}};
    if (terms.registration())
        out["registration_endpoint"] = issuer + "/register";
    if (terms.revocation()) {
        out["revocation_endpoint"] = issuer + "/revoke";
        out["revocation_endpoint_auth_methods_supported"] = clientProofs("none");
    }
    if (terms.clientIdMetadata())
        out["client_id_metadata_document_supported"] = true;
    return out;
}

std::unique_ptr<Answerer> WellKnownDocuments::serve(ServedRequest& request) {
    const RequestHead& head = request.head();
    const DoorService* service = terms_.service(head.service);
    const Json* issuerKeys = terms_.issuerKeys(head.service);
    if (service == nullptr && issuerKeys != nullptr && kind_ == Kind::Keys) {
        answerJson(request, 200, *issuerKeys, {{"cache-control", caching}});
        return nullptr;
    }
    if (service == nullptr) {
        answerRefusal(request, {404, "not_found", "there is no service of that name"});
        return nullptr;
    }
    const Json document = kind_ == Kind::ProtectedResource ? protectedResourceDocument(*service, head.base)
                          : kind_ == Kind::AuthorizationServer
                              ? authorizationServerDocument(*service, terms_, head.base)
                              : terms_.jwks();
    answerJson(request, 200, document, {{"cache-control", caching}});
    return nullptr;
}

} // namespace keybearer
