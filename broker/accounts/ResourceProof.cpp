#include "broker/accounts/ResourceProof.h"

#include "broker/base/Random.h"
#include "broker/http/RequestRules.h"
#include "broker/oauth/DpopProof.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t methodLimit = 32;
constexpr std::size_t urlLimit = 8192;
constexpr std::size_t hashLength = 43; // SHA-256 in base64url

tl::unexpected<Error> wrong(std::string what) {
    return failure(ErrorCode::InvalidParams, std::move(what));
}

// RFC 9110 section 9.1, of which nobody uses but letters.
bool isMethod(const std::string& method) {
    return !method.empty() && method.size() <= methodLimit &&
           std::all_of(method.begin(), method.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
}

bool isHash(const std::string& hash) {
    return hash.size() == hashLength && fromBase64Url(hash).size() == 32;
}

bool sameOrigin(const QUrl& a, const QUrl& b) {
    const auto port = [](const QUrl& url) {
        return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

Result<QUrl> targetOf(const ResourceProof::Request& request, const CredentialRecord& record) {
    const QUrl url(QString::fromStdString(request.url), QUrl::StrictMode);
    if (request.url.size() > urlLimit || !url.isValid() ||
        !checkUrl(url.adjusted(QUrl::RemoveFragment)).has_value())
        return wrong("a proof is for an https address, or for http on this machine");
    if (record.resource && !sameOrigin(url, QUrl(QString::fromStdString(*record.resource))))
        return wrong("the token is for " + *record.resource + ", and so are its proofs");
    return url;
}

} // namespace

std::string ResourceProof::hashOf(const AccessToken& token) {
    return dpopTokenHash(token);
}

Result<std::string> ResourceProof::sign(const Request& request) const {
    const Credential* credential = registry_.find(request.sessionId);
    if (credential == nullptr)
        return failure(ErrorCode::NotFound, "there is no such session");
    if (!isMethod(request.method))
        return wrong("a method is a word in capital letters");
    if (!isHash(request.tokenHash))
        return wrong("the hash of a token is its SHA-256 in base64url");
    if (!isDpopNonce(request.nonce))
        return wrong("the nonce has characters that no nonce may have");
    const Result<QUrl> url = targetOf(request, credential->record);
    if (!url)
        return failure(url.error());
    if (!credential->loaded)
        return failure(ErrorCode::StoreLocked, "the key of this session is not in memory",
                       "Unlock the store with: keybearer store unlock");
    if (credential->dpopKey.empty())
        return failure(ErrorCode::InvalidRequest, "the tokens of this session are bearer tokens",
                       "Send them without a proof.");
    const auto key = SigningKey::fromPem(credential->dpopKey.open());
    if (!key)
        return failure(ErrorCode::InternalError, "the key of this session cannot be read");
    return dpopProof(**key, {request.method, *url, request.nonce, request.tokenHash, clock_.wall()});
}

} // namespace keybearer
