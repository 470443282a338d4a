#pragma once

#include "broker/base/Clock.h"

#include <string>
#include <vector>

namespace keybearer {

// A client of the gateway's own authorization server: what a program said of itself. Nobody has checked any
// of it, and to be registered grants nothing.
struct LocalClient {
    enum class Kind {
        Registered, // RFC 7591; the id is ours
        Document,   // its id is the address of its metadata document
    };
    std::string id;
    Kind kind = Kind::Registered;
    std::string name;    // claimed, display-safe
    std::string service; // at whose issuer it registered; empty: at any (Document)
    std::vector<std::string> redirectUris;
    std::string applicationType;     // "native", "web" or empty; an echo and no more
    std::string authMethod = "none"; // none, client_secret_basic, client_secret_post
    std::string secretHash;          // SHA-256 of its secret; empty: it has none
    WallTime createdAt{};
    WallTime lastUsedAt{}; // of a grant; the epoch: never, and so it ends after a day
    [[nodiscard]] bool used() const { return lastUsedAt != WallTime(); }
    [[nodiscard]] bool isPublic() const { return authMethod == "none"; }
};

} // namespace keybearer
