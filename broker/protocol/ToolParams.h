#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <string>

// The parameters of tool.*, as those in Methods.h.
namespace keybearer {

struct ToolListParams {  // tool.list
    std::string service; // empty: all
    [[nodiscard]] static Result<ToolListParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct ToolParams { // tool.show, tool.approve
    std::string service;
    std::string tool;
    std::string fingerprint; // of a version, at least its first eight digits; empty: the current one
    [[nodiscard]] static Result<ToolParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct ToolForgetParams { // tool.forget
    std::string service;
    std::string tool; // empty: all of the service
    [[nodiscard]] static Result<ToolForgetParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

} // namespace keybearer
