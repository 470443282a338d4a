#include "broker/oauth/ClientAuthentication.h"

#include "broker/base/Random.h"
#include "broker/http/ClientCertificate.h"
#include "broker/oauth/SigningKey.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::chrono::seconds assertionLife{
    60}; // enough for one request; Okta allows an hour, Entra ten minutes
constexpr std::size_t jtiBytes = 24;
constexpr std::string_view assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

struct MethodName {
    std::string_view word;
    ClientAuthMethod method;
};
constexpr std::array<MethodName, 6> methodNames{{
    {"none", ClientAuthMethod::None},
    {"client_secret_basic", ClientAuthMethod::ClientSecretBasic},
    {"client_secret_post", ClientAuthMethod::ClientSecretPost},
    {"private_key_jwt", ClientAuthMethod::PrivateKeyJwt},
    {"tls_client_auth", ClientAuthMethod::TlsClientAuth},
    {"self_signed_tls_client_auth", ClientAuthMethod::TlsClientAuth}, // for us the same: show the certificate
}};

bool canShow(ClientAuthMethod method, const ClientProofs& has) {
    switch (method) {
    case ClientAuthMethod::PrivateKeyJwt:
        return has.key;
    case ClientAuthMethod::TlsClientAuth:
        return has.certificate;
    case ClientAuthMethod::ClientSecretBasic:
    case ClientAuthMethod::ClientSecretPost:
        return has.secret;
    case ClientAuthMethod::None:
        break;
    }
    return true;
}

// The strongest first, None last.
constexpr std::array<ClientAuthMethod, 5> byStrength{
    ClientAuthMethod::PrivateKeyJwt, ClientAuthMethod::TlsClientAuth, ClientAuthMethod::ClientSecretBasic,
    ClientAuthMethod::ClientSecretPost, ClientAuthMethod::None};

// HTTP Basic with this pair, which is wiped.
std::string basicWith(std::string& pair) {
    QByteArray base64 = QByteArray::fromRawData(pair.data(), static_cast<qsizetype>(pair.size())).toBase64();
    std::string credentials = "Basic ";
    credentials.append(base64.constData(), static_cast<std::size_t>(base64.size()));
    base64.fill('\0');
    wipe(pair);
    return credentials;
}

// RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
std::string basicCredentials(const std::string& clientId, const Secret& secret, const Dialect& dialect) {
    std::string pair;
    if (dialect.secretAsBasicUser) {
        pair.reserve(secret.reveal().size() + 1); // so that no copy is left behind
        pair.append(secret.reveal()).push_back(':');
        return basicWith(pair);
    }
    std::string encodedSecret =
        dialect.basicAsIs ? std::string(secret.reveal()) : formEncoded(secret.reveal());
    pair = dialect.basicAsIs ? clientId : formEncoded(clientId);
    pair.reserve(pair.size() + 1 + encodedSecret.size());
    pair += ':';
    pair += encodedSecret;
    wipe(encodedSecret);
    return basicWith(pair);
}

// RFC 7523 section 3. No nbf: a client whose clock is a second ahead would be turned away for nothing.
Result<std::string> assertion(const AuthorizationServer& server, const ClientRegistration& client,
                              WallTime now) {
    const bool toIssuer = client.assertionAudience == AssertionAudience::Issuer && !server.issuer.empty();
    const auto audience = toIssuer ? server.issuer : server.tokenEndpoint.toEncoded().toStdString();
    const Json claims{{"iss", client.clientId},    {"sub", client.clientId},
                      {"aud", audience},           {"jti", randomToken(jtiBytes)},
                      {"iat", toUnixSeconds(now)}, {"exp", toUnixSeconds(now + assertionLife)}};
    Json header{{"typ", "JWT"}};
    if (client.certificate) { // Entra finds the key by its certificate (RFC 7515 section 4.1.8)
        const QByteArray der = client.certificate->chain().constFirst().toDer();
        const std::string_view bytes(der.constData(), static_cast<std::size_t>(der.size()));
        header["x5t#S256"] = base64Url(sha256(bytes));
    }
    return client.signingKey->sign(std::move(header), claims);
}

tl::unexpected<Error> nothingToShow(const char* what) {
    std::string message("This provider wants ");
    message.append(what).append(" and there is none");
    return failure(ErrorCode::NotConfigured, std::move(message));
}

Result<void> addAssertion(Form& form, const AuthorizationServer& server, const ClientRegistration& client,
                          WallTime now) {
    Result<std::string> token = assertion(server, client, now);
    if (!token)
        return failure(std::move(token.error()));
    form.add("client_id", client.clientId);
    form.add("client_assertion_type", assertionType).add("client_assertion", *token);
    wipe(*token);
    return {};
}

} // namespace

ClientProofs proofsOf(const ClientRegistration& client) {
    return {client.clientSecret != nullptr, client.signingKey != nullptr, client.certificate != nullptr};
}

ClientAuthMethod chooseAuthMethod(std::optional<ClientAuthMethod> configured,
                                  const std::vector<std::string>& metadataMethods, const ClientProofs& has) {
    if (configured)
        return *configured;
    const auto listed = [&](ClientAuthMethod method) {
        return std::any_of(metadataMethods.begin(), metadataMethods.end(),
                           [&](const std::string& word) { return authMethodFrom(word) == method; });
    };
    for (const ClientAuthMethod method : byStrength) {
        if (method != ClientAuthMethod::None && canShow(method, has) && listed(method))
            return method;
    }
    return *std::find_if(byStrength.begin(), byStrength.end(),
                         [&](ClientAuthMethod method) { return canShow(method, has); });
}

std::optional<ClientAuthMethod> authMethodFrom(std::string_view word) {
    const auto found = std::find_if(methodNames.begin(), methodNames.end(),
                                    [&](const MethodName& name) { return name.word == word; });
    return found == methodNames.end() ? std::nullopt : std::optional(found->method);
}

Result<void> authenticate(HttpRequest& request, Form& form, const AuthorizationServer& server,
                          const ClientRegistration& client, WallTime now) {
    if (client.clientId.empty() && !client.unnamed)
        return failure(ErrorCode::NotConfigured, "There is no client id for this provider");
    const Secret secret = client.clientSecret ? client.clientSecret->open() : Secret();
    switch (client.method) {
    case ClientAuthMethod::None:
        if (!client.clientId.empty())
            form.add("client_id", client.clientId);
        return {};
    case ClientAuthMethod::ClientSecretBasic:
        if (secret.empty())
            return nothingToShow("a client secret");
        request.headers.push_back(
            {"Authorization", basicCredentials(client.clientId, secret, server.dialect)});
        return {};
    case ClientAuthMethod::ClientSecretPost:
        if (secret.empty())
            return nothingToShow("a client secret");
        form.add("client_id", client.clientId).add("client_secret", secret);
        return {};
    case ClientAuthMethod::PrivateKeyJwt:
        if (!client.signingKey)
            return nothingToShow("a signed assertion, which needs a private key,");
        return addAssertion(form, server, client, now);
    case ClientAuthMethod::TlsClientAuth:
        if (!client.certificate)
            return nothingToShow("a client certificate");
        request.certificate = client.certificate;
        form.add("client_id", client.clientId); // RFC 8705 section 2
        return {};
    }
    return failure(ErrorCode::InternalError, "an unknown way to authenticate");
}

AuthorizationServer endpointsFor(const ClientRegistration& client, AuthorizationServer server) {
    if (client.method != ClientAuthMethod::TlsClientAuth)
        return server;
    const auto replace = [](QUrl& endpoint, const QUrl& alias) {
        if (!alias.isEmpty())
            endpoint = alias;
    };
    replace(server.tokenEndpoint, server.mtls.token);
    replace(server.revocationEndpoint, server.mtls.revocation);
    replace(server.userinfoEndpoint, server.mtls.userinfo);
    replace(server.deviceAuthorizationEndpoint, server.mtls.deviceAuthorization);
    replace(server.pushedAuthorizationEndpoint, server.mtls.pushedAuthorization);
    return server;
}

} // namespace keybearer
