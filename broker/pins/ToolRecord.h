#pragma once

#include "broker/base/Clock.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// One definition that a tool has had. A value.
struct ToolVersion {
    std::string fingerprint; // SHA-256 of the definition, 64 hex digits
    WallTime firstSeen{};
    WallTime lastSeen{};
    std::optional<WallTime> approvedAt;
    bool firstUse = false;     // approved because nothing was known of the service before
    std::size_t keptBytes = 0; // of the definition, in the store; 0: it is too long or no sound JSON
    bool defined = false;      // the gateway has sent the definition, or said that there is none to keep
    bool told = false;         // an alert has been raised for it, or none is due
};

// One tool of a service, with what it has been. A value.
struct ToolRecord {
    std::string service;
    std::string name;
    std::string current;               // fingerprint that was seen last
    std::optional<WallTime> goneSince; // a whole list came without it
    std::vector<ToolVersion> versions; // the oldest first

    [[nodiscard]] const ToolVersion* version(const std::string& fingerprint) const {
        const auto found = std::find_if(versions.begin(), versions.end(), [&](const ToolVersion& version) {
            return version.fingerprint == fingerprint;
        });
        return found == versions.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool isApproved() const {
        const ToolVersion* now = version(current);
        return now != nullptr && now->approvedAt.has_value();
    }
    // What the current definition is to be compared with: the approved one that was seen last. Null: none.
    [[nodiscard]] const ToolVersion* approvedBefore() const {
        const ToolVersion* best = nullptr;
        for (const ToolVersion& version : versions) {
            if (version.approvedAt && version.fingerprint != current &&
                (best == nullptr || best->lastSeen <= version.lastSeen))
                best = &version;
        }
        return best;
    }
};

// A service whose tools are known. A value.
struct PinnedService {
    std::string name;
    WallTime firstSeen{};
    bool whole = false; // a whole list of it has been seen: what comes later is new
};

} // namespace keybearer
