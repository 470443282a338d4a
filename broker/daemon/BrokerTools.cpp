#include "broker/base/Text.h"
#include "broker/daemon/Broker.h"

#include <algorithm>

// The part of Broker that tells of tools whose definition has changed.
namespace keybearer {

namespace {

constexpr std::size_t longestDifference = 400; // of one alert
constexpr int mostToldOfOne = 5;               // of one service in an hour, one by one
constexpr std::chrono::hours hour{1};

std::string differenceOf(const ToolFinding& finding) {
    if (finding.isNew)
        return "it was not there before";
    if (finding.differences.empty())
        return "its definition is too long, or no sound JSON, so what changed cannot be said";
    return differenceWords(finding.differences, longestDifference);
}

} // namespace

ToolPins Broker::pinsOf(const std::string& service) const {
    const auto config = std::find_if(services_.begin(), services_.end(),
                                     [&](const ServiceConfig& one) { return one.name == service; });
    return config == services_.end() ? pins_ : config->pins.value_or(pins_);
}

void Broker::watchTools() {
    connect(&tools_, &PinnedTools::found, this, &Broker::tellOfTool);
    connect(&tools_, &PinnedTools::changed, this, [this](const std::string& service) {
        server_.publish("tool.changed", Json{{"service", displaySafe(service, 128)}});
    });
    connect(&tools_, &PinnedTools::refused, this, [this](const std::string& service) {
        AuditEvent event;
        event.kind = "tool.refused";
        event.provider = displaySafe(service, 128);
        event.detail = "a row in the state database was changed by somebody else";
        record(event);
    });
}

void Broker::tellOfTool(const ToolFinding& finding) {
    const std::string service = displaySafe(finding.service, 64);
    const std::string tool = displaySafe(finding.tool, 128);
    AuditEvent event;
    event.kind = finding.isNew ? "tool.added" : "tool.changed";
    event.provider = service;
    event.tool = tool;
    event.why = finding.held ? "held" : "warned";
    event.detail = differenceOf(finding);
    brake_.append(event);
    server_.publish("tool.changed", Json{{"service", service}});

    ToolAlerts& told = toolAlerts_[finding.service];
    if (clock_.boot() - told.since > hour)
        told = {clock_.boot(), 0};
    const bool more = ++told.count > mostToldOfOne;
    const std::string name = service + " " + tool;
    const std::string action = finding.held ? "It is hidden until you approve it: keybearer tool show " +
                                                  name + ", then keybearer tool approve " + name
                                            : "Look at it with: keybearer tool show " + name +
                                                  "; if it is right: keybearer tool approve " + name;
    if (more)
        return alert("tool_changed", finding.service, "More tools of " + service + " are new or have changed",
                     "See which with: keybearer tool list " + service);
    if (finding.isNew)
        return alert("tool_added", finding.service + " " + finding.tool, service + " has a new tool: " + tool,
                     action);
    alert("tool_changed", finding.service + " " + finding.tool + " " + finding.fingerprint,
          "The tool " + tool + " of " + service + " has changed. " + event.detail, action);
}

void Broker::addToolsTo(Metrics& out) const {
    const PinnedTools::Counts counts = tools_.counts();
    const auto gauge = [&out](const char* state, std::size_t count) {
        out.gauge("keybearer_tools", "Tools that MCP servers have shown, by state.",
                  static_cast<double>(count), {{"state", state}});
    };
    gauge("approved", counts.approved);
    gauge("changed", counts.changed);
    gauge("new", counts.added);
    gauge("gone", counts.gone);
}

} // namespace keybearer
