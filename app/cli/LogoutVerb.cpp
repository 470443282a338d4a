#include "app/cli/AllSessions.h"
#include "app/cli/Revocation.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestLine = 64; // of an answer to a yes-or-no question

// A single line of the terminal; empty at its end.
std::string terminalLine() {
    std::array<char, longestLine> buffer{};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    std::string line(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    line.erase(line.find_last_not_of("\r\n ") + 1);
    return line;
}

Result<void> confirm(Invocation& invocation, std::size_t count) {
    if (invocation.arguments().has("--yes"))
        return {};
    if (!Output::personIsThere())
        return failure(ErrorCode::InvalidParams, "--all asks before it signs out, and there is nobody to ask",
                       "Say --yes if you mean it.");
    invocation.output().ask("Sign out of " +
                            counted(static_cast<std::int64_t>(count), "session", "sessions") + "? [y/N] ");
    const std::string line = terminalLine();
    if (line == "y" || line == "Y" || line == "yes")
        return {};
    return failure(ErrorCode::Cancelled, "nothing was signed out", "Answer y to sign out.");
}

// Every session, or every one of the named provider or account.
Result<std::vector<std::string>> sessionsOf(Invocation& invocation) {
    const Result<Json> list = allSessions(invocation);
    if (!list)
        return tl::unexpected(list.error());
    const auto& operands = invocation.arguments().operands();
    std::vector<std::string> ids;
    for (const Json& session : arrayAt(*list, "sessions")) {
        const std::optional<std::string> id = stringAt(session, "session_id");
        const bool wanted = operands.empty() || stringAt(session, "provider") == operands[0] ||
                            stringAt(session, "resource") == operands[0] ||
                            stringAt(objectAt(session, "account"), "label") == operands[0] ||
                            id == operands[0];
        if (id && wanted)
            ids.push_back(*id);
    }
    if (ids.empty() && !operands.empty())
        return failure(ErrorCode::NotFound, "there is no session of \"" + displaySafe(operands[0]) + "\"",
                       "See what there is with: keybearer session list");
    return ids;
}

Result<int> runAll(Invocation& invocation) {
    const Result<std::vector<std::string>> ids = sessionsOf(invocation);
    if (!ids)
        return tl::unexpected(ids.error());
    if (ids->empty()) {
        invocation.output().say("You are not signed in anywhere.");
        return 0;
    }
    if (const Result<void> confirmed = confirm(invocation, ids->size()); !confirmed)
        return tl::unexpected(confirmed.error());
    // One that fails does not keep the others signed in; the first failure is the one reported.
    std::optional<Error> first;
    for (const std::string& id : *ids) {
        const Result<int> revoked = revokeSession(invocation, id, invocation.arguments().has("--local-only"));
        if (!revoked && !first)
            first = revoked.error();
    }
    if (first)
        return failure(std::move(*first));
    return 0;
}

Result<int> run(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    if (arguments.has("--all"))
        return runAll(invocation);
    if (arguments.operands().empty())
        return failure(ErrorCode::InvalidParams, "which session?",
                       "Name one of keybearer session list, or say --all.");
    return revokeSession(invocation, arguments.operand(0), arguments.has("--local-only"));
}

constexpr std::array options{
    Option{"--all", "", "Every session, or every one of the named provider.", 0},
    Option{"--local-only", "", "Erase here only; the provider is not told and the token stays good.", 0},
    Option{"--yes", "", "Do not ask before --all.", 0},
};
constexpr std::array examples{
    Example{"keybearer logout github", "Sign out of GitHub."},
    Example{"keybearer logout github:ana@example.com", "Sign one of several accounts out."},
    Example{"keybearer logout https://mcp.linear.app/mcp", "Sign out of an MCP server."},
    Example{"keybearer logout --all", "Sign out everywhere."},
};

} // namespace

Result<int> revokeSession(Invocation& invocation, const std::string& session, bool localOnly) {
    SessionParams params;
    params.sessionId = session;
    params.localOnly = localOnly;
    const Result<Json> result = invocation.ask("session.revoke", params.toJson());
    if (!result)
        return tl::unexpected(result.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*result);
        return 0;
    }
    const bool revoked = booleanAt(*result, "revoked_at_provider").value_or(false);
    output.answer("Signed out of " + textAt(*result, "provider", displaySafe(session)) + ": " +
                  innerTextAt(*result, "account", "label", "the account") +
                  (revoked ? ", revoked at the provider and erased here\n" : ", erased here\n"));
    if (!revoked && !localOnly) {
        const std::string why = textAt(*result, "problem");
        output.say("The provider did not revoke the session" + (why.empty() ? "." : ": " + why));
        output.say("Its tokens may stay good until they expire; remove the app in your account there.");
    }
    return 0;
}

const Verb logoutVerb{
    "logout",
    "[SESSION]",
    "Sign out: revoke at the provider, erase here.",
    "Tells the provider that the tokens are no longer good, and erases them here. They are erased "
    "also when the provider cannot be reached; then you are told.\n\n"
    "SESSION is a session id, or what names one session alone: a provider, an account, "
    "provider:account, or the address of an MCP server.",
    0,
    1,
    options,
    examples,
    {},
    run};

} // namespace keybearer
