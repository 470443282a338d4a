#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Answers of a server of a revision up to 2025-11-25 as a client of 2026-07-28 expects them. Whole messages
// in and out; what is not translated keeps its bytes. Pure.
namespace keybearer {

// URLElicitationRequiredError of 2025-11-25; 2026-07-28 has a result in its place.
inline constexpr int legacyElicitationRequired = -32042;

// resultType, and how long what can be kept is good: not at all.
[[nodiscard]] std::string modernResult(const std::string& method, std::string_view message);
// Codes that 2026-07-28 does not have become invalid params.
[[nodiscard]] std::string modernError(std::int64_t code, std::string_view message);
// -32042: each of its addresses, at most `most`, as a question of an input_required result.
[[nodiscard]] std::string addressesAsQuestions(std::string_view message, const std::string& requestState,
                                               std::size_t most);
// The same message with another id (JSON text).
[[nodiscard]] std::string withId(std::string_view message, const std::string& id);

} // namespace keybearer
