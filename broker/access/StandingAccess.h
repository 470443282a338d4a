#pragma once

#include "broker/access/Caller.h"

#include <string>
#include <vector>

namespace keybearer {

enum class AccessPolicy { Ask, Trusting, Locked };

// A program that the configuration allows in advance.
struct AllowedCaller {
    std::string executable;
    std::vector<std::string> providers;
};

// What the configuration says of access, so that no person needs to be asked: the mode, and the programs that
// are allowed in advance. A value.
class StandingAccess {
public:
    StandingAccess(AccessPolicy policy, std::vector<AllowedCaller> allowed);

    [[nodiscard]] AccessPolicy policy() const { return policy_; }
    [[nodiscard]] const std::vector<AllowedCaller>& allowed() const { return allowed_; }
    // Hex digits; tells configurations apart, no more.
    [[nodiscard]] const std::string& version() const { return version_; }

    // Allowed whatever it asks for, by the mode.
    [[nodiscard]] bool trusts(const Caller& caller) const;
    [[nodiscard]] bool allows(const Caller& caller, const std::string& provider) const;

private:
    AccessPolicy policy_;
    std::vector<AllowedCaller> allowed_;
    std::string version_;
};

} // namespace keybearer
