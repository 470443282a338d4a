#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <optional>
#include <string>
#include <vector>

// The parameters of client.*, as those in Methods.h.
namespace keybearer {

struct ClientAddParams {            // client.add
    std::string name;               // letters, digits, dots, dashes and underscores
    std::vector<std::string> allow; // "github", "github:ana@example.com", "apikey:NAME"
    std::string role = "agent";     // readonly, agent, user, admin
    std::string owner;
    std::string description;
    std::optional<WallTime> expiresAt;
    [[nodiscard]] static Result<ClientAddParams> from(const Json& params);
};

struct ClientRotateParams {          // client.rotate
    std::string name;                // or id
    std::int64_t overlapSeconds = 0; // for how long the old key goes on working; at most 30 days
    std::optional<WallTime> expiresAt;
    [[nodiscard]] static Result<ClientRotateParams> from(const Json& params);
};

struct ClientParams { // client.show, .enable, .disable, .remove
    std::string name; // or id
    [[nodiscard]] static Result<ClientParams> from(const Json& params);
};

} // namespace keybearer
