#include "broker/oauth/ProtectedResource.h"

#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"
#include "broker/oauth/AuthorizationRequest.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr const char* wellKnown = "/.well-known/oauth-protected-resource";
constexpr std::size_t mostServers = 16; // authorization servers; one is used
constexpr std::size_t mostScopes = 200;

tl::unexpected<Error> refused(std::string why, const char* reason) {
    Error error(ErrorCode::ProviderError, "The metadata of the server is refused: " + std::move(why));
    error.details.emplace_back("reason", std::string(reason));
    return failure(std::move(error));
}

QString withSlash(const QUrl& url) {
    const QString path = url.path(QUrl::FullyEncoded);
    return path.endsWith(u'/') ? path : path + u'/';
}

} // namespace

Result<std::string> canonicalServer(std::string_view text) {
    const std::optional<QUrl> written = writtenAddress(text);
    if (!written)
        return failure(ErrorCode::InvalidParams,
                       // What stands before an @ may be a password.
                       (text.find('@') == std::string_view::npos ? displaySafe(text) : "this") +
                           " is no address of a server that may be spoken to",
                       "Write https://..., or http://... for a server on this machine, without user name "
                       "and without #.");
    QUrl url = *written;
    url.setPort(originOf(url).port());
    if (url.path() == QStringLiteral("/"))
        url.setPath({});
    return url.toEncoded().toStdString();
}

std::vector<QUrl> resourceMetadataUrls(const std::string& server) {
    const QUrl url(QString::fromStdString(server), QUrl::StrictMode);
    QUrl root = originOf(url);
    root.setPath(QString::fromLatin1(wellKnown));
    const QString path = url.path(QUrl::FullyEncoded);
    if (path.isEmpty() && !url.hasQuery())
        return {root};
    QUrl inserted = root;
    inserted.setPath(root.path() + path, QUrl::TolerantMode);
    inserted.setQuery(url.query(QUrl::FullyEncoded));
    if (!url.hasQuery())
        inserted.setQuery(QString());
    return {inserted, root};
}

bool isResourceOf(const std::string& resource, const std::string& server) {
    const std::optional<QUrl> wide = writtenAddress(resource);
    const QUrl narrow(QString::fromStdString(server), QUrl::StrictMode);
    if (!wide || !isSameOrigin(*wide, narrow))
        return false;
    if (wide->hasQuery() && wide->query(QUrl::FullyEncoded) != narrow.query(QUrl::FullyEncoded))
        return false;
    return withSlash(narrow).startsWith(withSlash(*wide));
}

Result<ProtectedResource> parseProtectedResource(std::string_view json, const std::string& server) {
    if (json.size() > resourceMetadataLimit)
        return refused("it is too large", "too_large");
    const Result<Json> document = parseJson(json);
    if (!document || !document->is_object())
        return refused("it is no JSON object", "no_metadata");
    ProtectedResource out;
    out.resource = stringAt(*document, "resource").value_or("");
    if (out.resource.empty() || !checkResource(out.resource) || !isResourceOf(out.resource, server))
        return refused("it is about " +
                           (out.resource.empty() ? std::string("no resource")
                                                 : "the resource " + displaySafe(out.resource)) +
                           ", not about " + displaySafe(server),
                       "resource_mismatch");
    const QUrl by(QString::fromStdString(server), QUrl::StrictMode);
    for (const std::string& issuer : stringsAt(*document, "authorization_servers")) {
        const std::optional<QUrl> url = writtenAddress(issuer);
        if (url && !url->hasQuery() && !pointsInside(*url, by) &&
            out.authorizationServers.size() < mostServers)
            out.authorizationServers.push_back(issuer);
    }
    if (out.authorizationServers.empty())
        return refused("it names no authorization server that may be spoken to", "no_server");
    for (const std::string& scope : stringsAt(*document, "scopes_supported")) {
        const bool plain =
            !scope.empty() && isVisibleAscii(scope) && scope.find_first_of(" \"\\") == std::string::npos;
        if (plain && out.scopesSupported.size() < mostScopes)
            out.scopesSupported.push_back(scope);
    }
    out.dpopRequired = booleanAt(*document, "dpop_bound_access_tokens_required").value_or(false);
    return out;
}

} // namespace keybearer
