#include "broker/oauth/TokenRequest.h"

#include "broker/http/RequestRules.h"

#include <QByteArray>

#include <algorithm>

namespace keybearer {

namespace {

// One request to a token endpoint, all in all (rotation protocol: one POST within 30 seconds).
constexpr std::chrono::milliseconds tokenDeadline{30'000};
constexpr std::size_t tokenResponseLimit = std::size_t{1} << 20;

// RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
std::string basicCredentials(const std::string& clientId, const Secret& secret) {
    std::string encodedSecret = formEncoded(secret.reveal());
    std::string pair = formEncoded(clientId);
    pair.reserve(pair.size() + 1 + encodedSecret.size());
    pair += ':';
    pair += encodedSecret;
    QByteArray base64 = QByteArray::fromRawData(pair.data(), static_cast<qsizetype>(pair.size())).toBase64();
    std::string credentials = "Basic ";
    credentials.append(base64.constData(), static_cast<std::size_t>(base64.size()));
    base64.fill('\0');
    wipe(encodedSecret);
    wipe(pair);
    return credentials;
}

} // namespace

ClientAuthMethod chooseAuthMethod(std::optional<ClientAuthMethod> configured,
                                  const std::vector<std::string>& metadataMethods, bool hasSecret) {
    if (configured)
        return *configured;
    if (!hasSecret)
        return ClientAuthMethod::None;
    const auto listed = [&](const char* method) {
        return std::find(metadataMethods.begin(), metadataMethods.end(), method) != metadataMethods.end();
    };
    return !listed("client_secret_basic") && listed("client_secret_post")
               ? ClientAuthMethod::ClientSecretPost
               : ClientAuthMethod::ClientSecretBasic;
}

Result<HttpRequest> tokenRequest(const QUrl& endpoint, const ClientRegistration& client, Form form) {
    if (client.clientId.empty() && !client.unnamed)
        return failure(ErrorCode::NotConfigured, "There is no client id for this provider");
    if (Result<void> checked = checkUrl(endpoint); !checked)
        return failure(std::move(checked.error()));
    const Secret secret = client.clientSecret ? client.clientSecret->open() : Secret();
    if (client.method != ClientAuthMethod::None && secret.empty())
        return failure(ErrorCode::NotConfigured, "This provider wants a client secret and there is none");
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = endpoint;
    request.headers.push_back({"Accept", "application/json"});
    request.contentType = "application/x-www-form-urlencoded";
    request.deadline = tokenDeadline;
    request.responseLimit = tokenResponseLimit;
    // One method a request (RFC 6749 section 2.3).
    if (client.method == ClientAuthMethod::ClientSecretBasic)
        request.headers.push_back({"Authorization", basicCredentials(client.clientId, secret)});
    else if (!client.clientId.empty())
        form.add("client_id", client.clientId);
    if (client.method == ClientAuthMethod::ClientSecretPost)
        form.add("client_secret", secret);
    request.body = form.take();
    return request;
}

} // namespace keybearer
