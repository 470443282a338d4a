#pragma once

#include <optional>
#include <string_view>

namespace keybearer {

// What a caller may do at all, before anybody is asked about a token. Ordered: a caller may ask for less in
// hello.
enum class Role {
    Readonly, // may look
    Agent,    // may ask for tokens: what every program of the user is
    User,     // may sign in and out as well
    Admin,    // everything: who may have what, registered clients, policy
};
[[nodiscard]] std::optional<Role> roleFrom(std::string_view word); // "readonly", "agent", "user", "admin"
[[nodiscard]] std::string_view roleWord(Role role);

} // namespace keybearer
