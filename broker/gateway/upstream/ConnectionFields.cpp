#include "broker/gateway/upstream/ConnectionFields.h"

#include "broker/gateway/upstream/HeaderValue.h"

namespace keybearer {

RequestPlan planOf(ClientMessage& message, const std::string& url) {
    RequestPlan plan;
    plan.target.method = "POST";
    plan.target.url = url;
    plan.target.operation = message.method;
    if (!message.name.empty())
        plan.target.operation.append(" ").append(message.name);
    if (message.method == "tools/call")
        plan.target.tool = message.name;
    if (message.kind == ClientMessage::Kind::Request)
        plan.target.requestId = message.id;
    plan.body = std::make_shared<const std::string>(std::exchange(message.text, {}));
    plan.fields = {{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    if (!message.protocolVersion.empty())
        plan.fields.emplace_back("MCP-Protocol-Version", message.protocolVersion);
    return plan;
}

void addRequestMetadata(RequestPlan& plan, const ClientMessage& message) {
    if (!message.method.empty())
        plan.fields.emplace_back("Mcp-Method", mcpHeaderValue(message.method));
    if (!message.name.empty())
        plan.fields.emplace_back("Mcp-Name", mcpHeaderValue(message.name));
    for (const auto& [name, value] : message.parameters)
        plan.fields.emplace_back(std::string("Mcp-Param-").append(name), value);
}

} // namespace keybearer
