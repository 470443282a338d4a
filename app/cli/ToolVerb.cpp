#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"
#include "broker/protocol/ToolParams.h"

#include <array>

namespace keybearer {

namespace {

constexpr std::size_t shownFingerprint = 12;
constexpr std::size_t longestCell = 40;
constexpr std::size_t longestText = 2000;

std::string fingerprintOf(const Json& version) {
    return textAt(version, "fingerprint", "?").substr(0, shownFingerprint);
}

std::string stateWords(const Json& tool) {
    std::string state = textAt(tool, "state", "?");
    if (booleanAt(tool, "hidden").value_or(false))
        state.append(", hidden");
    if (stringAt(tool, "gone_since"))
        state.append(", gone");
    return state;
}

// A text of a definition, each line of it marked.
void addMarked(std::string& out, const Output& output, const char* mark, const std::string& text,
               Output::Tone tone) {
    std::string line(mark);
    line.append(" ").append(displaySafe(text, longestText));
    out.append("    ").append(output.toned(line, tone)).append("\n");
}

// What was, in red, above what is, in green.
std::string differenceText(const Json& differences, const Output& output) {
    std::string out;
    for (const Json& each : differences) {
        const std::string change = textAt(each, "change");
        out.append("  ").append(output.toned(textAt(each, "member", "?"), Output::Tone::Strong));
        out.append(change == "added" ? " (new)" : change == "removed" ? " (gone)" : "").append("\n");
        if (const auto before = stringAt(each, "before"))
            addMarked(out, output, "-", *before, Output::Tone::Bad);
        if (const auto after = stringAt(each, "after"))
            addMarked(out, output, "+", *after, Output::Tone::Good);
    }
    return out;
}

std::string versionTable(const Json& tool, WallTime now) {
    Table table({"DEFINITION", "FIRST SEEN", "LAST SEEN", "APPROVED", ""});
    for (const Json& version : arrayAt(tool, "versions")) {
        const bool firstUse = booleanAt(version, "first_use").value_or(false);
        table.add(
            {fingerprintOf(version), whenWords(stringAt(version, "first_seen"), now, "-"),
             whenWords(stringAt(version, "last_seen"), now, "-"),
             firstUse ? std::string("on first use") : whenWords(stringAt(version, "approved_at"), now, "no"),
             booleanAt(version, "current").value_or(false) ? "now" : ""});
    }
    return table.text();
}

Result<int> runList(Invocation& invocation) {
    ToolListParams params;
    if (invocation.arguments().operands().size() == 1)
        params.service = invocation.arguments().operand(0);
    const Result<Json> list = invocation.ask("tool.list", params.toJson());
    if (!list)
        return tl::unexpected(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    Table table({"SERVICE", "TOOL", "STATE", "VERSIONS", "LAST SEEN"});
    bool waits = false;
    for (const Json& tool : arrayAt(*list, "tools")) {
        waits = waits || textAt(tool, "state") != "approved";
        table.add({textAt(tool, "service", "?"), displaySafe(textAt(tool, "tool", "?"), longestCell),
                   stateWords(tool), std::to_string(integerAt(tool, "versions_kept").value_or(0)),
                   whenWords(stringAt(tool, "last_seen"), invocation.now(), "-")});
    }
    if (table.empty()) {
        output.say("No tools have been seen. They are when a program lists those of an MCP server through "
                   "keybearer mcp or the gateway.");
        return 0;
    }
    output.answer(table.text());
    if (const auto more = integerAt(*list, "more").value_or(0); more > 0)
        output.say("There are " + std::to_string(more) + " more; name a service.");
    if (waits)
        output.say("Look at what has changed with: keybearer tool show SERVICE TOOL");
    return 0;
}

Result<int> runShow(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    const ToolParams params{arguments.operand(0), arguments.operand(1),
                            arguments.value("--fingerprint").value_or("")};
    const Result<Json> tool = invocation.ask("tool.show", params.toJson());
    if (!tool)
        return tl::unexpected(tool.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*tool);
        return 0;
    }
    std::string text =
        output.toned(textAt(*tool, "service", "?") + " " + textAt(*tool, "tool", "?"), Output::Tone::Strong);
    text.append(": ").append(stateWords(*tool)).append("\n");
    const Json& differences = arrayAt(*tool, "differences");
    const std::string state = textAt(*tool, "state");
    if (!differences.empty() && state != "new")
        text.append("\nWhat tells it from the definition before:\n")
            .append(differenceText(differences, output));
    else if (const auto definition = stringAt(*tool, "definition"))
        text.append("\n").append(displaySafe(*definition, longestText)).append("\n");
    else
        text.append("\nIts definition is too long to be kept, or no sound JSON.\n");
    text.append("\n").append(versionTable(*tool, invocation.now()));
    output.answer(text);
    if (state != "approved")
        output.say("If it is right: keybearer tool approve " + textAt(*tool, "service", "?") + " " +
                   textAt(*tool, "tool", "?") + " --fingerprint " +
                   textAt(*tool, "shown", "?").substr(0, shownFingerprint));
    return 0;
}

// All that wait, each with the definition that the list has shown.
Result<int> approveAll(Invocation& invocation, const std::string& service) {
    const Result<Json> list = invocation.ask("tool.list", ToolListParams{service}.toJson());
    if (!list)
        return tl::unexpected(list.error());
    Json approved = Json::array();
    for (const Json& tool : arrayAt(*list, "tools")) {
        if (textAt(tool, "state") == "approved")
            continue;
        const ToolParams params{service, stringAt(tool, "tool").value_or(""),
                                stringAt(tool, "fingerprint").value_or("")};
        Result<Json> one = invocation.ask("tool.approve", params.toJson());
        if (!one)
            return tl::unexpected(one.error());
        approved.push_back(std::move(*one));
    }
    const std::size_t count = approved.size();
    if (invocation.output().json())
        invocation.output().answerJson(Json{{"tools", std::move(approved)}});
    else
        invocation.output().say("Approved " + counted(static_cast<std::int64_t>(count), "tool.", "tools."));
    return 0;
}

Result<int> runApprove(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    const bool all = arguments.has("--all");
    if (all != (arguments.operands().size() == 1))
        return failure(ErrorCode::InvalidParams, "a tool has to be named, or --all said",
                       "See: keybearer tool approve --help");
    if (all)
        return approveAll(invocation, arguments.operand(0));
    const ToolParams params{arguments.operand(0), arguments.operand(1),
                            arguments.value("--fingerprint").value_or("")};
    const Result<Json> tool = invocation.ask("tool.approve", params.toJson());
    if (!tool)
        return tl::unexpected(tool.error());
    if (invocation.output().json())
        invocation.output().answerJson(*tool);
    else
        invocation.output().say("Approved. Programs see it when they list the tools again.");
    return 0;
}

Result<int> runForget(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    ToolForgetParams params{arguments.operand(0), {}};
    if (arguments.operands().size() == 2)
        params.tool = arguments.operand(1);
    const Result<Json> result = invocation.ask("tool.forget", params.toJson());
    if (!result)
        return tl::unexpected(result.error());
    if (invocation.output().json())
        invocation.output().answerJson(*result);
    else if (params.tool.empty())
        invocation.output().say("Forgotten. The next list of that service is taken as it is.");
    else
        invocation.output().say("Forgotten. If it is listed again, it is new.");
    return 0;
}

constexpr std::array fingerprintOption{Option{
    "--fingerprint", "DIGITS", "The definition that is meant, by the beginning of its fingerprint.", 0}};
constexpr std::array approveOptions{
    fingerprintOption[0], Option{"--all", "", "Every tool of the service that waits for an answer.", 0}};
constexpr std::array listExamples{Example{"keybearer tool list", "What waits for me comes first."},
                                  Example{"keybearer tool list linear", "The tools of one service."}};
constexpr std::array showExamples{
    Example{"keybearer tool show linear create_issue", "What has changed, and since when."}};
constexpr std::array approveExamples{
    Example{"keybearer tool approve linear create_issue", "Take the definition that it has now."},
    Example{"keybearer tool approve linear create_issue --fingerprint 3f1c09aa72d4",
            "Take the one that I have looked at, whatever it has now."},
    Example{"keybearer tool approve linear --all", "Take all that are there now."}};
constexpr std::array forgetExamples{
    Example{"keybearer tool forget linear old_tool", "Forget one that is gone."},
    Example{"keybearer tool forget linear", "Begin anew with this service."}};

const Verb listVerb{"list",
                    "[SERVICE]",
                    "List the tools that MCP servers have shown.",
                    "New and changed ones come first. A tool that its server no longer lists is gone; its "
                    "definitions are kept.",
                    0,
                    1,
                    {},
                    listExamples,
                    {},
                    runList};
const Verb showVerb{"show",
                    "SERVICE TOOL",
                    "Show what has changed of a tool.",
                    "Compares its definition with the one that was approved before, and lists all that it "
                    "has had.",
                    2,
                    2,
                    fingerprintOption,
                    showExamples,
                    {},
                    runShow};
const Verb approveVerb{"approve",
                       "SERVICE [TOOL]",
                       "Approve the definition of a tool.",
                       "With pins: hold the tool is hidden until then. Definitions that were approved before "
                       "stay approved.",
                       1,
                       2,
                       approveOptions,
                       approveExamples,
                       {},
                       runApprove};
const Verb forgetVerb{
    "forget",
    "SERVICE [TOOL]",
    "Forget a tool, or all of a service.",
    "A forgotten tool that comes back is new. The next list of a forgotten service is taken "
    "as it is.",
    1,
    2,
    {},
    forgetExamples,
    {},
    runForget};
constexpr std::array<const Verb*, 4> children{&listVerb, &showVerb, &approveVerb, &forgetVerb};

} // namespace

const Verb toolVerb{"tool",
                    "",
                    "See and approve the tools of MCP servers.",
                    "What a model is told of a tool is its server's word, and a server can change it after "
                    "you have begun to trust it. The first list of a service is taken; what differs later is "
                    "told, and with pins: hold in config.yaml hidden until you approve it.",
                    0,
                    0,
                    {},
                    {},
                    children,
                    nullptr};

} // namespace keybearer
