#include "broker/methods/ToolMethods.h"

#include "broker/base/Time.h"
#include "broker/methods/CallerEvent.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/ToolParams.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostListed = 1000; // of one answer, those that wait for a person first
constexpr std::size_t mostDifferencesShown = 32;
constexpr std::size_t longestDefinitionShown = 64U * 1024;

const char* modeWord(ToolPins mode) {
    return mode == ToolPins::Off ? "off" : mode == ToolPins::Hold ? "hold" : "warn";
}

Json wireOf(const std::vector<ToolDifference>& differences) {
    Json out = Json::array();
    for (const ToolDifference& each : differences) {
        if (out.size() == mostDifferencesShown)
            break;
        Json entry{{"member", each.member}, {"change", differenceKindWord(each.kind)}};
        if (each.kind != ToolDifference::Kind::Added)
            entry["before"] = each.before;
        if (each.kind != ToolDifference::Kind::Removed)
            entry["after"] = each.after;
        out.push_back(std::move(entry));
    }
    return out;
}

Json wireOf(const ToolVersion& version, const std::string& current) {
    return Json{{"fingerprint", version.fingerprint},
                {"current", version.fingerprint == current},
                {"first_seen", toRfc3339(version.firstSeen)},
                {"last_seen", toRfc3339(version.lastSeen)},
                {"approved_at", timeOrNull(version.approvedAt)},
                {"first_use", version.firstUse}};
}

} // namespace

void ToolMethods::addTo(MethodTable& table) {
    table.add("tool.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("tool.show",
              [this](const CallContext&, const Json& params, const Reply& reply) { show(params, reply); });
    table.add("tool.approve", [this](const CallContext& context, const Json& params, const Reply& reply) {
        approve(context, params, reply);
    });
    table.add("tool.forget", [this](const CallContext& context, const Json& params, const Reply& reply) {
        forget(context, params, reply);
    });
}

Json ToolMethods::toWire(const ToolRecord& tool) const {
    const ToolPins mode = rooms_.mode(tool.service);
    const ToolVersion* now = tool.version(tool.current);
    Json out{{"service", displaySafe(tool.service, 128)},
             {"tool", tool.name},
             {"state", toolStateWord(tool)},
             {"pins", modeWord(mode)},
             {"hidden", mode == ToolPins::Hold && !tool.isApproved()},
             {"fingerprint", tool.current},
             {"first_seen", toRfc3339(tool.versions.empty() ? WallTime() : tool.versions.front().firstSeen)},
             {"last_seen", toRfc3339(now == nullptr ? WallTime() : now->lastSeen)},
             {"gone_since", timeOrNull(tool.goneSince)},
             {"versions_kept", tool.versions.size()}};
    return out;
}

void ToolMethods::list(const Json& params, const Reply& reply) const {
    const std::optional<ToolListParams> which = paramsOrAnswer<ToolListParams>(params, reply);
    if (!which)
        return;
    std::vector<const ToolRecord*> tools = rooms_.tools.list(which->service);
    std::stable_partition(tools.begin(), tools.end(),
                          [](const ToolRecord* tool) { return !tool->isApproved(); });
    Json out = Json::array();
    for (std::size_t at = 0; at < tools.size() && at < mostListed; ++at)
        out.push_back(toWire(*tools[at]));
    reply.result(
        Json{{"tools", std::move(out)}, {"more", tools.size() - std::min(tools.size(), mostListed)}});
}

void ToolMethods::show(const Json& params, const Reply& reply) const {
    const std::optional<ToolParams> which = paramsOrAnswer<ToolParams>(params, reply);
    if (!which)
        return;
    const Result<const ToolRecord*> tool = rooms_.tools.find(which->service, which->tool);
    if (!tool)
        return reply.error(tool.error());
    const Result<std::string> version = rooms_.tools.versionOf(**tool, which->fingerprint);
    if (!version)
        return reply.error(version.error());
    Json out = toWire(**tool);
    out["shown"] = *version;
    out["differences"] = wireOf(rooms_.tools.differences(**tool, *version));
    const std::string definition = rooms_.tools.definition(**tool, *version);
    out["definition"] = definition.empty() ? Json() : Json(displaySafe(definition, longestDefinitionShown));
    Json versions = Json::array();
    for (const ToolVersion& each : (*tool)->versions)
        versions.push_back(wireOf(each, (*tool)->current));
    out["versions"] = std::move(versions);
    reply.result(out);
}

// Only operator programs get here (Permission::ConsentAnswer).
void ToolMethods::approve(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ToolParams> which = paramsOrAnswer<ToolParams>(params, reply);
    if (!which)
        return;
    const Result<const ToolRecord*> tool = rooms_.tools.find(which->service, which->tool);
    if (!tool)
        return reply.error(tool.error());
    const Result<std::string> version = rooms_.tools.versionOf(**tool, which->fingerprint);
    if (!version)
        return reply.error(version.error());
    if (const Result<void> recorded =
            record("tool.approved", context.caller, which->service, which->tool, "definition " + *version);
        !recorded)
        return reply.error(recorded.error());
    const Result<const ToolRecord*> approved = rooms_.tools.approve(which->service, which->tool, *version);
    if (!approved)
        return reply.error(approved.error());
    reply.result(toWire(**approved));
}

void ToolMethods::forget(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ToolForgetParams> which = paramsOrAnswer<ToolForgetParams>(params, reply);
    if (!which)
        return;
    if (const Result<void> recorded =
            record("tool.removed", context.caller, which->service, which->tool,
                   which->tool.empty() ? "all tools; the next list is taken as it is" : "");
        !recorded)
        return reply.error(recorded.error());
    const Result<std::size_t> count = rooms_.tools.forget(which->service, which->tool);
    if (!count)
        return reply.error(count.error());
    reply.result(Json{{"service", displaySafe(which->service, 128)}, {"forgotten", *count}});
}

Result<void> ToolMethods::record(const char* kind, const Caller& caller, const std::string& service,
                                 const std::string& tool, const std::string& detail) {
    AuditEvent event = callerEvent(kind, caller);
    event.provider = displaySafe(service, 128);
    event.tool = displaySafe(tool, 128);
    event.detail = detail;
    return rooms_.audit.append(event);
}

} // namespace keybearer
