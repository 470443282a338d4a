#include "broker/protocol/ClientParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

namespace {

constexpr std::int64_t longestOverlap = std::int64_t{30} * 86400;

} // namespace

Result<ClientAddParams> ClientAddParams::from(const Json& params) {
    ClientAddParams out;
    ParamsReader reader(params);
    readKeyName(reader, out.name);
    reader.texts("allow", out.allow);
    reader.oneOf("role", out.role, {"readonly", "agent", "user", "admin"});
    reader.optionalText("owner", out.owner);
    reader.optionalText("description", out.description);
    reader.time("expires_at", out.expiresAt);
    return reader.finish(std::move(out));
}

Result<ClientRotateParams> ClientRotateParams::from(const Json& params) {
    ClientRotateParams out;
    ParamsReader reader(params);
    reader.required("name", out.name);
    reader.number("overlap_seconds", out.overlapSeconds, 0, longestOverlap);
    reader.time("expires_at", out.expiresAt);
    return reader.finish(std::move(out));
}

Result<ClientParams> ClientParams::from(const Json& params) {
    ClientParams out;
    ParamsReader reader(params);
    reader.required("name", out.name);
    return reader.finish(std::move(out));
}

} // namespace keybearer
