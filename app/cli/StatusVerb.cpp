#include "app/cli/AllSessions.h"
#include "app/cli/Findings.h"
#include "app/cli/Invocation.h"
#include "app/cli/SessionLines.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

std::string modeWords(const std::string& mode) {
    if (mode == "ask")
        return "ask (you are asked about every new program)";
    if (mode == "trusting")
        return "trusting (every program of yours gets what it asks for)";
    if (mode == "locked")
        return "locked (only programs that were approved before)";
    return mode;
}

std::string storeWords(const Json& health) {
    const Json& store = objectAt(health, "store");
    std::string words = textAt(store, "backend", "unknown") + ", " + textAt(store, "state", "unknown");
    if (const std::string problem = textAt(store, "problem"); !problem.empty())
        words += " (" + problem + ")";
    return words;
}

// Only said while nothing is shared.
std::string pausedWords(const Json& sharing) {
    const auto until = stringAt(sharing, "until");
    return (until ? "paused until " + localTime(until, "?") : std::string("paused")) +
           "; go on with: keybearer resume";
}

// Of the process that carries the traffic of MCP servers. It runs when it is needed.
std::string gatewayWords(const Json& health) {
    const Json& gateway = objectAt(health, "gateway");
    const std::int64_t deaths = integerAt(gateway, "deaths").value_or(0);
    std::string words = "not running, starts with the first MCP server that is used";
    if (booleanAt(gateway, "running").value_or(false))
        words = "running, " +
                counted(integerAt(gateway, "exchanges").value_or(0), "conversation", "conversations") +
                " with MCP servers";
    if (const std::string address = textAt(gateway, "address"); !address.empty())
        words += ", open at " + address;
    if (deaths > 0)
        words += " (ended unexpectedly: " + std::to_string(deaths) + ")";
    return words;
}

std::string head(Output& output, const Json& health) {
    const std::string status = textAt(health, "status", "unknown");
    const Output::Tone tone = status == "ok"         ? Output::Tone::Good
                              : status == "degraded" ? Output::Tone::Warning
                                                     : Output::Tone::Bad;
    std::string out = output.toned("Keybearer " + textAt(health, "version", "?"), Output::Tone::Strong) +
                      ": " + output.toned(status, tone) + ", running for " +
                      durationWords(integerAt(health, "uptime_seconds").value_or(0)) + " (process " +
                      std::to_string(integerAt(health, "pid").value_or(0)) + ")\n";
    Table lines({"  Store", storeWords(health)});
    lines.add({"  Access", modeWords(textAt(health, "access_mode", "unknown"))});
    if (const Json& sharing = objectAt(health, "sharing"); booleanAt(sharing, "paused").value_or(false))
        lines.add({"  Sharing", pausedWords(sharing)});
    lines.add({"  Gateway", gatewayWords(health)});
    lines.add({"  Config", textAt(health, "config", "none")});
    lines.add({"  Socket", textAt(health, "socket", "?")});
    return out + lines.text();
}

// The newest of what the broker found alarming; the rest is for audit alerts.
std::string alertWords(Output& output, const Json& health) {
    const Json& alerts = arrayAt(health, "alerts");
    if (alerts.empty())
        return {};
    constexpr std::size_t shown = 3;
    std::string text = "\nAlerts\n";
    for (std::size_t i = 0; i < std::min(shown, alerts.size()); ++i)
        text += "  " + output.toned(textAt(alerts[i], "message", "?"), Output::Tone::Warning) + "\n    " +
                textAt(alerts[i], "action", "") + "\n";
    if (alerts.size() > shown)
        text += "  and " + std::to_string(alerts.size() - shown) + " more: keybearer audit alerts\n";
    return text;
}

std::string pendingWords(const Json& pending) {
    if (pending.empty())
        return {};
    const auto count = static_cast<std::int64_t>(pending.size());
    return "\n" + counted(count, "program waits", "programs wait") +
           " for your answer: keybearer consent pending\n";
}

Result<int> run(Invocation& invocation) {
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    const std::int64_t healthId = (*client)->post("health.get", Json::object());
    const std::int64_t sessionsId = (*client)->post("session.list", firstSessions());
    const std::int64_t pendingId = (*client)->post("consent.pending", Json::object());
    std::array<Json, 3> parts;
    const std::array ids{healthId, sessionsId, pendingId};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Result<Json> part = (*client)->answer(ids[i], invocation.timeout());
        if (!part)
            return tl::unexpected(part.error());
        parts[i] = std::move(*part);
    }
    const Json& health = parts[0];
    const Result<Json> listed = withFollowingSessions(invocation, std::move(parts[1]));
    if (!listed)
        return tl::unexpected(listed.error());
    const Json& sessions = arrayAt(*listed, "sessions");
    const Json& pending = arrayAt(parts[2], "pending");
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(Json{{"health", health}, {"sessions", sessions}, {"pending", pending}});
        return 0;
    }
    std::string text = head(output, health);
    if (sessions.empty())
        text += "\nYou are not signed in anywhere. To begin:\n"
                "  keybearer provider list     whom you can sign in to\n"
                "  keybearer login PROVIDER    sign in, in your browser\n"
                "  keybearer login URL         the same for an MCP server, by its address\n";
    else
        text += "\nSessions\n" + sessionTable(sessions, invocation.now(), "  ");
    text += pendingWords(pending);
    text += alertWords(output, health);
    if (const std::string findings = findingLines(output, findingsOf(health)); !findings.empty())
        text += "\nFindings\n" + findings;
    output.answer(text);
    return 0;
}

constexpr std::array examples{
    Example{"keybearer status", "Is everything all right, and who am I signed in as?"},
    Example{"keybearer status --json", "The same for programs."}};

} // namespace

const Verb statusVerb{
    "status",
    "",
    "Show on one screen what there is and what it needs.",
    "Shows the broker, its store, how programs get access and whether sharing is paused, its gateway, your "
    "sessions and when they expire, programs that wait for your answer, and what is wrong. Starts the broker "
    "if need be.",
    0,
    0,
    {},
    examples,
    {},
    run};

} // namespace keybearer
