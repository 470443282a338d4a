#include "broker/access/Role.h"

#include <array>
#include <utility>

namespace keybearer {

namespace {

constexpr std::array<std::pair<std::string_view, Role>, 4> words{{
    {"readonly", Role::Readonly},
    {"agent", Role::Agent},
    {"user", Role::User},
    {"admin", Role::Admin},
}};

} // namespace

std::optional<Role> roleFrom(std::string_view word) {
    for (const auto& [name, role] : words) {
        if (name == word)
            return role;
    }
    return std::nullopt;
}

std::string_view roleWord(Role role) {
    for (const auto& [name, value] : words) {
        if (value == role)
            return name;
    }
    return "readonly";
}

} // namespace keybearer
