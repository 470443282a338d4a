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
    // The same members of another object, with the same {domain}.
    [[nodiscard]] Members inner(const char* key) const {
        Members members(at(key), key, problem_);
        members.domain_ = domain_;
        return members;
    }
    void setDomain(std::string domain) { domain_ = std::move(domain); }

    std::string address(const char* key, bool isIssuer = false) {
        std::string value = text(key);
        constexpr std::string_view blank = "{domain}";
        const std::size_t at = value.find(blank);
        if (at != std::string::npos && domain_.empty())
            complain(key, "holds {domain}, but there is no member domain");
        else if (at != std::string::npos)
            value.replace(at, blank.size(), domain_);
        const std::string what = value.empty() ? std::string() : addressProblem(value, isIssuer);
        if (!what.empty())
            complain(key, what);
        return value;
    }
    QUrl url(const char* key) {
        const std::string value = address(key);
        return value.empty() ? QUrl() : QUrl(QString::fromStdString(value), QUrl::StrictMode);
    }
    int number(const char* key, int least, int most) {
        if (!has(key))
            return 0;
        const std::optional<std::int64_t> value = integerAt(object_, key);
        if (!value || *value < least || *value > most) {
            complain(key,
                     "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
            return 0;
        }
        return static_cast<int>(*value);
    }
    // One of the words, by its place among them; the first if absent.
    std::size_t choice(const char* key, const std::vector<std::string>& choices) {
        if (!has(key))
            return 0;
        const auto found = std::find(choices.begin(), choices.end(), text(key));
        if (found == choices.end()) {
            complain(key, "is none of " + join(choices, ", "));
            return 0;
        }
        return static_cast<std::size_t>(found - choices.begin());
    }
    std::map<std::string, std::string> texts(const char* key) {
        std::map<std::string, std::string> out;
        if (!has(key))
            return out;
        if (!at(key).is_object()) {
            complain(key, "must be an object of texts");
            return out;
        }
        for (const auto& [name, value] : at(key).items()) {
            if (!value.is_string() || value.get_ref<const std::string&>().size() > textLimit)
                complain(key, "must be an object of texts");
            else
                out[name] = value.get<std::string>();
        }
        return out;
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
    std::string domain_; // what {domain} in an address stands for
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
    quirks.ignoresPkce = members.flag("ignores_pkce", quirks.ignoresPkce);
    quirks.rejectsResource = members.flag("rejects_resource", quirks.rejectsResource);
    quirks.requiresSecret = members.flag("requires_secret", quirks.requiresSecret);
    quirks.spaceInScopes = members.flag("space_in_scopes", quirks.spaceInScopes);
    quirks.redirectPath = members.text("redirect_path");
    if (!quirks.redirectPath.empty() && quirks.redirectPath.front() != '/')
        members.complain("redirect_path", "must begin with a slash");
    quirks.authorizationParameters = members.texts("authorization_parameters");
    quirks.redirectPort = members.number("redirect_port", 1024, 65535);
    quirks.redirectHost = members.choice("redirect_host", {"127.0.0.1", "localhost"}) == 1 ? "localhost" : "";
    quirks.jsonOnlyWithAccept = members.flag("json_only_with_accept", quirks.jsonOnlyWithAccept);
    quirks.secretAsBasicUser = members.flag("secret_as_basic_user", quirks.secretAsBasicUser);
    quirks.basicWithoutFormEncoding =
        members.flag("basic_without_form_encoding", quirks.basicWithoutFormEncoding);
    quirks.tokenBody = members.choice("token_body", {"form", "json"}) == 1 ? Provider::TokenBody::JsonObject
                                                                           : Provider::TokenBody::Form;
    quirks.tokenObject = members.text("token_object");
    quirks.scopeParameter = members.text("scope_parameter");
    const std::size_t revocation = members.choice("revocation", {"rfc7009", "none", "github"});
    quirks.revocation = revocation == 1   ? Provider::Revocation::None
                        : revocation == 2 ? Provider::Revocation::GitHub
                                          : Provider::Revocation::Rfc7009;
    quirks.refreshTokenDays = members.number("refresh_token_days", 1, 3650);
    quirks.assertionAudience = members.choice("assertion_audience", {"issuer", "token_endpoint"}) == 1
                                   ? AssertionAudience::TokenEndpoint
                                   : AssertionAudience::Issuer;
}

Provider::Demand demandOf(Members& members, const char* key) {
    const std::size_t choice = members.choice(key, {"auto", "required", "never"});
    return choice == 1   ? Provider::Demand::Required
           : choice == 2 ? Provider::Demand::Never
                         : Provider::Demand::Auto;
}

// Reads member domain and gives the addresses something to put in for {domain}: an example while nothing
// real is known, so that the file is checked all the same.
void readDomain(Provider& provider, Members& members, const std::string& domain) {
    if (!members.has("domain")) {
        if (!domain.empty())
            members.complain("domain", "is of no use for this provider");
        return;
    }
    Members own = members.inner("domain");
    provider.domain = {domain, own.text("example"), own.text("note")};
    const std::string usual = own.text("default");
    for (const std::string& each : {provider.domain->example, usual}) {
        if (!each.empty() && !isDomain(each))
            own.complain({}, displaySafe(each, 60) + " is no domain");
    }
    if (provider.domain->example.empty())
        own.complain("example", "is missing");
    if (domain.empty())
        provider.domain->value = usual;
    const bool known = !provider.domain->value.empty();
    members.setDomain(known ? provider.domain->value : provider.domain->example);
}

// What was read with an example in place of the domain must not be used.
void forgetAddresses(Provider& provider) {
    provider.issuer.reset();
    provider.endpoints.reset();
    provider.identity.reset();
    if (provider.help.registerUrl.find(provider.domain->example) != std::string::npos)
        provider.help.registerUrl.clear();
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
    provider.flows = members.words("flows", {"browser", "device", "paste", "client_credentials"});
    if (members.has("auth_method")) {
        provider.authMethod = methodFrom(members.text("auth_method"));
        if (!provider.authMethod)
            members.complain("auth_method", "is none of none, client_secret_basic, client_secret_post");
    }
    provider.par = demandOf(members, "par");
    provider.dpop = demandOf(members, "dpop");
}

} // namespace

const std::map<std::string, std::vector<std::string>>& providerPresetKeys() {
    static const std::map<std::string, std::vector<std::string>> keys = {
        {"",
         {"$schema", "name", "display_name", "issuer", "endpoints", "domain", "scopes", "flows",
          "auth_method", "par", "dpop", "quirks", "identity", "help", "scopes_help"}},
        {"domain", {"example", "default", "note"}},
        {"endpoints",
         {"issuer", "authorization", "token", "revocation", "userinfo", "device_authorization", "jwks_uri"}},
        {"quirks",
         {"pkce_without_metadata", "ignores_pkce", "rejects_resource", "requires_secret", "space_in_scopes",
          "authorization_parameters", "redirect_path", "redirect_port", "redirect_host",
          "json_only_with_accept", "basic_without_form_encoding", "secret_as_basic_user", "token_body",
          "token_object", "scope_parameter", "revocation", "refresh_token_days", "assertion_audience"}},
        {"identity", {"url", "subject", "label"}},
        {"help", {"register_url", "redirect_uri", "note"}},
    };
    return keys;
}

Result<Provider> parseProviderPreset(std::string_view text, std::string_view file,
                                     const std::string& domain) {
    const std::string where = displaySafe(file) + ": ";
    const Result<Json> document = parseJson(text);
    if (!document)
        return failure(ErrorCode::InvalidParams, where + document.error().message);
    std::string problem;
    Provider provider;
    Members members(*document, {}, problem);
    readDomain(provider, members, domain);
    readTop(provider, members);
    if (members.has("endpoints"))
        readEndpoints(provider, members.inner("endpoints"));
    if (members.has("quirks"))
        readQuirks(provider.quirks, members.inner("quirks"));
    if (members.has("identity"))
        readIdentity(provider, members.inner("identity"));
    if (members.has("help")) {
        Members help = members.inner("help");
        provider.help = {help.address("register_url"), help.text("redirect_uri"), help.text("note"), {}};
    }
    provider.help.scopes = members.texts("scopes_help");
    if (provider.domain && provider.domain->value.empty())
        forgetAddresses(provider);
    if (!problem.empty())
        return failure(ErrorCode::InvalidParams, where + problem);
    return provider;
}

} // namespace keybearer
