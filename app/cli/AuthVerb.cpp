#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <array>

namespace keybearer {

namespace {

// "github as ana@example.com", "API key admin_key".
std::string credentialWords(const Json& rule) {
    const Json& auth = objectAt(rule, "auth");
    if (auth.empty())
        return "not known yet";
    std::string words;
    if (textAt(auth, "type") == "api_key")
        words.append("API key ").append(textAt(auth, "key_ref", "?"));
    else
        words = textAt(auth, "provider", "?");
    if (const std::string account = textAt(auth, "account"); !account.empty())
        words.append(" as ").append(account);
    if (const std::string scopes = listAt(auth, "scopes", ""); !scopes.empty())
        words.append(" (").append(scopes).append(")");
    if (const std::string type = textAt(auth, "type"); type == "device_code" || type == "service_account")
        words.append(type == "device_code" ? ", by device code" : ", service account");
    return words;
}

// What a rule is about: the tool, the pattern, the service ...
std::string subjectWords(const Json& rule) {
    std::string words = textAt(rule, "match", textAt(rule, "name", "everything"));
    if (const std::string service = textAt(rule, "service"); !service.empty())
        words.append(" of ").append(service);
    if (textAt(rule, "level") == "pattern")
        words.append(", priority ").append(std::to_string(integerAt(rule, "priority").value_or(0)));
    return words;
}

void print(Output& output, const Json& answer) {
    const Json& winner = objectAt(answer, "rule");
    std::string text = textAt(answer, "tool", "?");
    if (const std::string service = textAt(answer, "service"); !service.empty())
        text.append(" of ").append(service);
    text.append(winner.empty() ? ": no rule" : ": " + credentialWords(winner)).append("\n");
    text.append("  capability ").append(textAt(answer, "capability", "-")).append("\n");
    if (!winner.empty())
        text.append("  by ").append(textAt(winner, "key")).append(" in ").append(textAt(winner, "where"));
    text.append(winner.empty() ? "  " : ": ").append(textAt(answer, "why")).append("\n");
    if (const std::string remark = textAt(answer, "remark"); !remark.empty())
        text.append("  ").append(remark).append("\n");
    Table table({"", "LEVEL", "FOR", "CREDENTIAL", "WHERE"});
    for (const Json& rule : arrayAt(answer, "rules")) {
        const bool wins = booleanAt(rule, "wins").value_or(false);
        const bool matches = booleanAt(rule, "matches").value_or(false);
        table.add({wins      ? ">"
                   : matches ? "*"
                             : " ",
                   textAt(rule, "level"), subjectWords(rule), credentialWords(rule), textAt(rule, "where")});
    }
    if (!table.empty())
        text.append("\n").append(table.text());
    output.answer(text);
}

Result<int> runExplain(Invocation& invocation) {
    const AuthExplainParams params{invocation.arguments().operand(0),
                                   invocation.arguments().value("--service")};
    const Result<Json> answer = invocation.ask("auth.explain", params.toJson());
    if (!answer)
        return tl::unexpected(answer.error());
    if (invocation.output().json())
        invocation.output().answerJson(*answer);
    else
        print(invocation.output(), *answer);
    return 0;
}

constexpr std::array options{Option{"--service", "NAME", "The service that the tool belongs to.", 0}};
constexpr std::array examples{
    Example{"keybearer auth explain github.create_issue", "Which credential does this tool get?"},
    Example{"keybearer auth explain add --service calculator", "The same for a tool of one service."}};

const Verb explainVerb{"explain",
                       "TOOL",
                       "Say which credential a tool gets, and by which rule.",
                       "Prints the rules in the order in which they are tried: > wins, * would match too.",
                       1,
                       1,
                       options,
                       examples,
                       {},
                       runExplain};
constexpr std::array<const Verb*, 1> children{&explainVerb};

} // namespace

const Verb authVerb{"auth",
                    "",
                    "See which credential which tool gets.",
                    "The rules stand under auth: and services: in config.yaml.",
                    0,
                    0,
                    {},
                    {},
                    children,
                    nullptr};

} // namespace keybearer
