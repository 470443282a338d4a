#include "broker/oauth/AuthorizationRequest.h"

#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"

#include <QAbstractOAuthReplyHandler>
#include <QOAuth2AuthorizationCodeFlow>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

using Parameters = QMultiMap<QString, QVariant>;

// What this request sets itself; nobody may set it a second time.
constexpr std::array<std::string_view, 12> ownParameters = {
    "response_type",         "client_id", "redirect_uri", "scope",   "state",       "code_challenge",
    "code_challenge_method", "nonce",     "resource",     "request", "request_uri", "dpop_jkt"};

// NetworkAuth puts values into the query as they are.
QString encoded(const std::string& text) {
    return QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(text)));
}

bool isOwn(std::string_view name) {
    return std::find(ownParameters.begin(), ownParameters.end(), name) != ownParameters.end();
}

// Tells NetworkAuth our redirect address. It never receives anything: RedirectListener does.
class RedirectAddress final : public QAbstractOAuthReplyHandler {
public:
    explicit RedirectAddress(QString uri) : uri_(std::move(uri)) {}
    [[nodiscard]] QString callback() const override { return uri_; }

protected:
    void networkReplyFinished(QNetworkReply*) override {}

private:
    QString uri_;
};

// Opens up the one part of NetworkAuth that is used here, the building of the address.
class UrlBuilder final : public QOAuth2AuthorizationCodeFlow {
public:
    using QOAuth2AuthorizationCodeFlow::buildAuthenticateUrl;
};

Result<void> checkParams(const AuthorizationServer& server, const AuthorizationRequestParams& params) {
    if (Result<void> endpoint = checkUrl(server.authorizationEndpoint); !endpoint)
        return endpoint;
    if (params.clientId.empty() || params.state.empty() || params.codeChallenge.empty() ||
        params.redirectUri.empty())
        return failure(ErrorCode::InvalidParams,
                       "An authorization request needs client, redirect, state, challenge");
    if (params.resource) {
        if (Result<void> resource = checkResource(*params.resource); !resource)
            return resource;
    }
    const auto query = QUrlQuery(server.authorizationEndpoint).queryItems(QUrl::FullyDecoded);
    const bool clash = std::any_of(query.begin(), query.end(),
                                   [](const auto& item) { return isOwn(item.first.toStdString()); }) ||
                       std::any_of(params.extraParameters.begin(), params.extraParameters.end(),
                                   [](const auto& item) { return isOwn(item.first); });
    if (clash)
        return failure(ErrorCode::InvalidParams,
                       "A parameter of the authorization request would be set twice");
    return {};
}

Parameters furtherParameters(const AuthorizationServer& server, const AuthorizationRequestParams& params) {
    Parameters out;
    for (const auto& [name, value] : QUrlQuery(server.authorizationEndpoint).queryItems(QUrl::FullyEncoded))
        out.insert(name, value); // RFC 6749 section 3.1: the endpoint's own query stays
    for (const auto& [name, value] : params.extraParameters)
        out.insert(encoded(name), encoded(value));
    out.insert(QStringLiteral("code_challenge"), encoded(params.codeChallenge));
    out.insert(QStringLiteral("code_challenge_method"), QStringLiteral("S256"));
    if (!params.nonce.empty())
        out.insert(QStringLiteral("nonce"), encoded(params.nonce));
    if (params.resource)
        out.insert(QStringLiteral("resource"), encoded(*params.resource));
    if (!params.dpopThumbprint.empty())
        out.insert(QStringLiteral("dpop_jkt"), encoded(params.dpopThumbprint));
    return out;
}

} // namespace

Result<QUrl> authorizationUrl(const AuthorizationServer& server, const AuthorizationRequestParams& params) {
    if (Result<void> checked = checkParams(server, params); !checked)
        return failure(std::move(checked.error()));
    RedirectAddress redirect(encoded(params.redirectUri));
    UrlBuilder builder;
    builder.setReplyHandler(&redirect);
    builder.setAuthorizationUrl(server.authorizationEndpoint);
    builder.setClientIdentifier(encoded(params.clientId));
    builder.setScope(encoded(join(params.scopes, params.scopeSeparator)));
    builder.setState(encoded(params.state));
    const QString scopeName = QString::fromStdString(server.dialect.scopeParameter);
    builder.setModifyParametersFunction([scopeName](QAbstractOAuth::Stage, Parameters* all) {
        const QVariant scope = all->take(QStringLiteral("scope"));
        if (!scope.toString().isEmpty()) // an empty scope is none (RFC 6749 appendix A.4)
            all->insert(scopeName, scope);
    });
    QUrl url = builder.buildAuthenticateUrl(furtherParameters(server, params));
    // The very bytes that are checked here are the bytes that get opened.
    if (Result<void> checked = checkUrl(url); !checked)
        return failure(std::move(checked.error()));
    return url;
}

Result<void> checkResource(const std::string& resource) {
    const QUrl url(QString::fromStdString(resource), QUrl::StrictMode);
    if (!isVisibleAscii(resource) || !url.isValid() || url.isRelative() ||
        resource.find('#') != std::string::npos || resource.find(' ') != std::string::npos)
        return failure(ErrorCode::InvalidParams, "A resource is an absolute address without fragment");
    return {};
}

} // namespace keybearer
