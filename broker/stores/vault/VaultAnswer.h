#pragma once

#include "broker/base/Json.h"
#include "broker/http/HttpTransport.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// One request to the API, below /v1/.
struct VaultCall {
    HttpRequest::Method method = HttpRequest::Method::Get;
    std::string path;            // "secret/data/keybearer/header", without a slash at either end
    Json body = nullptr;         // null: none. With Post alone
    bool list = false;           // ?list=true, the form of LIST that every HTTP client can send
    bool anonymous = false;      // without a token and a namespace: sys/health
    bool anyStatus = false;      // 403 too is an answer, and no failure
    std::string token = {};      // instead of the session's own, while a token is looked at
    std::string capability = {}; // what a policy has to allow for it, for people: "read"
};

// An answer of the API, read and bounded. Nothing of its text is quoted but `errors`, made safe to show.
struct VaultAnswer {
    int status = 0;
    Json body = nullptr;             // an object, or null if there was no body
    std::vector<std::string> errors; // of the member "errors"
    std::optional<WallTime> time;    // the server's own, of the Date header
    std::optional<std::chrono::seconds> retryAfter;

    [[nodiscard]] bool says(std::string_view part) const; // one of the errors has it in it
};

// Failures: ParseError (no JSON where there must be some, not an object, another content type).
[[nodiscard]] Result<VaultAnswer> readVaultAnswer(const HttpResponse& response, WallTime now);

// A key of the engine KV version 2 as data/NAME shows it. A version that was deleted or destroyed has no
// data, but its number still counts for check-and-set.
struct KvVersion {
    std::uint64_t version = 0; // 0: there has never been one
    Json data = nullptr;       // null: absent, deleted or destroyed
};
// Of an answer with status 200 or 404. Failure: ParseError.
[[nodiscard]] Result<KvVersion> kvVersionOf(const VaultAnswer& answer);
// Of the answer to a write. Failure: ParseError.
[[nodiscard]] Result<std::uint64_t> kvWrittenVersionOf(const VaultAnswer& answer);
// Of a LIST: names below it, those of folders with a slash at the end; a 404 is none. Names that are none of
// ours are left out. Failure: ParseError.
[[nodiscard]] Result<std::vector<std::string>> kvNamesOf(const VaultAnswer& answer);

// A token, as a sign-in or a renewal hands it out or as lookup-self describes it.
struct VaultToken {
    Secret token;                  // empty: it was only described
    std::chrono::seconds lease{0}; // zero: it does not end
    bool renewable = false;
};
[[nodiscard]] Result<VaultToken> vaultTokenOf(VaultAnswer answer);            // the member "auth"
[[nodiscard]] Result<VaultToken> describedTokenOf(const VaultAnswer& answer); // lookup-self

// Letters, digits, '_', '-' between slashes: what names of records are made of.
[[nodiscard]] bool isRecordName(std::string_view name);

} // namespace keybearer
