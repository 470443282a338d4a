#include "app/cli/ConsentFollow.h"
#include "app/cli/ConsentPrompt.h"
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::array decisions{"allow-once", "allow-session", "allow", "deny"};

// What a permission is for, as short as a column takes it.
std::string purposeWords(const Json& request) {
    const std::string purpose = textAt(request, "purpose");
    if (purpose == "access_token")
        return "the token itself";
    if (purpose == "proxy")
        return "requests to " + textAt(request, "resource", "the provider");
    if (purpose == "sign_in")
        return "signing in, requests to " + textAt(request, "resource", "the provider");
    if (purpose == "connect")
        return "connecting to " + textAt(request, "resource", "a service");
    if (purpose == "sign")
        return "signatures";
    return purpose == "start" ? "being started" : "?";
}

// What the table has no room for, one line each.
void sayNotes(const Json& consents, Output& output, WallTime now) {
    for (const Json& consent : consents) {
        if (const std::optional<std::string> updated = stringAt(consent, "updated_at"))
            output.say(textAt(consent, "consent_id", "?") + ": the system has updated " +
                       programPath(consent) + " " + whenWords(updated, now, "") +
                       "; it keeps what you allowed.");
    }
}

void sayChanges(const Json& questions, Output& output) {
    for (const Json& question : questions) {
        for (const std::string& change : changeLines(question))
            output.say(textAt(question, "consent_id", "?") + ": " + change);
    }
}

// What can be answered: the decisions that some question takes, in the order of the choices.
std::string choiceWords(const Json& questions) {
    std::vector<std::string> words;
    for (const char* decision : decisions) {
        for (const Json& question : questions) {
            const std::vector<std::string> taken = stringsAt(question, "choices");
            if (std::find(taken.begin(), taken.end(), decision) != taken.end()) {
                words.emplace_back(decision);
                break;
            }
        }
    }
    return words.empty() ? "deny" : join(words, "|");
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("consent.list", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    Table table({"ID", "PROGRAM", "CLASS", "MAY USE", "WHAT FOR", "FOR", "ENDS", "USES"});
    for (const Json& consent : arrayAt(*list, "consents"))
        table.add({textAt(consent, "consent_id", "?"), programPath(consent), textAt(consent, "class", "-"),
                   textAt(consent, "provider", "?") + ": " + innerTextAt(consent, "account", "label", "?"),
                   purposeWords(consent), textAt(consent, "duration", "?"),
                   whenWords(stringAt(consent, "expires_at"), invocation.now(), "-"),
                   std::to_string(integerAt(consent, "uses").value_or(0))});
    if (table.empty())
        output.say(
            "No program has a consent of yours. When one asks for a token, see it with: keybearer consent "
            "pending");
    else
        output.answer(table.text());
    sayNotes(arrayAt(*list, "consents"), output, invocation.now());
    return 0;
}

Result<int> runPending(Invocation& invocation) {
    if (invocation.arguments().has("--follow"))
        return followQuestions(invocation);
    const Result<Json> list = invocation.ask("consent.pending", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    Table table({"ID", "PROGRAM", "CLASS", "STARTED BY", "ASKS FOR", "WHAT FOR", "AT MOST", "ENDS"});
    for (const Json& request : arrayAt(*list, "pending")) {
        const Json& caller = objectAt(request, "caller");
        table.add({textAt(request, "consent_id", "?"),
                   objectAt(request, "client").empty() ? programPath(caller) : programPath(request),
                   textAt(request, "class", "-"), textAt(caller, "started_by", "-"),
                   textAt(request, "provider", "?") + ": " + innerTextAt(request, "account", "label", "?"),
                   purposeWords(request), textAt(request, "longest", "-"),
                   whenWords(stringAt(request, "expires_at"), invocation.now(), "-")});
    }
    if (table.empty()) {
        output.say("No program waits for your answer. Wait for one with: keybearer consent pending --follow");
        return 0;
    }
    output.answer(table.text());
    sayChanges(arrayAt(*list, "pending"), output);
    output.say("Answer with: keybearer consent answer ID " + choiceWords(arrayAt(*list, "pending")));
    return 0;
}

Result<int> runAnswer(Invocation& invocation) {
    const ConsentAnswerParams params{invocation.arguments().operand(0), invocation.arguments().operand(1)};
    if (std::find(decisions.begin(), decisions.end(), params.decision) == decisions.end())
        return failure(ErrorCode::InvalidParams,
                       "the answer is one of allow-once, allow-session, allow, deny",
                       "See: keybearer consent answer --help");
    const Result<Json> result = invocation.ask("consent.answer", params.toJson());
    if (!result)
        return tl::unexpected(result.error());
    if (invocation.output().json())
        invocation.output().answerJson(*result);
    else
        invocation.output().say(params.decision == "deny" ? "Denied." : "Allowed.");
    return 0;
}

Result<int> runRevoke(Invocation& invocation) {
    const ConsentRevokeParams params{invocation.arguments().operand(0)};
    const Result<Json> result = invocation.ask("consent.revoke", params.toJson());
    if (!result)
        return tl::unexpected(result.error());
    if (invocation.output().json())
        invocation.output().answerJson(*result);
    else
        invocation.output().say("The program will have to ask again.");
    return 0;
}

constexpr std::array listExamples{Example{"keybearer consent list", "Which programs may use my sessions?"}};
constexpr std::array pendingOptions{
    Option{"--follow", "",
           "Stay, and put each question as it comes, to be answered here; without a terminal, tell of it. "
           "--json: one event a line.",
           'f'}};
constexpr std::array pendingExamples{
    Example{"keybearer consent pending", "Who waits for my answer?"},
    Example{"keybearer consent pending --follow", "Be there to be asked, on a machine without a screen."}};
constexpr std::array answerExamples{
    Example{"keybearer consent answer c-7f2 allow-once", "Let it have a token this one time."},
    Example{"keybearer consent answer c-7f2 deny", "Refuse."}};
constexpr std::array revokeExamples{Example{"keybearer consent revoke c-7f2", "Take a consent back."}};

const Verb listVerb{"list", "", "List what you have allowed.", "", 0, 0, {}, listExamples, {}, runList};
const Verb pendingVerb{
    "pending",
    "",
    "List the programs that wait for your answer.",
    "Programs can only wait for an answer while somebody is there to give it: the tray, the terminal that "
    "asks for a token, or this command with --follow.",
    0,
    0,
    pendingOptions,
    pendingExamples,
    {},
    runPending};
const Verb answerVerb{
    "answer",
    "ID DECISION",
    "Answer a program that waits.",
    "DECISION is allow-once (this request; of requests to a server, this conversation), allow-session (until "
    "the program ends, is idle for ten minutes, "
    "or you lock the screen), allow (30 days; for a sandboxed application until you take it back) or deny. "
    "What is known of the program bounds it; keybearer consent pending --json lists the choices.",
    2,
    2,
    {},
    answerExamples,
    {},
    runAnswer};
const Verb revokeVerb{"revoke", "ID", "Take a consent back.", "", 1, 1, {}, revokeExamples, {}, runRevoke};
constexpr std::array<const Verb*, 4> children{&listVerb, &pendingVerb, &answerVerb, &revokeVerb};

} // namespace

const Verb consentVerb{"consent",
                       "",
                       "See, give and take back what programs may use.",
                       "A consent is your word that one program may have tokens of one session, or send "
                       "requests with it through keybearer mcp. You can take it back "
                       "at any time.",
                       0,
                       0,
                       {},
                       {},
                       children,
                       nullptr};

} // namespace keybearer
