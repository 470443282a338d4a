#pragma once

#include "broker/audit/AuditLog.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// The text of one row: a JSON object on one line, in one spelling only.
//   {"seq":7,"at":"2026-05-01T09:30:00Z","kind":"token.released",...,"prev":"<64 hex>","hash":"<64 hex>"}
// Members stand in the order of AuditEvent; an empty one is left out. `hash` is BLAKE2b-256 over the line up
// to and including the member prev, so that any tool can check it:  printf %s '{"seq":...,"prev":"..."' |
// b2sum -l 256 Pure functions; any thread.

using AuditHash = std::array<unsigned char, 32>;

// Longer lines are no rows of ours: the caps of safeEvent() stay below it.
constexpr std::size_t longestAuditLine = 64UL * 1024;

// The event as it may stand in a row: display-safe, every field cut to a sensible length.
[[nodiscard]] AuditEvent safeEvent(const AuditEvent& event);

// Everything of a row between its time and its chain; the event must be safe.
[[nodiscard]] std::string auditBody(const AuditEvent& event);

struct AuditLine {
    std::int64_t sequence = 0;
    std::string at;
    AuditEvent event;
    AuditHash prev{};
    AuditHash hash{};
};
// The row of a line without its line feed; nothing if it is not exactly what auditBody() and AuditChain
// write. Does not look at the hash.
[[nodiscard]] std::optional<AuditLine> parseAuditLine(std::string_view line);

// The sequence with which a line begins, whatever follows; 0 if it does not begin like a row.
[[nodiscard]] std::int64_t sequenceOf(std::string_view line);

// The hash that this line must bear.
[[nodiscard]] AuditHash hashOfLine(std::string_view line);

} // namespace keybearer
