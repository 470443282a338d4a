#pragma once

#include "broker/base/Json.h"

namespace keybearer::testing {

// A signed-in session as session.list tells it.
inline Json sessionRow(const char* id, const char* provider, const char* label) {
    return Json{{"session_id", id},
                {"provider", provider},
                {"issuer", "https://issuer.example"},
                {"account", {{"label", label}, {"subject", "1"}}},
                {"scopes", {"repo"}},
                {"state", "active"},
                {"expires_at", "2099-05-01T09:30:00Z"},
                {"refreshed_at", "2026-05-01T09:30:00Z"},
                {"last_used", nullptr}};
}

} // namespace keybearer::testing
