#pragma once

#include "broker/accounts/ServerDirectory.h"
#include "broker/oauth/AssertionFlow.h"

namespace keybearer {

// What the platform says of this machine, for one authorization server: a JWT, read anew from its file.
struct WorkloadToken {
    Secret jwt;
    AssertionClaims claims;
};

// NotConfigured, each cause with words of its own and an action: no workload is configured, the file cannot
// be used (readAssertionFile), what it holds is no JWT, has expired, or is for another audience. The server
// was named by whom the token is for, perhaps by a stranger: unless the configuration names its issuer, a
// token leaves only for a server that is its audience (RFC 7523 section 3). Reads a file, otherwise pure.
[[nodiscard]] Result<WorkloadToken> readWorkloadToken(const ServerAccess& access, WallTime now);

} // namespace keybearer
