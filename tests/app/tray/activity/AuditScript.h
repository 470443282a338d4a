#pragma once

#include "broker/base/Json.h"

#include <algorithm>
#include <string>

namespace keybearer::test {

inline Json auditRow(std::int64_t sequence, const std::string& kind = "token.released") {
    return {{"seq", sequence},
            {"at", "2026-05-01T09:30:00Z"},
            {"kind", kind},
            {"caller", "/usr/bin/node"},
            {"pid", 7},
            {"provider", "github"},
            {"account", "ana@example.com"},
            {"session_id", "s1"},
            {"scopes", "repo"},
            {"why", "k1"},
            {"token", "f3a1"},
            {"detail", "script: /srv/mcp/index.js; rule: default"},
            {"hash", "4c1e"}};
}

// The answer of a log with the rows 1 to `newest` to one question.
inline Json auditPage(const Json& params, std::int64_t newest) {
    const std::int64_t limit = params.value("limit", std::int64_t{100});
    Json rows = Json::array();
    if (params.contains("after_sequence")) {
        const auto after = params["after_sequence"].get<std::int64_t>();
        std::int64_t last = after;
        while (last < newest && static_cast<std::int64_t>(rows.size()) < limit)
            rows.push_back(auditRow(++last));
        return {{"rows", rows}, {"more", last < newest}, {"next_sequence", last}};
    }
    const std::int64_t before = params.value("before_sequence", newest + 1);
    const std::int64_t last = std::max<std::int64_t>(1, before - limit);
    for (std::int64_t sequence = before - 1; sequence >= last; --sequence)
        rows.push_back(auditRow(sequence));
    return {{"rows", rows}, {"more", last > 1}, {"next_sequence", last}};
}

} // namespace keybearer::test
