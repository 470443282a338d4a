#pragma once

#include "broker/audit/AuditLog.h"
#include "broker/pins/PinnedTools.h"
#include "broker/rpc/MethodTable.h"

#include <functional>

namespace keybearer {

// tool.list, .show, .approve, .forget: the tools that MCP servers have shown, what has changed of them, and a
// person's word on it. Owned by the Broker; event loop thread.
class ToolMethods {
public:
    struct Rooms {
        PinnedTools& tools;
        std::function<ToolPins(const std::string& service)> mode;
        AuditLog& audit;
    };
    explicit ToolMethods(Rooms rooms) : rooms_(std::move(rooms)) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply) const;
    void show(const Json& params, const Reply& reply) const;
    void approve(const CallContext& context, const Json& params, const Reply& reply);
    void forget(const CallContext& context, const Json& params, const Reply& reply);
    [[nodiscard]] Json toWire(const ToolRecord& tool) const;
    [[nodiscard]] Result<void> record(const char* kind, const Caller& caller, const std::string& service,
                                      const std::string& tool, const std::string& detail);

    Rooms rooms_;
};

} // namespace keybearer
