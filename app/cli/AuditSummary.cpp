#include "app/cli/AuditSummary.h"

#include "app/cli/AuditRows.h"
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"
#include "broker/protocol/AuditParams.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace keybearer {

namespace {

constexpr std::size_t longestBar = 24; // a line with all columns stays within 80
constexpr std::size_t longestName = 40;

struct Line {
    std::string name;
    std::int64_t released = 0, denied = 0, others = 0;
};

std::int64_t offsetMinutes(WallTime now) {
    const std::time_t seconds =
        std::chrono::system_clock::to_time_t(std::chrono::system_clock::time_point(now.time_since_epoch()));
    std::tm parts{};
    return ::localtime_r(&seconds, &parts) == nullptr ? 0 : parts.tm_gmtoff / 60;
}

std::string nameOf(const Json& item, const std::string& by) {
    if (by != "program")
        return textAt(item, by.c_str(), "?");
    const std::string script = textAt(item, "script");
    return script.empty() ? programName(textAt(item, "caller", "?")) : programName(script);
}

std::vector<Line> linesOf(const Json& summary, const std::string& by) {
    std::vector<Line> lines;
    for (const Json& item : arrayAt(summary, (by + "s").c_str()))
        lines.push_back({displaySafe(nameOf(item, by), longestName), integerAt(item, "released").value_or(0),
                         integerAt(item, "denied").value_or(0), integerAt(item, "others").value_or(0)});
    return lines;
}

// As long as its share of the longest; something, if there is something.
std::string barOf(std::int64_t count, std::int64_t most) {
    if (count <= 0 || most <= 0)
        return "";
    const auto share = static_cast<double>(count) / static_cast<double>(most);
    const auto cells = static_cast<std::size_t>(share * static_cast<double>(longestBar) + 0.5);
    return std::string(std::max<std::size_t>(cells, 1), '#');
}

std::string tableOf(const std::vector<Line>& lines, const char* headline) {
    std::int64_t most = 0;
    for (const Line& line : lines)
        most = std::max(most, line.released);
    Table table({headline, "RELEASED", "REFUSED", "OTHER ROWS", ""});
    for (const Line& line : lines)
        table.add({line.name, std::to_string(line.released), std::to_string(line.denied),
                   std::to_string(line.others), barOf(line.released, most)});
    return table.text();
}

const char* headlineOf(const std::string& by) {
    return by == "day" ? "DAY" : by == "program" ? "PROGRAM" : by == "provider" ? "PROVIDER" : "KIND";
}

Result<AuditSummaryParams> wishOf(Invocation& invocation) {
    const Result<AuditQueryParams> rows = auditWish(invocation);
    if (!rows)
        return tl::unexpected(rows.error());
    AuditSummaryParams wish;
    wish.since = rows->since;
    wish.until = rows->until;
    wish.caller = rows->caller;
    wish.provider = rows->provider;
    wish.offsetMinutes = offsetMinutes(invocation.now());
    return wish;
}

Result<int> run(Invocation& invocation) {
    const std::vector<std::string> sorts{"day", "program", "provider", "kind"};
    const std::optional<std::string> by = invocation.arguments().value("--by");
    if (by && std::find(sorts.begin(), sorts.end(), *by) == sorts.end())
        return failure(ErrorCode::InvalidParams, "--by does not take \"" + displaySafe(*by, 40) + "\"",
                       "It takes one of " + join(sorts, ", ") + ".");
    const Result<AuditSummaryParams> wish = wishOf(invocation);
    if (!wish)
        return tl::unexpected(wish.error());
    const Result<Json> summary = invocation.ask("audit.summary", wish->toJson());
    if (!summary)
        return tl::unexpected(summary.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*summary);
        return 0;
    }
    std::string text;
    for (const std::string& sort :
         by ? std::vector<std::string>{*by} : std::vector<std::string>{"day", "program", "provider"}) {
        const std::vector<Line> lines = linesOf(*summary, sort);
        if (!lines.empty())
            text += (text.empty() ? "" : "\n") + tableOf(lines, headlineOf(sort));
    }
    if (text.empty())
        output.say("The audit log has no rows of that time.");
    else
        output.answer(text);
    if (!booleanAt(*summary, "complete").value_or(true))
        output.say("Rows before " + localTime(stringAt(*summary, "counted_from"), "?") +
                   " were not counted: that would have taken too long. Give a shorter span with --since.");
    return 0;
}

constexpr std::array options{
    Option{"--since", "WHEN", "Only rows since then; 30 days unless told.", 0},
    Option{"--until", "WHEN", "Only rows until then.", 0},
    Option{"--by", "SORT", "Only one table: day, program, provider or kind.", 0},
    Option{"--caller", "PROGRAM", "Only rows of this program: its path or file name.", 0},
    Option{"--provider", "PROVIDER", "Only rows about this provider.", 0}};
constexpr std::array examples{
    Example{"keybearer audit summary --since 7d", "How busy was the week?"},
    Example{"keybearer audit summary --by program --provider github", "Who uses GitHub most?"}};

} // namespace

const Verb auditSummaryVerb{
    "summary",
    "",
    "Count what was given to whom.",
    "How many tokens were released and refused, and how many other rows there are: by day, by program "
    "and by provider, as tables with bars. Days are those of this machine's time zone.",
    0,
    0,
    options,
    examples,
    {},
    run};

} // namespace keybearer
