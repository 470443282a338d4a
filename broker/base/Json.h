#pragma once

#include "broker/base/Result.h"

#include <nlohmann/json.hpp>

namespace keybearer {

using Json = nlohmann::json;

// How much of a foreign document we are willing to look at (security.md T-27).
struct JsonLimits {
    std::size_t depth = 32;       // nested arrays and objects
    std::size_t keys = 1024;      // members of one object
    std::size_t values = 100'000; // all in all
};

// Strict JSON (RFC 8259): valid UTF-8 only; no duplicate member names, no NUL inside a string, no number that
// a double cannot hold, nothing after the document. Error code ParseError; the message never quotes the
// input.
[[nodiscard]] Result<Json> parseJson(std::string_view text, const JsonLimits& limits = {});

// Overwrites every string of a document that held secrets.
void wipeJson(Json& document) noexcept;

// Members of an object, by kind; nothing if absent, null or of another kind.
[[nodiscard]] std::optional<std::string> stringAt(const Json& object, const char* key);
[[nodiscard]] std::optional<std::int64_t> integerAt(const Json& object, const char* key);
[[nodiscard]] std::optional<bool> booleanAt(const Json& object, const char* key);
[[nodiscard]] std::vector<std::string> stringsAt(const Json& object, const char* key);

// One line without spaces; invalid UTF-8 is replaced rather than thrown at.
[[nodiscard]] std::string dumpJson(const Json& document);

} // namespace keybearer
