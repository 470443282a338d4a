#include "broker/authserver/ClientMetadata.h"

#include "broker/authserver/RedirectUri.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t mostRedirects = 16;  // Cursor has three, VS Code four
constexpr std::size_t longestName = 1024;  // bytes that are looked at; more is no name
constexpr std::size_t shownName = 64;      // characters that are kept
constexpr std::size_t longestWords = 1024; // of a list of words: grant types, scopes
constexpr std::array authMethods{"none", "client_secret_basic", "client_secret_post"};

tl::unexpected<Error> refused(const char* error, std::string why) {
    Error out(ErrorCode::ProviderError, std::move(why));
    out.details.emplace_back("error", std::string(error));
    return failure(std::move(out));
}

tl::unexpected<Error> badMetadata(std::string why) {
    return refused("invalid_client_metadata", std::move(why));
}

// Absent, or a text; anything else is an error of the document.
bool isTextOrAbsent(const Json& document, const char* name) {
    const auto found = document.find(name);
    return found == document.end() || found->is_string();
}

// Absent, or texts of which one is `needed`.
bool listHolds(const Json& document, const char* name, const std::string& needed) {
    const auto found = document.find(name);
    if (found == document.end())
        return true;
    if (!found->is_array() || found->size() > longestWords)
        return false;
    const bool texts =
        std::all_of(found->begin(), found->end(), [](const Json& at) { return at.is_string(); });
    return texts && std::find(found->begin(), found->end(), Json(needed)) != found->end();
}

Result<std::vector<std::string>> redirectsOf(const Json& document) {
    const auto found = document.find("redirect_uris");
    if (found == document.end() || !found->is_array() || found->empty() || found->size() > mostRedirects)
        return refused("invalid_redirect_uri", "redirect_uris must be a list of 1 to 16 addresses");
    std::vector<std::string> out;
    for (const Json& at : *found) {
        if (!at.is_string())
            return refused("invalid_redirect_uri", "redirect_uris must hold nothing but texts");
        const std::string& uri = at.get_ref<const std::string&>();
        const RedirectVerdict verdict = judgeRedirect(uri);
        if (verdict == RedirectVerdict::Refuse)
            return refused("invalid_redirect_uri",
                           "a redirect address is https, http on this machine, or of an application's own "
                           "scheme, without a fragment");
        if (verdict == RedirectVerdict::Accept && std::find(out.begin(), out.end(), uri) == out.end())
            out.push_back(uri);
    }
    if (out.empty())
        return refused("invalid_redirect_uri", "http is for this machine alone; others need https");
    return out;
}

Result<std::string> nameOf(const Json& document) {
    if (!isTextOrAbsent(document, "client_name"))
        return badMetadata("client_name is no text");
    const std::string name = stringAt(document, "client_name").value_or("");
    if (name.size() > longestName)
        return badMetadata("client_name is too long");
    const std::string shown = displaySafe(name, shownName);
    return shown.find_first_not_of(' ') == std::string::npos ? std::string("a client without a name") : shown;
}

} // namespace

Result<LocalClient> readClientMetadata(const Json& document) {
    if (!document.is_object())
        return badMetadata("the client's metadata is no JSON object");
    LocalClient client;
    Result<std::vector<std::string>> redirects = redirectsOf(document);
    if (!redirects)
        return tl::unexpected(redirects.error());
    Result<std::string> name = nameOf(document);
    if (!name)
        return tl::unexpected(name.error());
    client.redirectUris = std::move(*redirects);
    client.name = std::move(*name);
    if (!listHolds(document, "grant_types", "authorization_code"))
        return badMetadata("grant_types must be a list with authorization_code");
    if (!listHolds(document, "response_types", "code"))
        return badMetadata("response_types must be a list with code");
    for (const char* member : {"token_endpoint_auth_method", "application_type", "scope"}) {
        if (!isTextOrAbsent(document, member) ||
            stringAt(document, member).value_or("").size() > longestWords)
            return badMetadata(std::string(member).append(" is no text, or too long"));
    }
    client.authMethod = stringAt(document, "token_endpoint_auth_method").value_or("none");
    if (std::find(authMethods.begin(), authMethods.end(), client.authMethod) == authMethods.end())
        return badMetadata("token_endpoint_auth_method is none, client_secret_basic or client_secret_post");
    client.applicationType = stringAt(document, "application_type").value_or("");
    if (!client.applicationType.empty() && client.applicationType != "native" &&
        client.applicationType != "web")
        return badMetadata("application_type is native or web");
    return client;
}

Json clientInformation(const LocalClient& client) {
    Json out{{"client_id", client.id},
             {"client_id_issued_at", toUnixSeconds(client.createdAt)},
             {"client_name", client.name},
             {"redirect_uris", client.redirectUris},
             {"grant_types", {"authorization_code", "refresh_token"}},
             {"response_types", {"code"}},
             {"token_endpoint_auth_method", client.authMethod},
             {"scope", client.service}};
    if (!client.applicationType.empty())
        out["application_type"] = client.applicationType;
    return out;
}

} // namespace keybearer
