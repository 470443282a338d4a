#include "app/cli/Expiry.h"
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::array roles{"readonly", "agent", "user", "admin"};
constexpr const char* usualOverlap = "0h";

Result<void> putExpiry(Invocation& invocation, Json& params) {
    const auto expires = invocation.arguments().value("--expires");
    if (!expires)
        return {};
    const Result<std::string> time = expiryFrom(*expires, invocation.now());
    if (!time)
        return tl::unexpected(time.error());
    params["expires_at"] = *time;
    return {};
}

// The key alone on standard output, everything else for people; then no copy is left.
Result<int> showKey(Invocation& invocation, Result<Json> client, const std::string& words) {
    if (!client)
        return tl::unexpected(client.error());
    Output& output = invocation.output();
    std::string key = stringAt(*client, "key").value_or("");
    if (key.empty() || !isVisibleAscii(key))
        return failure(ErrorCode::InternalError, "the broker's answer holds no key");
    if (output.json()) {
        output.answerJson(*client);
    } else {
        key.push_back('\n');
        output.answer(key);
        output.say(words);
        output.say("It is shown this once. Keep it where only the program can read it, and start the program "
                   "with KEYBEARER_CLIENT_KEY=@FILE.");
    }
    wipe(key);
    wipeJson(*client);
    return 0;
}

Result<int> runAdd(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    Json params{{"name", arguments.operand(0)}};
    if (const std::vector<std::string> allowed = arguments.values("--allow"); !allowed.empty())
        params["allow"] = allowed;
    if (const auto role = arguments.value("--role")) {
        if (std::find(roles.begin(), roles.end(), *role) == roles.end())
            return failure(ErrorCode::InvalidParams, "there is no role " + displaySafe(*role, 64),
                           "Roles are readonly, agent, user and admin.");
        params["role"] = *role;
    }
    if (const auto owner = arguments.value("--owner"))
        params["owner"] = *owner;
    if (const auto description = arguments.value("--description"))
        params["description"] = *description;
    if (const Result<void> expiry = putExpiry(invocation, params); !expiry)
        return tl::unexpected(expiry.error());
    const std::string name = displaySafe(arguments.operand(0), 64);
    const bool nothing = !params.contains("allow");
    return showKey(invocation, invocation.ask("client.add", params),
                   "This is the key of the client " + name +
                       (nothing ? ". Without --allow it gets no token." : "."));
}

Result<int> runRotate(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    Json params{{"name", arguments.operand(0)}};
    if (const Result<void> expiry = putExpiry(invocation, params); !expiry)
        return tl::unexpected(expiry.error());
    const std::string overlap = arguments.value("--overlap").value_or(usualOverlap);
    if (overlap != usualOverlap && overlap != "0") {
        const Result<std::string> end = expiryFrom(overlap, invocation.now());
        const std::optional<WallTime> time = end ? fromRfc3339(*end) : std::nullopt;
        if (!time || *time <= invocation.now())
            return failure(ErrorCode::InvalidParams,
                           "--overlap does not take \"" + displaySafe(overlap, 40) + "\"",
                           "Give a span like 24h or 7d, at most 30d.");
        params["overlap_seconds"] =
            std::chrono::round<std::chrono::hours>(*time - invocation.now()).count() * 3600;
    }
    Result<Json> client = invocation.ask("client.rotate", params);
    const std::string until =
        client ? whenWords(stringAt(*client, "old_key_until"), invocation.now(), "now") : "";
    return showKey(invocation, std::move(client),
                   params.contains("overlap_seconds") ? "This is the new key. The old one ends " + until + "."
                                                      : "This is the new key. The old one has ended.");
}

Result<Json> askByName(Invocation& invocation, const char* method) {
    return invocation.ask(method, Json{{"name", invocation.arguments().operand(0)}});
}

Result<int> say(Invocation& invocation, const Result<Json>& client, const char* words) {
    if (!client)
        return tl::unexpected(client.error());
    if (invocation.output().json())
        invocation.output().answerJson(*client);
    else
        invocation.output().say(words);
    return 0;
}

Result<int> runEnable(Invocation& invocation) {
    return say(invocation, askByName(invocation, "client.enable"), "Switched on.");
}

Result<int> runDisable(Invocation& invocation) {
    return say(invocation, askByName(invocation, "client.disable"),
               "Switched off: it gets nothing any more, also on connections that it has.");
}

Result<int> runRemove(Invocation& invocation) {
    return say(invocation, askByName(invocation, "client.remove"), "Removed; its key is worth nothing now.");
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("client.list", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    if (invocation.output().json()) {
        invocation.output().answerJson(*list);
        return 0;
    }
    Table table({"NAME", "STATE", "ROLE", "MAY HAVE", "EXPIRES", "LAST USED", "OWNER"});
    for (const Json& client : arrayAt(*list, "clients"))
        table.add({textAt(client, "name", "?"), textAt(client, "state", "?"), textAt(client, "role", "?"),
                   listAt(client, "allow", "no token"),
                   whenWords(stringAt(client, "expires_at"), invocation.now(), "never"),
                   whenWords(stringAt(client, "last_used_at"), invocation.now(), "never"),
                   textAt(client, "owner", "-")});
    if (table.empty())
        invocation.output().say("There is no registered client. Make one with: keybearer client add NAME");
    else
        invocation.output().answer(table.text());
    return 0;
}

Result<int> runShow(Invocation& invocation) {
    const Result<Json> client = askByName(invocation, "client.show");
    if (!client)
        return tl::unexpected(client.error());
    if (invocation.output().json()) {
        invocation.output().answerJson(*client);
        return 0;
    }
    const WallTime now = invocation.now();
    Table lines({"Name", textAt(*client, "name", "?")});
    lines.add({"State", textAt(*client, "state", "?")});
    lines.add({"Role", textAt(*client, "role", "?")});
    lines.add({"May have", listAt(*client, "allow", "no token")});
    lines.add({"Owner", textAt(*client, "owner", "-")});
    lines.add({"Description", textAt(*client, "description", "-")});
    lines.add({"Key", "kbk_..." + textAt(*client, "key_ends", "?")});
    lines.add({"Expires", whenWords(stringAt(*client, "expires_at"), now, "never")});
    lines.add({"Made", whenWords(stringAt(*client, "created_at"), now, "-")});
    lines.add({"New key", whenWords(stringAt(*client, "rotated_at"), now, "never")});
    lines.add({"Old key ends", whenWords(stringAt(*client, "old_key_until"), now, "-")});
    lines.add({"Last used", whenWords(stringAt(*client, "last_used_at"), now, "never")});
    lines.add({"Connections", std::to_string(integerAt(*client, "uses").value_or(0))});
    invocation.output().answer(lines.text());
    return 0;
}

constexpr Option expires{"--expires", "DATE|SPAN", "When it ends: 2027-01-31, or 90d from now.", 0};
constexpr std::array addOptions{
    Option{"--allow", "PROVIDER", "What it may have: github, github:ANA, apikey:NAME. May be repeated.", 0},
    Option{"--role", "ROLE", "readonly, agent (unless told), user or admin.", 0}, expires,
    Option{"--owner", "OWNER", "Whose program it is.", 0},
    Option{"--description", "TEXT", "What it is for.", 0}};
constexpr std::array rotateOptions{
    Option{"--overlap", "SPAN", "How long the old key goes on working: 24h, 7d. Not at all unless told.", 0},
    expires};
constexpr std::array addExamples{
    Example{"keybearer client add ci --allow github --expires 90d > ~/.config/ci.key",
            "The key goes into the file alone."},
    Example{"keybearer client add dashboard --role readonly --owner ana",
            "May look at everything that is no secret."},
    Example{"KEYBEARER_CLIENT_KEY=@$HOME/.config/ci.key keybearer token github",
            "Ask as that client: nobody is asked a question."}};
constexpr std::array listExamples{Example{"keybearer client list", "Which programs have a key?"}};
constexpr std::array showExamples{Example{"keybearer client show ci", "All about one, but its key."}};
constexpr std::array rotateExamples{Example{"keybearer client rotate ci --overlap 24h > ~/.config/ci.key",
                                            "A new key; the old one works until tomorrow."}};
constexpr std::array enableExamples{Example{"keybearer client enable ci", "Let it in again."}};
constexpr std::array disableExamples{Example{"keybearer client disable ci", "Let it in no longer."}};
constexpr std::array removeExamples{Example{"keybearer client remove ci", "Forget it and its key."}};

const Verb addVerb{
    "add",
    "NAME",
    "Register a program and print its key.",
    "Prints the key, once: the broker keeps only a hash of it. A program that shows the key "
    "(KEYBEARER_CLIENT_KEY, or client_key in hello) gets the tokens that --allow names without a question to "
    "anybody, and no others.\n\nThe role says what it may do beside that: an agent asks for tokens, readonly "
    "looks at everything that is no secret, user signs in and out as well, admin does everything but answer "
    "questions for you.",
    1,
    1,
    addOptions,
    addExamples,
    {},
    runAdd};
const Verb listVerb{"list",
                    "",
                    "List the registered clients.",
                    "Lists them with what they may have, and when they were last seen.",
                    0,
                    0,
                    {},
                    listExamples,
                    {},
                    runList};
const Verb showVerb{"show",
                    "NAME",
                    "Show one registered client.",
                    "Shows everything about one client but its key.",
                    1,
                    1,
                    {},
                    showExamples,
                    {},
                    runShow};
const Verb rotateVerb{"rotate",
                      "NAME",
                      "Give a client a new key and print it.",
                      "Role and permissions stay. With --overlap the old key goes on working for a while, so "
                      "that the program can be changed over in peace.",
                      1,
                      1,
                      rotateOptions,
                      rotateExamples,
                      {},
                      runRotate};
const Verb enableVerb{
    "enable", "NAME",   "Let a client in again.", "Its key works again.", 1, 1, {}, enableExamples,
    {},       runEnable};
const Verb disableVerb{
    "disable",
    "NAME",
    "Let a client in no longer.",
    "Its key is refused until it is enabled again; connections that it has get nothing from "
    "now on.",
    1,
    1,
    {},
    disableExamples,
    {},
    runDisable};
const Verb removeVerb{"remove",
                      "NAME",
                      "Forget a client and its key.",
                      "Connections that it has get nothing from now on.",
                      1,
                      1,
                      {},
                      removeExamples,
                      {},
                      runRemove};
constexpr std::array<const Verb*, 7> children{&addVerb,    &listVerb,    &showVerb,  &rotateVerb,
                                              &enableVerb, &disableVerb, &removeVerb};

} // namespace

const Verb clientVerb{
    "client",
    "",
    "Give programs keys of their own.",
    "For programs that run where nobody can be asked: a build machine, a service, a script. A registered "
    "client shows a key, has a role, and gets exactly the tokens that you listed.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
