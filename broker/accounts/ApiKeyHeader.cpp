#include "broker/accounts/ApiKeyHeader.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/http/RequestRules.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::string_view slot = "{key}";

// What HTTP itself sets (RFC 9110 section 7.6.1): a key there would change the request, not sign it.
constexpr std::string_view connectionHeaders[] = {
    "host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "expect"};

tl::unexpected<Error> refused(const char* what) {
    return failure(Error(ErrorCode::InvalidParams, std::string("header: ").append(what),
                         "Write it like this: X-Api-Key: {key}")
                       .with("parameter", std::string("header")));
}

} // namespace

Result<ApiKeyHeader> ApiKeyHeader::parse(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return refused("must begin with the name of a header and a colon");
    std::string_view value = text.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    value.remove_suffix(value.size() - (value.find_last_not_of(' ') + 1));
    const std::size_t at = value.find(slot);
    if (at == std::string_view::npos || value.find(slot, at + 1) != std::string_view::npos)
        return refused("must hold {key} once, where the key goes");
    ApiKeyHeader header{std::string(text.substr(0, colon)), std::string(value.substr(0, at)),
                        std::string(value.substr(at + slot.size()))};
    if (!checkHeader({header.name, header.before}) || !checkHeader({header.name, header.after}))
        return refused("has characters that HTTP does not allow");
    if (std::find(std::begin(connectionHeaders), std::end(connectionHeaders), lowered(header.name)) !=
        std::end(connectionHeaders))
        return refused("names a header that belongs to the connection");
    return header;
}

Secret ApiKeyHeader::value(std::string_view key) const {
    std::string text;
    text.reserve(before.size() + key.size() + after.size());
    text.append(before).append(key).append(after);
    return Secret::takeFrom(text);
}

std::optional<Error> apiKeyRefusal(const CredentialRecord& record, WallTime now) {
    const std::string& name = record.account.subject;
    if (!record.apiKey.active)
        return Error(ErrorCode::PolicyDenied, "the API key " + name + " is switched off",
                     "Switch it on again with: keybearer apikey enable " + name)
            .with("reason", std::string("inactive"));
    if (record.accessExpiresAt && *record.accessExpiresAt <= now)
        return Error(ErrorCode::SignInAgain,
                     "the API key " + name + " expired at " + toRfc3339(*record.accessExpiresAt),
                     "Put a new value there with: keybearer apikey rotate " + name)
            .with("reason", std::string("expired"));
    if (!record.apiKey.exportable)
        return Error(ErrorCode::PolicyDenied,
                     "the API key " + name + " is put into requests and never handed to a program",
                     "Use the service through Keybearer, or add the key again without --no-export.")
            .with("reason", std::string("not_exportable"));
    return std::nullopt;
}

Error unknownApiKey(const std::string& name, const std::vector<std::string>& known) {
    Error error(ErrorCode::NotFound, "there is no API key " + displaySafe(name, 64),
                "See them with: keybearer apikey list");
    if (std::string meant = nearest(name, known); !meant.empty())
        error.details.emplace_back("did_you_mean", std::move(meant));
    return error;
}

} // namespace keybearer
