#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <optional>
#include <string>
#include <vector>

// The parameters of apikey.* and service_account.*, as those in Methods.h. A member that holds a secret is
// an ordinary text here: whoever has the struct takes it with Secret::takeFrom.
namespace keybearer {

struct ApiKeyAddParams { // apikey.add
    std::string name;    // letters, digits, dots, dashes and underscores
    std::string value;   // secret; visible ASCII without spaces
    std::string header;  // "X-Api-Key: {key}"; empty: Authorization: Bearer {key}
    std::string description;
    std::optional<WallTime> expiresAt;
    bool exportable = true;
    [[nodiscard]] static Result<ApiKeyAddParams> from(const Json& params);
};

struct ApiKeyRotateParams { // apikey.rotate
    std::string name;
    std::string value; // secret
    std::optional<WallTime> expiresAt;
    [[nodiscard]] static Result<ApiKeyRotateParams> from(const Json& params);
};

struct ApiKeyParams { // apikey.show, .enable, .disable, .remove
    std::string name;
    [[nodiscard]] static Result<ApiKeyParams> from(const Json& params);
};

struct ServiceAccountAddParams { // service_account.add
    std::string provider;
    std::string key; // secret: the key file's text
    std::string subject;
    std::vector<std::string> scopes;
    std::string name;
    [[nodiscard]] static Result<ServiceAccountAddParams> from(const Json& params);
};

struct ServiceAccountParams { // service_account.remove
    std::string name;         // its name, provider:name, or a session id
    [[nodiscard]] static Result<ServiceAccountParams> from(const Json& params);
};

// What an API key may be called: nothing that a shell or apikey:NAME could mistake.
[[nodiscard]] bool isKeyName(std::string_view name);

} // namespace keybearer
