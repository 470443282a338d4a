#include "broker/oauth/TokenResponse.h"

#include "broker/base/Ascii.h"
#include "broker/base/Json.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace keybearer {

namespace {

constexpr std::size_t accessTokenLimit = std::size_t{32} << 10;  // has to fit into one request header
constexpr std::size_t refreshTokenLimit = std::size_t{16} << 10; // has to fit into every store
constexpr std::size_t idTokenLimit = std::size_t{64} << 10;
constexpr std::size_t scopeLimit = std::size_t{16} << 10;
constexpr std::chrono::seconds longestLife = std::chrono::hours(24 * 365);
constexpr std::chrono::seconds longestRetryAfter =
    std::chrono::hours(1); // further ahead nobody should promise
constexpr std::size_t errorCodeShown = 100;

// A parsed document that held secrets, overwritten when it goes.
class SecretJson {
public:
    explicit SecretJson(Json document) : document_(std::move(document)) {}
    ~SecretJson() { wipeJson(document_); }
    SecretJson(const SecretJson&) = delete;
    SecretJson& operator=(const SecretJson&) = delete;
    SecretJson(SecretJson&&) = delete;
    SecretJson& operator=(SecretJson&&) = delete;

    [[nodiscard]] const Json& operator*() const { return document_; }
    // The member as a secret; empty if it is absent or no string. No copy stays behind.
    [[nodiscard]] Secret secretAt(const char* key) const {
        const auto found = document_.find(key);
        return found != document_.end() && found->is_string()
                   ? Secret::copyOf(found->get_ref<const std::string&>())
                   : Secret();
    }
    // Present, but neither null nor a string: then the document is not what it claims to be.
    [[nodiscard]] bool isOddAt(const char* key) const {
        const auto found = document_.find(key);
        return found != document_.end() && !found->is_null() && !found->is_string();
    }

private:
    Json document_;
};

std::chrono::seconds lifeOf(double seconds) {
    const auto most = static_cast<double>(longestLife.count());
    return std::chrono::seconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, most)));
}

// RFC 6749 section 5.1 wants a number; some servers send a numeric string, some send null. Only a number
// counts.
std::optional<std::chrono::seconds> lifeAt(const Json& document, const char* key) {
    const auto found = document.find(key);
    if (found == document.end())
        return std::nullopt;
    if (found->is_number())
        return lifeOf(found->get<double>());
    if (!found->is_string())
        return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || end != text.data() + text.size() || problem == std::errc::invalid_argument)
        return std::nullopt;
    if (problem == std::errc::result_out_of_range)
        return text.front() == '-' ? std::chrono::seconds(0) : longestLife;
    return lifeOf(static_cast<double>(seconds));
}

std::vector<std::string> splitScopes(std::string text, std::string_view separator) {
    if (separator.size() == 1)
        std::replace(text.begin(), text.end(), separator.front(), ' ');
    return splitWords(text);
}

// RFC 6749 section 5.1: the type is case-insensitive.
bool isType(const std::string& type, std::string_view name) {
    return equalIgnoringCase(type, name);
}

tl::unexpected<Error> broken(std::string what) {
    return failure(ErrorCode::ProviderError, std::move(what));
}

tl::unexpected<Error> unreadable(std::string what) {
    return failure(ErrorCode::ProviderUnavailable, std::move(what));
}

Result<void> checkType(const std::string& type, TokenKind expected) {
    const bool dpop = expected == TokenKind::Dpop;
    if (isType(type, dpop ? "dpop" : "bearer"))
        return {};
    if (dpop && isType(type, "bearer"))
        return broken("The token endpoint sent a token that is not bound to our key");
    return broken(dpop ? "The token endpoint sent a kind of token that is not DPoP"
                       : "The token endpoint sent a kind of token that is not Bearer");
}

// RFC 8693 section 2.2.1: what was issued is named, and where it is no access token its token_type is N_A.
Result<void> checkAssertion(const Json& document) {
    if (stringAt(document, "issued_token_type") == idJagTokenType &&
        isType(stringAt(document, "token_type").value_or(""), "n_a"))
        return {};
    return broken("The identity provider sent something else than the assertion that was asked for");
}

Result<TokenSet> tokenSet(const SecretJson& document, WallTime now, std::string_view scopeSeparator,
                          TokenKind expected) {
    TokenSet set;
    set.receivedAt = now;
    set.tokenType = expected == TokenKind::Dpop ? "DPoP" : expected == TokenKind::IdJag ? "N_A" : "Bearer";
    set.accessToken = AccessToken(document.secretAt("access_token"));
    set.refreshToken = RefreshToken(document.secretAt("refresh_token"));
    set.idToken = document.secretAt("id_token");
    set.expiresIn = lifeAt(*document, "expires_in");
    // No RFC names it; these two are what servers send (GitHub and Google; Microsoft and Keycloak).
    set.refreshExpiresIn = lifeAt(*document, "refresh_token_expires_in");
    if (!set.refreshExpiresIn)
        set.refreshExpiresIn = lifeAt(*document, "refresh_expires_in");
    if (set.refreshExpiresIn == std::chrono::seconds(0))
        set.refreshExpiresIn.reset(); // Keycloak's word for "as long as the session"
    if (set.accessToken.empty())
        return unreadable("The answer of the token endpoint has no access token");
    if (Result<void> type = expected == TokenKind::IdJag
                                ? checkAssertion(*document)
                                : checkType(stringAt(*document, "token_type").value_or(""), expected);
        !type)
        return failure(std::move(type.error()));
    if (set.accessToken.size() > accessTokenLimit || set.refreshToken.size() > refreshTokenLimit ||
        set.idToken.size() > idTokenLimit)
        return broken("The token endpoint sent a token that is too long");
    if (!isBearerToken(set.accessToken.reveal()) || !isVisibleAscii(set.refreshToken.reveal()) ||
        !isVisibleAscii(set.idToken.reveal()) || document.isOddAt("refresh_token") ||
        document.isOddAt("id_token"))
        return broken("The token endpoint sent a token with characters that no token may have");
    if (std::optional<std::string> scope = stringAt(*document, "scope")) {
        if (scope->size() > scopeLimit || !isVisibleAscii(*scope))
            return broken("The token endpoint sent a scope with characters that no scope may have");
        set.scopes = splitScopes(std::move(*scope), scopeSeparator);
    }
    return set;
}

// The member "error" of an answer that may or may not be the JSON of RFC 6749 section 5.2.
std::optional<Error> namedError(const HttpResponse& response) {
    Result<Json> parsed = parseJson(response.body.reveal());
    if (!parsed || !parsed->is_object())
        return std::nullopt;
    const SecretJson document(std::move(*parsed));
    const std::optional<std::string> code = stringAt(*document, "error");
    if (!code || code->empty())
        return std::nullopt;
    // What the protocol itself calls passing (RFC 6749 section 4.1.2.1).
    const bool passing =
        *code == "temporarily_unavailable" || *code == "server_error" || *code == "slow_down";
    const std::string shown = displaySafe(*code, errorCodeShown);
    Error error(passing ? ErrorCode::ProviderUnavailable : ErrorCode::ProviderError,
                "The authorization server answered: " + shown);
    error.details.emplace_back("error", shown);
    if (*code == "invalid_client" || *code == "unauthorized_client")
        error.action = "Compare client_id and client_auth in config.yaml with what is registered at the "
                       "provider; nothing is lost here.";
    for (const char* key : {"error_description", "error_uri"}) {
        if (const std::optional<std::string> text = stringAt(*document, key))
            error.details.emplace_back(key, displaySafe(*text));
    }
    return error;
}

} // namespace

Result<TokenSet> parseTokenResponse(const HttpResponse& response, WallTime now,
                                    std::string_view scopeSeparator, TokenKind expected,
                                    const std::string& tokenObject) {
    if (response.status != 200 && response.status != 201)
        return failure(oauthError(response, now));
    Result<Json> parsed = parseJson(response.body.reveal());
    if (!parsed || !parsed->is_object())
        return unreadable("The token endpoint sent something that is no token response");
    const SecretJson document(std::move(*parsed));
    if (stringAt(*document, "error") && !stringAt(*document, "access_token"))
        return failure(oauthError(response, now)); // GitHub says no with status 200
    if (tokenObject.empty())
        return tokenSet(document, now, scopeSeparator, expected);
    const auto inner = (*document).find(tokenObject);
    if (inner == (*document).end() || !inner->is_object())
        return unreadable("The answer of the token endpoint has no access token");
    Json tokens = *inner;
    tokens["token_type"] = "Bearer"; // a server that nests its tokens has words of its own for their type
    return tokenSet(SecretJson(std::move(tokens)), now, scopeSeparator, expected);
}

Error oauthError(const HttpResponse& response, WallTime now) {
    const std::string status = "HTTP " + std::to_string(response.status);
    if (response.status != 429 && response.status < 500) {
        if (std::optional<Error> named = namedError(response)) {
            named->retryAfter = response.retryAfter(now, longestRetryAfter);
            return std::move(*named);
        }
    }
    Error error(ErrorCode::ProviderUnavailable,
                "The authorization server cannot answer now (" + status + ")");
    error.retryAfter = response.retryAfter(now, longestRetryAfter);
    // Turned away at the door, so the request was not carried out; behind any other status (a proxy's 503) it
    // may have been.
    if (response.status == 429)
        error.details.emplace_back("sent", false);
    return error;
}

bool isInvalidClient(const Error& error) {
    const ErrorDetail* detail = error.detail("error");
    const std::string* name = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
    return error.code == ErrorCode::ProviderError && name != nullptr && *name == "invalid_client";
}

bool isInvalidGrant(const Error& error) {
    const ErrorDetail* detail = error.detail("error");
    const std::string* name = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
    return error.code == ErrorCode::ProviderError && name != nullptr &&
           (*name == "invalid_grant" || *name == "bad_refresh_token");
}

} // namespace keybearer
