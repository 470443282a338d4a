#include "broker/accounts/WorkloadToken.h"

#include "broker/base/Text.h"
#include "broker/providers/AssertionFile.h"

namespace keybearer {

namespace {

tl::unexpected<Error> unusable(std::string what, std::string action) {
    return failure(ErrorCode::NotConfigured, std::move(what), std::move(action));
}

} // namespace

Result<WorkloadToken> readWorkloadToken(const ServerAccess& access, WallTime now) {
    if (!access.workload)
        return unusable("no workload token is configured for this server",
                        "Name its file in config.yaml: services.NAME.workload.token_file.");
    const std::string file = displaySafe(access.workload->tokenFile.string(), 512);
    Result<Secret> jwt = readAssertionFile(access.workload->tokenFile);
    if (!jwt)
        return failure(std::move(jwt.error()));
    Result<AssertionClaims> claims = readAssertion(*jwt);
    if (!claims)
        return unusable(file + " holds no signed JWT",
                        "Name the file that the platform writes its token to.");
    if (claims->expiresAt && *claims->expiresAt <= now)
        return unusable("the workload token in " + file + " has expired",
                        "Check that the platform still renews it.");
    if (!access.workload->issuerBound && !isMeantFor(*claims, access.server))
        return unusable("the workload token in " + file + " is for another audience than " +
                            displaySafe(access.issuerKey()),
                        "Have the platform issue one for that audience, or set issuer of the service in "
                        "config.yaml to that server.");
    return WorkloadToken{std::move(*jwt), std::move(*claims)};
}

} // namespace keybearer
