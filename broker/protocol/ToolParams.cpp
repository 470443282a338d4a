#include "broker/protocol/ToolParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

Result<ToolListParams> ToolListParams::from(const Json& params) {
    ToolListParams which;
    ParamsReader reader(params);
    reader.optionalText("service", which.service);
    return reader.finish(std::move(which));
}

Json ToolListParams::toJson() const {
    return service.empty() ? Json::object() : Json{{"service", service}};
}

Result<ToolParams> ToolParams::from(const Json& params) {
    ToolParams which;
    ParamsReader reader(params);
    reader.required("service", which.service);
    reader.required("tool", which.tool, longestTool);
    reader.optionalText("fingerprint", which.fingerprint);
    return reader.finish(std::move(which));
}

Json ToolParams::toJson() const {
    Json out{{"service", service}, {"tool", tool}};
    if (!fingerprint.empty())
        out["fingerprint"] = fingerprint;
    return out;
}

Result<ToolForgetParams> ToolForgetParams::from(const Json& params) {
    ToolForgetParams which;
    ParamsReader reader(params);
    reader.required("service", which.service);
    reader.optionalText("tool", which.tool);
    return reader.finish(std::move(which));
}

Json ToolForgetParams::toJson() const {
    Json out{{"service", service}};
    if (!tool.empty())
        out["tool"] = tool;
    return out;
}

} // namespace keybearer
