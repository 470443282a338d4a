#pragma once

#include "broker/base/Json.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// A service as the door knows it.
struct DoorService {
    std::string name;
    std::string title;
    std::vector<std::string> scopes; // that a client may ask for; the first alone is the usual one
    std::string url;
    bool health = false;
    bool local = false; // a program of this machine, started by the broker
};

// What the broker tells the door to serve (door.terms). One instance, owned by the GatewayRoom, replaced as a
// whole when it changes; others hold a reference and look anew for each request. Event loop thread.
class DoorTerms {
public:
    // False: these are no terms, and what was stays.
    [[nodiscard]] bool replace(const Json& params);

    // The keys of an issuer that has no route of its own; null: there is no such issuer.
    [[nodiscard]] const Json* issuerKeys(std::string_view name) const;
    // Null: there is no such service. Good until the terms change.
    [[nodiscard]] const DoorService* service(std::string_view name) const;
    [[nodiscard]] const std::vector<DoorService>& services() const { return services_; }
    [[nodiscard]] const std::vector<std::string>& origins() const { return origins_; }
    [[nodiscard]] const std::string& base() const { return base_; } // "http://127.0.0.1:4180"
    [[nodiscard]] bool registration() const { return registration_; }
    [[nodiscard]] bool clientIdMetadata() const { return clientIdMetadata_; }
    [[nodiscard]] bool revocation() const { return revocation_; }
    [[nodiscard]] const Json& jwks() const { return jwks_; }

private:
    std::vector<DoorService> services_;
    std::vector<std::pair<std::string, Json>> issuers_; // name and keys
    std::vector<std::string> origins_;
    std::string base_;
    bool registration_ = false;
    bool clientIdMetadata_ = false;
    bool revocation_ = false;
    Json jwks_ = Json{{"keys", Json::array()}};
};

} // namespace keybearer
