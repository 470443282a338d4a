#include "broker/oauth/DynamicRegistration.h"

#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/oauth/ClientAuthentication.h"
#include "broker/oauth/TokenResponse.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds registrationDeadline{20'000};
constexpr std::size_t responseLimit = std::size_t{64} << 10;
constexpr std::size_t longestClientId = 2048; // of some servers it is a JWT
constexpr std::size_t longestSecret = 4096;
constexpr std::int64_t endOfTime = 253'402'300'799; // the year 9999
constexpr const char* clientName = "Keybearer";

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

// Absent: RFC 8414 says client_secret_basic, but what an application on a person's machine is, is a public
// client, and a server that cannot have one says what it made of it.
std::string methodFor(const AuthorizationServer& server) {
    for (const char* method : {"none", "client_secret_basic", "client_secret_post"}) {
        if (contains(server.tokenEndpointAuthMethods, method))
            return method;
    }
    return "none";
}

Json grantsFor(const AuthorizationServer& server, bool less) {
    Json grants = Json::array({"authorization_code"});
    const bool silent = server.grantTypes.empty();
    if (!less || contains(server.grantTypes, "refresh_token"))
        grants.push_back("refresh_token");
    constexpr const char* device = "urn:ietf:params:oauth:grant-type:device_code";
    if (!server.deviceAuthorizationEndpoint.isEmpty() && (contains(server.grantTypes, device) || silent) &&
        !less)
        grants.push_back(device);
    return grants;
}

tl::unexpected<Error> unusable(const std::string& why) {
    return failure(ErrorCode::ProviderError, "The registration of our client was answered with " + why);
}

// RFC 7591 section 3.2.2, and a plain 400 of those who say nothing more.
bool blamesMetadata(const HttpResponse& response, const Error& error) {
    const ErrorDetail* word = error.detail("error");
    if (word == nullptr)
        return response.status == 400;
    return std::holds_alternative<std::string>(*word) &&
           (std::get<std::string>(*word) == "invalid_redirect_uri" ||
            std::get<std::string>(*word) == "invalid_client_metadata" ||
            std::get<std::string>(*word) == "invalid_scope");
}

} // namespace

std::string registrationRequest(const DynamicRegistration::Setup& setup, bool less) {
    const std::string host = "http://127.0.0.1";
    std::string fixed = host;
    fixed.append(":").append(std::to_string(setup.redirectPort)).append(setup.redirectPath);
    Json redirects = Json::array({fixed});
    if (!less)
        redirects.push_back(host + setup.redirectPath);
    Json request{{"client_name", clientName},
                 {"application_type", "native"},
                 {"redirect_uris", redirects},
                 {"grant_types", grantsFor(setup.server, less)},
                 {"response_types", Json::array({"code"})},
                 {"token_endpoint_auth_method", methodFor(setup.server)}};
    if (!setup.scopes.empty() && !less)
        request["scope"] = join(setup.scopes, " ");
    return dumpJson(request);
}

Result<RegisteredOAuthClient> parseRegistration(const Secret& json, const DynamicRegistration::Setup& setup) {
    Result<Json> document = parseJson(json.reveal());
    if (!document || !document->is_object())
        return unusable("something that is no JSON object");
    RegisteredOAuthClient client;
    client.clientId = stringAt(*document, "client_id").value_or("");
    std::string secret = stringAt(*document, "client_secret").value_or("");
    const bool plain = isVisibleAscii(client.clientId) && isVisibleAscii(secret) &&
                       client.clientId.size() <= longestClientId && secret.size() <= longestSecret;
    client.clientSecret = Secret::takeFrom(secret);
    const std::optional<std::string> word = stringAt(*document, "token_endpoint_auth_method");
    const std::int64_t expires = integerAt(*document, "client_secret_expires_at").value_or(0);
    wipeJson(*document);
    if (client.clientId.empty() || !plain)
        return unusable("no usable client_id");
    std::optional<ClientAuthMethod> method = word ? authMethodFrom(*word) : std::nullopt;
    if (!method && client.clientSecret.empty())
        method = ClientAuthMethod::None;
    if (!method)
        method = chooseAuthMethod(std::nullopt, setup.server.tokenEndpointAuthMethods, {true, false, false});
    const bool needsSecret =
        method == ClientAuthMethod::ClientSecretBasic || method == ClientAuthMethod::ClientSecretPost;
    if ((!needsSecret && method != ClientAuthMethod::None) || (needsSecret && client.clientSecret.empty()))
        return unusable("a way to prove itself that our client has not");
    client.method = *method;
    if (!needsSecret)
        client.clientSecret.clear();
    if (expires > 0 && needsSecret)
        client.secretExpiresAt = fromUnixSeconds(std::min(expires, endOfTime));
    client.redirectPath = setup.redirectPath;
    client.redirectPort = setup.redirectPort;
    return client;
}

DynamicRegistration::DynamicRegistration(HttpTransport& transport, const Clock& clock, Setup setup,
                                         Completion<RegisteredOAuthClient> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)) {}

void DynamicRegistration::start() {
    send(false);
}

void DynamicRegistration::send(bool less) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = setup_.server.registrationEndpoint;
    request.headers.push_back({"Accept", "application/json"});
    request.contentType = "application/json";
    request.body = Secret::copyOf(registrationRequest(setup_, less));
    request.deadline = registrationDeadline;
    request.responseLimit = responseLimit;
    request.publicOnly = setup_.server.publicOnly;
    exchange_ = transport_.send(std::move(request), [this, less](const Result<HttpResponse>& response) {
        onResponse(response, less);
    });
}

void DynamicRegistration::onResponse(const Result<HttpResponse>& response, bool less) {
    if (!response)
        return finish(failure(response.error()));
    if (response->status == 201 || response->status == 200)
        return finish(parseRegistration(response->body, setup_));
    Error error = oauthError(*response, clock_.wall());
    if (!less && blamesMetadata(*response, error))
        return send(true);
    if (response->status >= 400 && response->status < 500 && response->status != 429) // a plain no
        error.code = ErrorCode::ProviderError;
    if (error.code == ErrorCode::ProviderError)
        error.message = "The authorization server does not register our client: " + error.message;
    finish(failure(std::move(error)));
}

void DynamicRegistration::finish(Result<RegisteredOAuthClient> result) {
    const Completion<RegisteredOAuthClient> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
