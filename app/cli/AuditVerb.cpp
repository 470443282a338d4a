#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <array>

namespace keybearer {

namespace {

constexpr std::int64_t usualRows = 20;
constexpr std::int64_t mostRows = 1000; // of audit.query

Result<int> runList(Invocation& invocation) {
    const Result<std::optional<std::int64_t>> limit = invocation.arguments().number("--limit", 1, mostRows);
    if (!limit)
        return tl::unexpected(limit.error());
    AuditQueryParams params;
    params.limit = limit->value_or(usualRows);
    const Result<Json> list = invocation.ask("audit.query", params.toJson());
    if (!list)
        return tl::unexpected(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    Table table({"ROW", "WHEN", "WHAT", "PROGRAM", "PROVIDER", "ACCOUNT", "WHY"});
    for (const Json& row : arrayAt(*list, "rows")) {
        const std::string caller = textAt(row, "caller", "-");
        table.add({std::to_string(integerAt(row, "seq").value_or(0)), textAt(row, "at", "?"),
                   textAt(row, "kind", "?"), programName(caller), textAt(row, "provider", "-"),
                   textAt(row, "account", "-"), textAt(row, "why", "-")});
    }
    if (table.empty())
        output.say("The audit log is empty.");
    else
        output.answer(table.text());
    return 0;
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
        output.answer("The audit log is intact, " + rows + ".\n");
        return 0;
    }
    const auto bad = integerAt(*result, "first_bad");
    output.answer(
        "The audit log was changed: " + (bad ? "row " + std::to_string(*bad) : std::string("a row")) +
        " does not follow from the one before it (" + rows + ").\n");
    return 1;
}

constexpr std::array listOptions{
    Option{"--limit", "ROWS", "How many of the newest rows; 20 unless told.", 0}};
constexpr std::array listExamples{
    Example{"keybearer audit list", "Who got what of late?"},
    Example{"keybearer audit list --limit 1000 --json | jq '.rows[].caller' | sort -u",
            "Which programs have asked."}};
constexpr std::array verifyExamples{Example{"keybearer audit verify && echo untouched", "For a script."}};

const Verb listVerb{
    "list", "", "List the newest rows of the audit log.", "", 0, 0, listOptions, listExamples, {}, runList};
const Verb verifyVerb{
    "verify",
    "",
    "Check that nobody has changed the audit log.",
    "Every row carries a digest of the one before. The exit status is 1 if one does not fit.",
    0,
    0,
    {},
    verifyExamples,
    {},
    runVerify};
constexpr std::array<const Verb*, 2> children{&listVerb, &verifyVerb};

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
