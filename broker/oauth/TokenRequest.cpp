#include "broker/oauth/TokenRequest.h"

#include "broker/base/Json.h"
#include "broker/http/RequestRules.h"

namespace keybearer {

namespace {

// One request to a token endpoint, all in all (rotation protocol: one POST within 30 seconds).
constexpr std::chrono::milliseconds tokenDeadline{30'000};
constexpr std::size_t tokenResponseLimit = std::size_t{1} << 20;

// The same parameters as one JSON object.
Secret asJson(const Secret& form) {
    Json object = Json::object();
    if (auto parameters = decodeForm(form.reveal())) {
        for (auto& [name, value] : *parameters) {
            object[name] = value;
            wipe(value);
        }
    }
    std::string text = dumpJson(object);
    wipeJson(object);
    return Secret::takeFrom(text);
}

} // namespace

Result<HttpRequest> tokenRequest(const QUrl& endpoint, const AuthorizationServer& server,
                                 const ClientRegistration& client, Form form, WallTime now) {
    if (Result<void> checked = checkUrl(endpoint); !checked)
        return failure(std::move(checked.error()));
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = endpoint;
    request.publicOnly = server.publicOnly;
    request.headers.push_back({"Accept", "application/json"});
    request.contentType = "application/x-www-form-urlencoded";
    request.deadline = tokenDeadline;
    request.responseLimit = tokenResponseLimit;
    if (Result<void> added = authenticate(request, form, server, client, now); !added)
        return failure(std::move(added.error()));
    request.body = form.take();
    if (server.dialect.jsonBody) {
        request.contentType = "application/json";
        request.body = asJson(request.body);
    }
    return request;
}

} // namespace keybearer
