#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What the multiplexer changes in messages; the rest passes as it came. Pure.
namespace keybearer {

// The message with another id (raw JSON).
[[nodiscard]] std::string withId(std::string_view message, std::string_view id);
// The raw text of params.KEY, nothing if there is none.
[[nodiscard]] std::optional<std::string> paramOf(std::string_view message, std::string_view key);
[[nodiscard]] std::string withParam(std::string_view message, std::string_view key, std::string_view raw);
// The same of params._meta.KEY.
[[nodiscard]] std::optional<std::string> metaOf(std::string_view message, std::string_view key);
[[nodiscard]] std::string withMeta(std::string_view message, std::string_view key, std::string_view raw);
// A raw id of ours as a number; nothing for everything else.
[[nodiscard]] std::optional<std::uint64_t> numberOf(std::string_view raw);

} // namespace keybearer
