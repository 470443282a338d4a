#include "broker/protocol/AuditParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

namespace {
constexpr std::int64_t farthestZone = 840; // 14 hours: Kiritimati
constexpr std::int64_t mostNamed = 100;
constexpr std::size_t longestPath = 4096;
} // namespace

Result<AuditSummaryParams> AuditSummaryParams::from(const Json& params) {
    AuditSummaryParams out;
    ParamsReader reader(params);
    reader.time("since", out.since);
    reader.time("until", out.until);
    reader.number("utc_offset_minutes", out.offsetMinutes, -farthestZone, farthestZone);
    reader.text("caller", out.caller, longestPath);
    reader.text("provider", out.provider);
    reader.number("most", out.most, 1, mostNamed);
    return reader.finish(std::move(out));
}

Json AuditSummaryParams::toJson() const {
    Json params{{"utc_offset_minutes", offsetMinutes}, {"most", most}};
    if (since)
        params["since"] = toRfc3339(*since);
    if (until)
        params["until"] = toRfc3339(*until);
    put(params, "caller", caller);
    put(params, "provider", provider);
    return params;
}

} // namespace keybearer
