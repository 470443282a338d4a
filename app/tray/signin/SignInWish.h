#pragma once

#include <string>
#include <vector>

namespace keybearer {

// What the person wants to sign in to: a provider (or a service) by its name, or an MCP server by its
// address.
struct SignInWish {
    std::string provider;                 // empty: url
    std::string url = {};                 // of an MCP server
    std::string flow = "auto";            // the provider's first way that works, or one of its others
    std::string account = {};             // who it is to be, as a hint to the provider
    std::vector<std::string> scopes = {}; // empty: the usual ones

    // Whether it leads to the same place, however it is asked for there.
    [[nodiscard]] bool sameTarget(const SignInWish& other) const {
        return provider == other.provider && url == other.url;
    }
};

} // namespace keybearer
