#include "broker/gatekeeper/ToolDesk.h"

#include "broker/base/Text.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestName = 128; // MCP: names of tools

bool isName(const std::string& name) {
    return !name.empty() && name.size() <= longestName && displaySafe(name, longestName) == name;
}

bool isFingerprint(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

tl::unexpected<Error> malformed() {
    return failure(ErrorCode::InvalidParams, "that is no list of tools");
}

Result<std::vector<PinnedTools::Seen>> toolsOf(const Json& params) {
    const auto list = params.find("tools");
    if (list == params.end() || !list->is_array() || list->size() > PinnedTools::mostTools)
        return malformed();
    std::vector<PinnedTools::Seen> out;
    for (const Json& tool : *list) {
        PinnedTools::Seen seen;
        if (tool.is_object())
            seen = {stringAt(tool, "name").value_or(""), stringAt(tool, "fingerprint").value_or("")};
        if (!isName(seen.name) || !isFingerprint(seen.fingerprint))
            return malformed();
        out.push_back(std::move(seen));
    }
    return out;
}

} // namespace

ToolDesk::ToolDesk(CoreDesk& desk, GatewayProcess& process, PinnedTools& tools) : desk_(desk), tools_(tools) {
    desk_.serve("tools.seen",
                [this](const Json& params, const CoreDesk::Answer& answer) { seen(params, answer); });
    desk_.serve("tools.define",
                [this](const Json& params, const CoreDesk::Answer& answer) { define(params, answer); });
    connect(&tools_, &PinnedTools::changed, this, [&process](const std::string& service) {
        process.send(notificationLine("tools.changed", Json{{"service", service}}));
    });
}

void ToolDesk::seen(const Json& params, const CoreDesk::Answer& answer) {
    const Result<Exchange*> exchange = desk_.exchangeOf(params);
    if (!exchange)
        return answer(tl::unexpected(exchange.error()));
    const Result<std::vector<PinnedTools::Seen>> tools = toolsOf(params);
    if (!tools)
        return answer(tl::unexpected(tools.error()));
    const McpTarget& target = (*exchange)->target;
    if (target.pins == ToolPins::Off)
        return answer(Json{{"unknown", Json::array()}, {"hidden", Json::array()}});
    const Result<PinnedTools::Verdict> verdict =
        tools_.seen(target.name, *tools, booleanAt(params, "whole").value_or(false));
    if (!verdict)
        return answer(tl::unexpected(verdict.error()));
    Json hidden = Json::array();
    for (const PinnedTools::Hidden& each : verdict->hidden)
        hidden.push_back(Json{{"name", each.name}, {"why", each.isNew ? "new" : "changed"}});
    answer(Json{{"unknown", verdict->unknown}, {"hidden", std::move(hidden)}});
}

void ToolDesk::define(const Json& params, const CoreDesk::Answer& answer) {
    const Result<Exchange*> exchange = desk_.exchangeOf(params);
    if (!exchange)
        return answer(tl::unexpected(exchange.error()));
    const McpTarget& target = (*exchange)->target;
    const Result<bool> hidden = tools_.define(target.name, target.pins, stringAt(params, "name").value_or(""),
                                              stringAt(params, "fingerprint").value_or(""),
                                              stringAt(params, "definition").value_or(""));
    if (!hidden)
        return answer(tl::unexpected(hidden.error()));
    answer(Json{{"hidden", *hidden}});
}

} // namespace keybearer
