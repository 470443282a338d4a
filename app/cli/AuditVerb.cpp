#include "app/cli/AuditRows.h"
#include "app/cli/AuditSummary.h"
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::int64_t usualRows = 20;
constexpr std::int64_t mostRows = 1000; // of audit.query

// A script says more than the interpreter that runs it; a row of a token names it first in its detail.
std::string programOf(const Json& row) {
    constexpr std::string_view mark = "script: ";
    const std::string detail = textAt(row, "detail");
    return detail.starts_with(mark) ? programName(detail.substr(mark.size(), detail.find("; ") - mark.size()))
                                    : programName(textAt(row, "caller", "-"));
}

// A word that begins no kind of rows is a typing mistake, as a rule.
std::string kindHint(const std::string& kind) {
    // Of docs/audit.md; another broker may know more.
    const std::vector<std::string> families{
        "token",   "policy",      "rate",      "consent",      "session", "apikey", "service_account",
        "client",  "capability",  "exchange",  "registration", "gateway", "route",  "local_client",
        "program", "local_grant", "local_key", "demo",         "tool",    "store",  "sharing",
        "config",  "broker",      "audit",     "alert"};
    const std::string family = kind.substr(0, kind.find('.'));
    if (family.empty() || std::find(families.begin(), families.end(), family) != families.end())
        return {};
    return " Kinds begin with " + join(families, ", ") + ".";
}

std::vector<std::string> cellsOf(const Json& row) {
    return {std::to_string(integerAt(row, "seq").value_or(0)),
            localTime(stringAt(row, "at"), "?"),
            textAt(row, "kind", "?"),
            programOf(row),
            textAt(row, "provider", "-"),
            textAt(row, "account", "-"),
            textAt(row, "why", "-")};
}

// One row while following: columns cannot wait for the widest.
std::string lineOf(const Json& row) {
    std::string line;
    for (const std::string& cell : cellsOf(row))
        line += (line.empty() ? "" : "  ") + cell;
    return line + "\n";
}

Result<int> follow(Invocation& invocation, AuditQueryParams wish, const Json& newest) {
    std::int64_t last = 0;
    for (const Json& row : newest)
        last = std::max(last, integerAt(row, "seq").value_or(0));
    wish.afterSequence = last;
    Output& output = invocation.output();
    return followRows(invocation, std::move(wish), [&output](const Json& row) {
        if (output.json())
            output.answerJson(row);
        else
            output.answer(lineOf(row));
    });
}

Result<int> runList(Invocation& invocation) {
    const Result<std::optional<std::int64_t>> limit = invocation.arguments().number("--limit", 1, mostRows);
    if (!limit)
        return tl::unexpected(limit.error());
    Result<AuditQueryParams> params = auditWish(invocation);
    if (!params)
        return tl::unexpected(params.error());
    params->limit = limit->value_or(usualRows);
    const bool following = invocation.arguments().has("--follow");
    Json rows = Json::array();
    for (bool more = true; more && static_cast<std::int64_t>(rows.size()) < params->limit;) {
        const Result<Json> list = invocation.ask("audit.query", params->toJson());
        if (!list)
            return tl::unexpected(list.error());
        for (const Json& row : arrayAt(*list, "rows")) {
            if (static_cast<std::int64_t>(rows.size()) < params->limit)
                rows.push_back(row);
        }
        params->beforeSequence = integerAt(*list, "next_sequence");
        more = booleanAt(*list, "more").value_or(false) && params->beforeSequence.value_or(0) > 0;
    }
    params->beforeSequence.reset();
    Output& output = invocation.output();
    if (following) {
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            if (output.json())
                output.answerJson(*row);
            else
                output.answer(lineOf(*row));
        }
        return follow(invocation, std::move(*params), rows);
    }
    if (output.json()) {
        output.answerJson(Json{{"rows", rows}});
        return 0;
    }
    Table table({"ROW", "WHEN", "WHAT", "PROGRAM", "PROVIDER", "ACCOUNT", "WHY"});
    for (const Json& row : rows)
        table.add(cellsOf(row));
    if (table.empty())
        output.say("The audit log has no such row." + kindHint(params->kind.value_or("")));
    else
        output.answer(table.text());
    return 0;
}

Result<int> runExport(Invocation& invocation) {
    const Result<AuditQueryParams> wish = auditWish(invocation);
    if (!wish)
        return tl::unexpected(wish.error());
    if (const auto format = invocation.arguments().value("--format"); format && *format != "jsonl")
        return failure(ErrorCode::InvalidParams, "--format takes jsonl alone",
                       "One JSON object a line is what log collectors read.");
    Output& output = invocation.output();
    const Result<void> done = eachRow(invocation, *wish, [&output](const Json& row) {
        output.answerJson(exportedRow(row));
        return !output.answerFailed();
    });
    return done ? Result<int>(0) : tl::unexpected(done.error());
}

std::string findingWords(const Json& finding) {
    const std::string row = "row " + std::to_string(integerAt(finding, "seq").value_or(0));
    const std::string what = textAt(finding, "what", "?");
    if (what == "edited")
        return row + " was changed";
    if (what == "missing")
        return row + " is missing";
    if (what == "order")
        return row + " does not follow from the one before it";
    if (what == "unreadable")
        return row + " cannot be read";
    if (what == "differs")
        return row + " is another one in its file than in the database";
    if (what == "tail_cut")
        return row + " and what came after it were cut off";
    if (what == "head_cut")
        return "the rows before " + row + " were removed, and not by the broker";
    if (what == "seal")
        return "the seal does not fit at " + row + ": rows were made anew, or cut off at the beginning";
    if (what == "rolled_back")
        return "the log is older than it should be: " + row + " is not the one that was there";
    if (what == "set_aside")
        return "the rows before " + row + " are in a damaged file that was set aside, beside audit.sqlite";
    return row + ": " + what;
}

std::string sealWords(const Json& verdict) {
    const std::string through = std::to_string(integerAt(verdict, "sealed_through").value_or(0));
    const std::string by = textAt(verdict, "sealed_by", "");
    if (by == "store")
        return "Sealed up to row " + through + " with a key in the store of secrets.\n";
    if (by == "key_file")
        return "Sealed up to row " + through +
               " with the key file beside it: whoever can write the files could have made it anew.\n";
    return "Not sealed yet.\n";
}

Result<int> runVerify(Invocation& invocation) {
    const Result<Json> result = invocation.ask("audit.verify", Json::object());
    if (!result)
        return tl::unexpected(result.error());
    const bool intact = booleanAt(*result, "intact").value_or(false);
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*result);
        return intact ? 0 : 1;
    }
    const std::string rows = counted(integerAt(*result, "rows").value_or(0), "row", "rows");
    if (intact) {
        output.answer("The audit log is intact, " + rows + ".\n" + sealWords(*result));
        return 0;
    }
    std::string text = "The audit log was changed or damaged (" + rows + "):\n";
    const Json& findings = arrayAt(*result, "findings");
    for (const Json& finding : findings)
        text += "  " + findingWords(finding) + "\n";
    if (findings.empty())
        text += "  row " + std::to_string(integerAt(*result, "first_bad").value_or(0)) + "\n";
    output.answer(text);
    return 1;
}

Result<int> runAlerts(Invocation& invocation) {
    const Result<Json> result = invocation.ask("audit.alerts", Json::object());
    if (!result)
        return tl::unexpected(result.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*result);
        return 0;
    }
    std::string text;
    for (const Json& alert : arrayAt(*result, "alerts"))
        text += textAt(alert, "at", "?") + "  " + textAt(alert, "message", "?") + "\n  " +
                textAt(alert, "action", "") + "\n";
    if (text.empty())
        output.say("Nothing alarming since the broker started.");
    else
        output.answer(text);
    return 0;
}

constexpr Option sinceOption{"--since", "WHEN", "Only rows since then: 30m, 12h, 7d, a date or a time.", 0};
constexpr Option untilOption{"--until", "WHEN", "Only rows until then.", 0};
constexpr Option callerOption{"--caller", "PROGRAM", "Only rows of this program: its path or file name.", 0};
constexpr Option kindOption{"--kind", "KIND", "Only rows of this kind: token.denied, or all of token.", 0};
constexpr Option providerOption{"--provider", "PROVIDER", "Only rows about this provider.", 0};
constexpr Option accountOption{"--account", "ACCOUNT", "Only rows about this account.", 0};
constexpr Option sessionOption{"--session", "SESSION", "Only rows about the session with this id.", 0};
constexpr Option clientOption{"--client", "CLIENT",
                              "Only rows of this registered client: its name, or its id.", 0};
constexpr Option toolOption{"--tool", "TOOL", "Only rows about this tool.", 0};

constexpr std::array listOptions{Option{"--limit", "ROWS", "How many of the newest rows; 20 unless told.", 0},
                                 sinceOption,
                                 untilOption,
                                 callerOption,
                                 kindOption,
                                 providerOption,
                                 accountOption,
                                 sessionOption,
                                 clientOption,
                                 toolOption,
                                 Option{"--follow", "", "Go on with the rows that come, until Ctrl-C.", 'f'}};
constexpr std::array exportOptions{
    sinceOption,    untilOption,
    callerOption,   kindOption,
    providerOption, accountOption,
    sessionOption,  clientOption,
    toolOption,     Option{"--format", "FORMAT", "jsonl: one JSON object a line.", 0}};
constexpr std::array listExamples{
    Example{"keybearer audit list", "Who got what of late?"},
    Example{"keybearer audit list --since 1d --kind token.denied", "What was refused since yesterday?"},
    Example{"keybearer audit list --follow --caller node", "What Node programs are doing now."}};
constexpr std::array exportExamples{
    Example{"keybearer audit export --since 7d > week.jsonl", "The last week, for another tool."},
    Example{"keybearer audit export --kind token.denied | jq -r .caller | sort | uniq -c",
            "Who was refused, and how often."}};
constexpr std::array verifyExamples{Example{"keybearer audit verify && echo untouched", "For a script."}};
constexpr std::array alertsExamples{Example{"keybearer audit alerts", "Has anything unusual happened?"}};

const Verb listVerb{
    "list", "", "List the newest rows of the audit log.", "", 0, 0, listOptions, listExamples, {}, runList};
const Verb exportVerb{
    "export",
    "",
    "Write the rows as JSON lines, the oldest first.",
    "One object a line: timestamp, event_type, caller, client_id, provider, account, tool, action, result, "
    "reason, latency (seconds), and sequence, pid, session_id, scopes, token_fingerprint, caller_class, "
    "hash. What a row has not is null.",
    0,
    0,
    exportOptions,
    exportExamples,
    {},
    runExport};
const Verb verifyVerb{
    "verify",
    "",
    "Check that nobody has changed the audit log.",
    "Every row carries a digest of the one before, and the newest is sealed with a key. Says which rows "
    "were changed, are missing or were cut off, and how far the seal reaches. The exit status is 1 if "
    "something does not fit.",
    0,
    0,
    {},
    verifyExamples,
    {},
    runVerify};
const Verb alertsVerb{
    "alerts",
    "",
    "List what the broker found alarming.",
    "Repeated refusals, a kind of program that never got a token of an account before, programs that ask "
    "too fast, bad client keys, a log that was changed or cannot be written. Since the broker started; the "
    "rows alert.raised of the log go back further.",
    0,
    0,
    {},
    alertsExamples,
    {},
    runAlerts};
constexpr std::array<const Verb*, 5> children{&listVerb, &auditSummaryVerb, &exportVerb, &verifyVerb,
                                              &alertsVerb};

} // namespace

const Verb auditVerb{
    "audit",
    "",
    "See who was given what, and check the log.",
    "The broker writes a row before it gives a token away, and one for every refusal, sign-in and "
    "change.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
