#include "broker/providers/ProviderPreset.h"

#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/config/ConfigValue.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t textLimit = 1000; // a note for people is the longest

// Reads members of one object and keeps the first thing that is wrong, so that the reading below is straight.
class Members {
public:
    Members(const Json& object, std::string place, std::string& problem)
        : object_(object), place_(std::move(place)), problem_(problem) {
        if (!object.is_object()) {
            complain({}, "must be an object");
            return;
        }
        const std::vector<std::string>& known = providerPresetKeys().at(place_);
        for (const auto& [key, value] : object.items()) {
            if (std::find(known.begin(), known.end(), key) != known.end())
                continue;
            const std::string near = nearest(key, known);
            complain(displaySafe(key, 60),
                     near.empty() ? "unknown member" : "unknown member; did you mean " + near + "?");
        }
    }
    [[nodiscard]] bool has(const char* key) const { return object_.is_object() && object_.contains(key); }
    [[nodiscard]] const Json& at(const char* key) const { return object_.at(key); }

    std::string text(const char* key) {
        if (!has(key))
            return {};
        const std::optional<std::string> value = stringAt(object_, key);
        if (!value || value->empty() || value->size() > textLimit)
            complain(key, "must be a text that is not empty");
        return value.value_or(std::string());
    }
    std::string address(const char* key, bool isIssuer = false) {
        std::string value = text(key);
        const std::string what = value.empty() ? std::string() : addressProblem(value, isIssuer);
        if (!what.empty())
            complain(key, what);
        return value;
    }
    QUrl url(const char* key) {
        const std::string value = address(key);
        return value.empty() ? QUrl() : QUrl(QString::fromStdString(value), QUrl::StrictMode);
    }
    bool flag(const char* key, bool otherwise) {
        if (has(key) && !booleanAt(object_, key))
            complain(key, "must be true or false");
        return booleanAt(object_, key).value_or(otherwise);
    }
    std::vector<std::string> words(const char* key, const std::vector<std::string>& allowed = {}) {
        if (!has(key))
            return {};
        std::vector<std::string> out = stringsAt(object_, key);
        const bool whole = at(key).is_array() && out.size() == at(key).size() && !out.empty();
        if (!whole || !std::all_of(out.begin(), out.end(), isScope))
            complain(key, "must be a list of words");
        for (const std::string& word : out) {
            if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), word) == allowed.end())
                complain(key, displaySafe(word, 60) + " is none of " + join(allowed, ", "));
        }
        return out;
    }
    void complain(const std::string& key, const std::string& what) {
        if (!problem_.empty())
            return;
        problem_ = place_;
        if (!place_.empty() && !key.empty())
            problem_.append(".");
        problem_.append(key).append(problem_.empty() && key.empty() ? "" : ": ").append(what);
    }

private:
    const Json& object_;
    std::string place_;
    std::string& problem_;
};

std::optional<ClientAuthMethod> methodFrom(const std::string& word) {
    if (word == "none")
        return ClientAuthMethod::None;
    if (word == "client_secret_basic")
        return ClientAuthMethod::ClientSecretBasic;
    if (word == "client_secret_post")
        return ClientAuthMethod::ClientSecretPost;
    return std::nullopt;
}

void readEndpoints(Provider& provider, Members members) {
    AuthorizationServer server;
    server.issuer = members.address("issuer", true);
    server.authorizationEndpoint = members.url("authorization");
    server.tokenEndpoint = members.url("token");
    server.revocationEndpoint = members.url("revocation");
    server.userinfoEndpoint = members.url("userinfo");
    server.deviceAuthorizationEndpoint = members.url("device_authorization");
    server.jwksUri = members.url("jwks_uri");
    if (server.authorizationEndpoint.isEmpty() || server.tokenEndpoint.isEmpty())
        members.complain({}, "needs authorization and token");
    provider.endpoints = std::move(server);
}

void readQuirks(Provider::Quirks& quirks, Members members) {
    quirks.pkceWithoutMetadata = members.flag("pkce_without_metadata", quirks.pkceWithoutMetadata);
    quirks.rejectsResource = members.flag("rejects_resource", quirks.rejectsResource);
    quirks.requiresSecret = members.flag("requires_secret", quirks.requiresSecret);
    quirks.spaceInScopes = members.flag("space_in_scopes", quirks.spaceInScopes);
    quirks.redirectPath = members.text("redirect_path");
    if (!quirks.redirectPath.empty() && quirks.redirectPath.front() != '/')
        members.complain("redirect_path", "must begin with a slash");
    if (!members.has("authorization_parameters"))
        return;
    const Json& parameters = members.at("authorization_parameters");
    for (const auto& [key, value] : parameters.items()) {
        if (!parameters.is_object() || !value.is_string())
            return members.complain("authorization_parameters", "must be an object of texts");
        quirks.authorizationParameters[key] = value.get<std::string>();
    }
}

void readIdentity(Provider& provider, Members members) {
    Provider::IdentitySource identity;
    identity.url = members.url("url");
    if (identity.url.isEmpty())
        members.complain({}, "needs url");
    if (members.has("subject"))
        identity.subject = members.words("subject");
    if (members.has("label"))
        identity.label = members.words("label");
    provider.identity = std::move(identity);
}

void readTop(Provider& provider, Members& members) {
    provider.name = members.text("name");
    if (!isProviderName(provider.name))
        members.complain("name", "has lower-case letters, digits, dots, dashes and underscores only");
    provider.displayName = members.text("display_name");
    if (provider.displayName.empty())
        members.complain("display_name", "is missing");
    if (members.has("issuer"))
        provider.issuer = members.address("issuer", true);
    if (members.has("issuer") == members.has("endpoints"))
        members.complain({}, "needs issuer or endpoints, one of the two");
    provider.scopes = members.words("scopes");
    provider.flows = members.words("flows", {"browser", "device", "paste"});
    if (members.has("auth_method")) {
        provider.authMethod = methodFrom(members.text("auth_method"));
        if (!provider.authMethod)
            members.complain("auth_method", "is none of none, client_secret_basic, client_secret_post");
    }
}

} // namespace

const std::map<std::string, std::vector<std::string>>& providerPresetKeys() {
    static const std::map<std::string, std::vector<std::string>> keys = {
        {"",
         {"$schema", "name", "display_name", "issuer", "endpoints", "scopes", "flows", "auth_method",
          "quirks", "identity", "help"}},
        {"endpoints",
         {"issuer", "authorization", "token", "revocation", "userinfo", "device_authorization", "jwks_uri"}},
        {"quirks",
         {"pkce_without_metadata", "rejects_resource", "requires_secret", "space_in_scopes",
          "authorization_parameters", "redirect_path"}},
        {"identity", {"url", "subject", "label"}},
        {"help", {"register_url", "redirect_uri", "note"}},
    };
    return keys;
}

Result<Provider> parseProviderPreset(std::string_view text, std::string_view file) {
    const std::string where = displaySafe(file) + ": ";
    const Result<Json> document = parseJson(text);
    if (!document)
        return failure(ErrorCode::InvalidParams, where + document.error().message);
    std::string problem;
    Provider provider;
    Members members(*document, {}, problem);
    readTop(provider, members);
    if (members.has("endpoints"))
        readEndpoints(provider, Members(members.at("endpoints"), "endpoints", problem));
    if (members.has("quirks"))
        readQuirks(provider.quirks, Members(members.at("quirks"), "quirks", problem));
    if (members.has("identity"))
        readIdentity(provider, Members(members.at("identity"), "identity", problem));
    if (members.has("help")) {
        Members help(members.at("help"), "help", problem);
        provider.help = {help.address("register_url"), help.text("redirect_uri"), help.text("note")};
    }
    if (!problem.empty())
        return failure(ErrorCode::InvalidParams, where + problem);
    return provider;
}

} // namespace keybearer
