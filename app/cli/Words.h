#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"

#include <string>
#include <string_view>

// Times, names and lists as a person says them. Pure functions over values; what comes from outside is made
// safe to print on the way.
namespace keybearer {

// "40 seconds", "1 minute", "3 hours", "12 days": one unit, rounded down.
[[nodiscard]] std::string durationWords(std::int64_t seconds);
// "in 52 minutes", "3 hours ago", "just now". `fallback` if the text is no RFC 3339 time.
[[nodiscard]] std::string whenWords(const std::optional<std::string>& time, WallTime now,
                                    std::string_view fallback);

// A time of the interfaces in the time zone of whoever reads: "2026-05-01 11:30:00". `fallback` as above.
[[nodiscard]] std::string localTime(const std::optional<std::string>& time, std::string_view fallback);

// The member as safe text, or the fallback if it is absent, empty or no text.
[[nodiscard]] std::string textAt(const Json& object, const char* key, std::string_view fallback = "");
// The member of a member: account.label.
[[nodiscard]] std::string innerTextAt(const Json& object, const char* key, const char* inner,
                                      std::string_view fallback = "");
// "read:user, repo", or the fallback.
[[nodiscard]] std::string listAt(const Json& object, const char* key, std::string_view fallback);

// "1 session", "3 sessions".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

// The file name of an executable path: node of /usr/bin/node.
[[nodiscard]] std::string programName(std::string_view path);

// The program that `object` (a caller, a consent) tells of, by its path. A script says more than the
// interpreter that runs it.
[[nodiscard]] std::string programPath(const Json& object);

// The member, or an empty one if it is absent or of another kind.
[[nodiscard]] const Json& arrayAt(const Json& object, const char* key);
[[nodiscard]] const Json& objectAt(const Json& object, const char* key);

} // namespace keybearer
