#include "broker/protocol/SessionListParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

Result<SessionListParams> SessionListParams::from(const Json& params) {
    SessionListParams out;
    ParamsReader reader(params);
    reader.text("after", out.after);
    reader.number("limit", out.limit, 1, 1000);
    return reader.finish(std::move(out));
}

Json SessionListParams::toJson() const {
    Json params = Json::object();
    if (after)
        params["after"] = *after;
    if (limit > 0)
        params["limit"] = limit;
    return params;
}

} // namespace keybearer
