#include "app/cli/AllSessions.h"
#include "app/cli/Invocation.h"
#include "app/cli/Revocation.h"
#include "app/cli/SessionLines.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <array>

namespace keybearer {

namespace {

Result<int> showSession(Invocation& invocation, const Result<Json>& session) {
    if (!session)
        return tl::unexpected(session.error());
    if (invocation.output().json())
        invocation.output().answerJson(*session);
    else
        invocation.output().answer(sessionDetails(*session, invocation.now()));
    return 0;
}

SessionParams named(const Invocation& invocation) {
    SessionParams params;
    params.sessionId = invocation.arguments().operand(0);
    return params;
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = allSessions(invocation);
    if (!list)
        return tl::unexpected(list.error());
    if (invocation.output().json()) {
        invocation.output().answerJson(*list);
        return 0;
    }
    const Json& sessions = arrayAt(*list, "sessions");
    if (sessions.empty())
        invocation.output().say("You are not signed in anywhere. Begin with: keybearer login PROVIDER|URL");
    else
        invocation.output().answer(sessionTable(sessions, invocation.now(), ""));
    return 0;
}

Result<int> runShow(Invocation& invocation) {
    return showSession(invocation, invocation.ask("session.show", named(invocation).toJson()));
}

Result<int> runRefresh(Invocation& invocation) {
    return showSession(invocation, invocation.ask("session.refresh", named(invocation).toJson()));
}

Result<int> runRename(Invocation& invocation) {
    SessionParams params = named(invocation);
    params.label = invocation.arguments().operand(1);
    return showSession(invocation, invocation.ask("session.rename", params.toJson()));
}

Result<int> runRevoke(Invocation& invocation) {
    return revokeSession(invocation, invocation.arguments().operand(0),
                         invocation.arguments().has("--local-only"));
}

constexpr std::array revokeOptions{
    Option{"--local-only", "", "Erase here only; the provider is not told and the token stays good.", 0}};
constexpr std::array listExamples{
    Example{"keybearer session list", "Who is signed in where, and until when."},
    Example{"keybearer session list --json | jq -r '.sessions[].account.label'", "The accounts alone."}};
constexpr std::array showExamples{Example{"keybearer session show github", "All about the GitHub session."}};
constexpr std::array refreshExamples{
    Example{"keybearer session refresh github", "Fetch a new access token now."}};
constexpr std::array renameExamples{
    Example{"keybearer session rename github work", "Call it \"work\" from now on."}};
constexpr std::array revokeExamples{
    Example{"keybearer session revoke github:ana@example.com", "End one of several GitHub sessions."}};

const Verb listVerb{"list", "", "List the sessions.", "", 0, 0, {}, listExamples, {}, runList};
const Verb showVerb{"show",
                    "SESSION",
                    "Show everything about one session, but no token.",
                    "SESSION is a session id, or what names one session alone: a provider, an account, "
                    "provider:account, or the address of an MCP server.",
                    1,
                    1,
                    {},
                    showExamples,
                    {},
                    runShow};
const Verb refreshVerb{"refresh",
                       "SESSION",
                       "Refresh a session's access token now.",
                       "Usually the broker does that by itself before a token expires.",
                       1,
                       1,
                       {},
                       refreshExamples,
                       {},
                       runRefresh};
const Verb renameVerb{
    "rename", "SESSION LABEL", "Give a session another label.", "", 2, 2, {}, renameExamples, {}, runRename};
const Verb revokeVerb{"revoke",
                      "SESSION",
                      "Revoke a session at the provider and erase it.",
                      "The same as keybearer logout SESSION.",
                      1,
                      1,
                      revokeOptions,
                      revokeExamples,
                      {},
                      runRevoke};
constexpr std::array<const Verb*, 5> children{&listVerb, &showVerb, &refreshVerb, &renameVerb, &revokeVerb};

} // namespace

const Verb sessionVerb{
    "session",
    "",
    "List, show, refresh, rename or revoke sessions.",
    "A session is a stored sign-in: one account at one provider. Its tokens lie in the store that "
    "the configuration names, by default the keychain of the desktop.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
