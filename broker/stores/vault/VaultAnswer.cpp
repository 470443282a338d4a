#include "broker/stores/vault/VaultAnswer.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostErrors = 8;        // of one answer that anybody reads
constexpr std::size_t longestError = 200;    // characters
constexpr std::size_t longestName = 200;     // of a record
constexpr std::size_t longestToken = 16'384; // batch tokens are long, but not endless
constexpr std::chrono::seconds longestPause = std::chrono::hours(1);
constexpr std::int64_t longestLease = std::int64_t{3600} * 24 * 366 * 10;

Error unexpected(const std::string& what) {
    return {ErrorCode::ParseError, "Vault answered with " + what,
            "Look whether store.vault.url leads to Vault or OpenBao itself."};
}

bool isJson(const HttpResponse& response) {
    const std::string type = response.header("Content-Type");
    return equalIgnoringCase(std::string_view(type).substr(0, type.find(';')), "application/json");
}

const Json* objectAt(const Json& parent, const char* key) {
    if (!parent.is_object())
        return nullptr;
    const auto found = parent.find(key);
    return found != parent.end() && found->is_object() ? &*found : nullptr;
}

Result<std::uint64_t> countAt(const Json& object, const char* key) {
    const std::optional<std::int64_t> value = integerAt(object, key);
    if (!value || *value < 0)
        return failure(unexpected("something else than a number of a version"));
    return static_cast<std::uint64_t>(*value);
}

} // namespace

bool VaultAnswer::says(std::string_view part) const {
    return std::any_of(errors.begin(), errors.end(),
                       [part](const std::string& error) { return error.find(part) != std::string::npos; });
}

Result<VaultAnswer> readVaultAnswer(const HttpResponse& response, WallTime now) {
    VaultAnswer answer;
    answer.status = response.status;
    answer.time = fromHttpDate(response.header("Date"));
    answer.retryAfter = response.retryAfter(now, longestPause);
    const bool good = response.status >= 200 && response.status < 300;
    if (response.body.empty())
        return answer;
    Result<Json> body = failure(ErrorCode::ParseError, "");
    if (isJson(response))
        body = parseJson(response.body.reveal());
    if (!body || !body->is_object()) {
        // A load balancer's page of an error still tells its status.
        if (!good)
            return answer;
        return failure(unexpected("something else than JSON"));
    }
    for (const std::string& error : stringsAt(*body, "errors")) {
        if (answer.errors.size() == mostErrors)
            break;
        answer.errors.push_back(displaySafe(error, longestError));
    }
    answer.body = std::move(*body);
    return answer;
}

Result<KvVersion> kvVersionOf(const VaultAnswer& answer) {
    const Json* outer = objectAt(answer.body, "data");
    if (outer == nullptr) {
        if (answer.status == 404)
            return KvVersion{};
        return failure(unexpected("a record without data"));
    }
    const Json* metadata = objectAt(*outer, "metadata");
    if (metadata == nullptr)
        return failure(unexpected("a record that is none of the engine KV version 2"));
    const Result<std::uint64_t> version = countAt(*metadata, "version");
    if (!version)
        return failure(version.error());
    KvVersion out{*version};
    if (const Json* data = objectAt(*outer, "data"); data != nullptr && answer.status == 200)
        out.data = *data;
    return out;
}

Result<std::uint64_t> kvWrittenVersionOf(const VaultAnswer& answer) {
    const Json* data = objectAt(answer.body, "data");
    if (data == nullptr)
        return failure(unexpected("no number of the version that was written"));
    return countAt(*data, "version");
}

bool isRecordName(std::string_view name) {
    return !name.empty() && name.size() <= longestName && name.front() != '/' && name.back() != '/' &&
           name.find("//") == std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '/';
           });
}

Result<std::vector<std::string>> kvNamesOf(const VaultAnswer& answer) {
    std::vector<std::string> names;
    const Json* data = objectAt(answer.body, "data");
    if (data == nullptr && answer.status == 404)
        return names;
    if (data == nullptr || !data->contains("keys") || !data->at("keys").is_array())
        return failure(unexpected("a list without names"));
    for (const Json& name : data->at("keys")) {
        if (!name.is_string())
            return failure(unexpected("a list of something else than names"));
        const auto& text = name.get_ref<const std::string&>();
        const std::string_view bare =
            std::string_view(text).substr(0, text.size() - (!text.empty() && text.back() == '/' ? 1 : 0));
        if (isRecordName(bare) && bare.find('/') == std::string_view::npos)
            names.push_back(text);
    }
    return names;
}

Result<VaultToken> vaultTokenOf(VaultAnswer answer) {
    const Json* auth = objectAt(answer.body, "auth");
    const std::optional<std::int64_t> lease =
        auth == nullptr ? std::nullopt : integerAt(*auth, "lease_duration");
    const bool renewable = auth != nullptr && booleanAt(*auth, "renewable").value_or(false);
    std::optional<std::string> token = auth == nullptr ? std::nullopt : stringAt(*auth, "client_token");
    wipeJson(answer.body);
    if (!token || token->empty() || token->size() > longestToken || !isVisibleAscii(*token) || !lease ||
        *lease < 0)
        return failure(unexpected("a sign-in without a token"));
    VaultToken out;
    out.token = Secret::takeFrom(*token);
    out.lease = std::chrono::seconds(std::min(*lease, longestLease));
    out.renewable = renewable;
    return out;
}

Result<VaultToken> describedTokenOf(const VaultAnswer& answer) {
    const Json* data = objectAt(answer.body, "data");
    const std::optional<std::int64_t> left = data == nullptr ? std::nullopt : integerAt(*data, "ttl");
    if (!left || *left < 0)
        return failure(unexpected("a token without a time to live"));
    VaultToken out;
    // In its last second a token has no time left either; one that does not end has no time of its end.
    const bool ends = stringAt(*data, "expire_time").has_value();
    out.lease = std::chrono::seconds(std::clamp(*left, std::int64_t{ends ? 1 : 0}, longestLease));
    out.renewable = booleanAt(*data, "renewable").value_or(false);
    return out;
}

} // namespace keybearer
