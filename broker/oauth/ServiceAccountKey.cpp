#include "broker/oauth/ServiceAccountKey.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/http/RequestRules.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t fileLimit = std::size_t{64} << 10; // Google's are 2.4 KiB; RSA of 16384 bits 13 KiB
constexpr std::size_t textLimit = 1024;
constexpr JsonLimits limits{4, 64, 256};
constexpr std::chrono::minutes assertionLife{5}; // it is used at once; a copied one is soon worth nothing

const std::vector<std::string> ownMembers{"issuer",    "private_key", "key_id",
                                          "algorithm", "audience",    "token_uri"};

tl::unexpected<Error> refused(const char* reason, std::string message) {
    return failure(
        Error(ErrorCode::InvalidParams, std::move(message), "Give it the key file as the provider made it.")
            .with("reason", reason));
}

// Wipes the document that held the private key, whatever happens to it.
struct WipedJson {
    explicit WipedJson(Json value) : document(std::move(value)) {}
    ~WipedJson() { wipeJson(document); }
    Q_DISABLE_COPY_MOVE(WipedJson)
    Json document;
};

Result<std::string> textAt(const Json& document, const char* key, bool required) {
    const auto found = document.find(key);
    if (found == document.end()) {
        if (required)
            return refused("missing_member", std::string("The key file has no ").append(key));
        return std::string();
    }
    const std::string* text = found->get_ptr<const std::string*>();
    if (text == nullptr || text->empty() || text->size() > textLimit || !isVisibleAscii(*text))
        return refused("missing_member",
                       std::string("The key file's ").append(key).append(" is no usable text"));
    return *text;
}

Result<QUrl> tokenUriOf(const Json& document, bool required) {
    const Result<std::string> text = textAt(document, "token_uri", required);
    if (!text)
        return failure(text.error());
    if (text->empty())
        return QUrl();
    QUrl url(QString::fromStdString(*text), QUrl::StrictMode);
    if (!checkUrl(url))
        return refused("bad_address", "The key file's token_uri is not an https address");
    return url;
}

Result<bool> isGoogle(const Json& document) {
    const auto type = document.find("type");
    if (type == document.end()) {
        for (const auto& [key, value] : document.items()) {
            if (std::find(ownMembers.begin(), ownMembers.end(), key) != ownMembers.end())
                continue;
            const std::string near = nearest(key, ownMembers);
            return refused("unknown_member",
                           "The key file has an unknown member " + displaySafe(key, 60) +
                               (near.empty() ? std::string() : "; did you mean " + near + "?"));
        }
        return false;
    }
    if (*type == "service_account")
        return true;
    const std::string word = type->is_string() ? displaySafe(type->get<std::string>(), 60) : "unknown";
    return refused("wrong_kind",
                   "This is a credential file of the kind " + word + ", not a service account's key");
}

Result<std::shared_ptr<const SigningKey>> signingKeyOf(const Json& document, bool google) {
    const auto pem = document.find("private_key");
    if (pem == document.end() || !pem->is_string())
        return refused("missing_member", "The key file has no private_key");
    const Result<std::string> id = textAt(document, google ? "private_key_id" : "key_id", google);
    const Result<std::string> algorithm =
        google ? std::string("RS256") : textAt(document, "algorithm", false);
    if (!id || !algorithm)
        return failure(id ? algorithm.error() : id.error());
    Result<std::shared_ptr<const SigningKey>> key =
        SigningKey::fromPem(Secret::copyOf(pem->get_ref<const std::string&>()), {}, *algorithm, *id);
    if (!key)
        return refused("bad_key", "The key file's private key cannot be used: " + key.error().message);
    return key;
}

} // namespace

Result<std::shared_ptr<const ServiceAccountKey>> ServiceAccountKey::parse(const Secret& file) {
    if (file.size() > fileLimit)
        return refused("not_a_key_file", "The file is too large to be a key file");
    Result<Json> parsed = parseJson(file.reveal(), limits);
    if (!parsed || !parsed->is_object())
        return refused("not_a_key_file",
                       "The file is not a service account's key file, which is a JSON object");
    const WipedJson held(std::move(*parsed));
    const Json& document = held.document;
    const Result<bool> google = isGoogle(document);
    if (!google)
        return failure(google.error());
    const Result<std::string> issuer = textAt(document, *google ? "client_email" : "issuer", true);
    const Result<std::string> audience = *google ? std::string() : textAt(document, "audience", false);
    const Result<QUrl> tokenUri = tokenUriOf(document, *google);
    for (const Error* error : {issuer ? nullptr : &issuer.error(), audience ? nullptr : &audience.error(),
                               tokenUri ? nullptr : &tokenUri.error()}) {
        if (error != nullptr)
            return failure(*error);
    }
    Result<std::shared_ptr<const SigningKey>> signing = signingKeyOf(document, *google);
    if (!signing)
        return failure(signing.error());
    std::shared_ptr<ServiceAccountKey> key(new ServiceAccountKey());
    key->issuer_ = *issuer;
    key->audience_ = *audience;
    key->tokenUri_ = *tokenUri;
    key->google_ = *google;
    key->key_ = std::move(*signing);
    return key;
}

Result<Secret> ServiceAccountKey::assertion(const std::string& tokenEndpoint, const std::string& subject,
                                            const std::string& scope, WallTime now) const {
    Json claims{{"iss", issuer_},
                {"aud", audience_.empty() ? tokenEndpoint : audience_},
                {"iat", toUnixSeconds(now)},
                {"exp", toUnixSeconds(now + assertionLife)},
                {"jti", randomToken(16)}};
    if (!subject.empty())
        claims["sub"] = subject;
    else if (!google_) // RFC 7523 section 3 wants one; Google takes any for a delegation
        claims["sub"] = issuer_;
    if (google_ && !scope.empty())
        claims["scope"] = scope;
    Result<std::string> jws = key_->sign(Json{{"typ", "JWT"}}, claims);
    if (!jws)
        return failure(jws.error());
    return Secret::takeFrom(*jws);
}

} // namespace keybearer
