#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <string>
#include <vector>

namespace keybearer {

// What a decision point outside is asked. Holds no secret.
struct PolicyQuestion {
    std::string action; // "token.get"
    std::string executable;
    std::string identityClass; // A...F
    std::string script;
    std::string client; // id of the registered client, or of the gateway's, or empty
    std::string role;
    std::string provider;
    std::string account;
    std::string resource;
    std::vector<std::string> scopes;
    std::string tool;
    std::string service;
};

struct PolicyVerdict {
    bool allowed = false;
    BootTime until{}; // good for the same question so long
};

// Since the start.
struct PolicyCounters {
    std::int64_t asked = 0;      // requests that left
    std::int64_t remembered = 0; // answers from memory
    std::int64_t allowed = 0;    // of both
    std::int64_t denied = 0;
    std::int64_t unavailable = 0;
};

// A second opinion from outside (R10): it is asked after the person's consent and can only refuse. Owned by
// the Broker; event loop thread.
class PolicyDecision {
public:
    virtual ~PolicyDecision() = default;

    // Completes once, from inside the call when the answer is still known, else later, within the deadline.
    // PolicyUnavailable: there is no answer that can be believed, which is a refusal as well.
    virtual void decide(const PolicyQuestion& question, Completion<PolicyVerdict> done) = 0;
    [[nodiscard]] const PolicyCounters& counters() const { return counters_; }

protected:
    PolicyCounters counters_;
};

} // namespace keybearer
