#include "app/cli/Expiry.h"
#include "app/cli/SecretInput.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t longestValue = std::size_t{16} << 10; // as the broker takes it

// What a person copies has blanks around it.
std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

std::string stateWords(const Json& key) {
    if (!booleanAt(key, "active").value_or(true))
        return "off";
    return booleanAt(key, "expired").value_or(false) ? "expired" : "active";
}

Result<int> say(Invocation& invocation, const Result<Json>& key, const std::string& words) {
    if (!key)
        return tl::unexpected(key.error());
    if (invocation.output().json())
        invocation.output().answerJson(*key);
    else
        invocation.output().say(words);
    return 0;
}

// Asks for the value, adds it to the request, and leaves no copy behind.
Result<Json> askWithValue(Invocation& invocation, const char* method, Json params) {
    const std::string name = invocation.arguments().operand(0);
    if (const auto expires = invocation.arguments().value("--expires")) {
        const Result<std::string> time = expiryFrom(*expires, invocation.now());
        if (!time)
            return tl::unexpected(time.error());
        params["expires_at"] = *time;
    }
    const Result<Secret> value =
        readSecret(invocation, {"Value of the API key " + displaySafe(name, 64) + ": ", "", longestValue});
    if (!value)
        return tl::unexpected(value.error());
    params["name"] = name;
    params["value"] = trimmed(value->reveal());
    Result<Json> key = invocation.ask(method, params);
    wipeJson(params);
    return key;
}

Result<int> runAdd(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    Json params = Json::object();
    if (const auto header = arguments.value("--header"))
        params["header"] = *header;
    if (const auto description = arguments.value("--description"))
        params["description"] = *description;
    if (arguments.has("--no-export"))
        params["exportable"] = false;
    const std::string name = displaySafe(arguments.operand(0), 64);
    return say(invocation, askWithValue(invocation, "apikey.add", std::move(params)),
               "Stored. Print it with: keybearer token apikey:" + name);
}

Result<int> runRotate(Invocation& invocation) {
    return say(invocation, askWithValue(invocation, "apikey.rotate", Json::object()),
               "The API key " + displaySafe(invocation.arguments().operand(0), 64) + " has its new value.");
}

Result<Json> askByName(Invocation& invocation, const char* method) {
    return invocation.ask(method, Json{{"name", invocation.arguments().operand(0)}});
}

Result<int> runEnable(Invocation& invocation) {
    return say(invocation, askByName(invocation, "apikey.enable"), "Switched on.");
}

Result<int> runDisable(Invocation& invocation) {
    return say(invocation, askByName(invocation, "apikey.disable"), "Switched off: nobody gets it any more.");
}

Result<int> runRemove(Invocation& invocation) {
    return say(invocation, askByName(invocation, "apikey.remove"),
               "Erased here. Revoke it where it was made too.");
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("apikey.list", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    if (invocation.output().json()) {
        invocation.output().answerJson(*list);
        return 0;
    }
    Table table({"NAME", "STATE", "EXPIRES", "LAST USED", "DESCRIPTION"});
    for (const Json& key : arrayAt(*list, "apikeys"))
        table.add({textAt(key, "name", "?"), stateWords(key),
                   whenWords(stringAt(key, "expires_at"), invocation.now(), "never"),
                   whenWords(stringAt(objectAt(key, "last_used"), "at"), invocation.now(), "never"),
                   textAt(key, "description", "-")});
    if (table.empty())
        invocation.output().say("There is no API key. Put one here with: keybearer apikey add NAME");
    else
        invocation.output().answer(table.text());
    return 0;
}

Result<int> runShow(Invocation& invocation) {
    const Result<Json> key = askByName(invocation, "apikey.show");
    if (!key)
        return tl::unexpected(key.error());
    if (invocation.output().json()) {
        invocation.output().answerJson(*key);
        return 0;
    }
    Table lines({"Name", textAt(*key, "name", "?")});
    lines.add({"State", stateWords(*key)});
    lines.add({"Description", textAt(*key, "description", "-")});
    lines.add({"Header", textAt(*key, "header", "-")});
    lines.add({"Handed to programs", booleanAt(*key, "exportable").value_or(true) ? "yes" : "no"});
    lines.add({"Expires", whenWords(stringAt(*key, "expires_at"), invocation.now(), "never")});
    lines.add({"Value set", whenWords(stringAt(*key, "rotated_at"), invocation.now(), "-")});
    lines.add(
        {"Last used", whenWords(stringAt(objectAt(*key, "last_used"), "at"), invocation.now(), "never")});
    invocation.output().answer(lines.text());
    return 0;
}

constexpr Option expires{"--expires", "DATE|SPAN", "When it ends: 2027-01-31, or 90d from now.", 0};
constexpr Option valueFile{"--value-file", "FILE", "Where the value is; - is standard input.", 0};
constexpr std::array addOptions{
    valueFile, Option{"--header", "TEMPLATE", "How it goes into a request: \"X-Api-Key: {key}\".", 0},
    expires, Option{"--description", "TEXT", "Whose it is, what it is for.", 0},
    Option{"--no-export", "", "Put it into requests, but never hand it to a program.", 0}};
constexpr std::array rotateOptions{valueFile, expires};
constexpr std::array addExamples{
    Example{"keybearer apikey add weather --header \"X-Api-Key: {key}\" --expires 90d",
            "Asks for the value."},
    Example{"pass show weather | keybearer apikey add weather --value-file -", "Takes it from a program."}};
constexpr std::array listExamples{Example{"keybearer apikey list", "Which keys are there, and which end?"}};
constexpr std::array showExamples{Example{"keybearer apikey show weather", "All about one, but its value."}};
constexpr std::array rotateExamples{
    Example{"keybearer apikey rotate weather --expires 90d", "A new value for the next three months."}};
constexpr std::array enableExamples{Example{"keybearer apikey enable weather", "Hand it out again."}};
constexpr std::array disableExamples{
    Example{"keybearer apikey disable weather", "Hand it to nobody for now."}};
constexpr std::array removeExamples{Example{"keybearer apikey remove weather", "Forget it."}};

const Verb addVerb{
    "add",
    "NAME",
    "Put an API key into the store.",
    "Asks for the value without showing it, and keeps it in the broker's store. Its value never "
    "stands on the command line.\n\nAfterwards it is handed out like a token: keybearer token "
    "apikey:NAME.",
    1,
    1,
    addOptions,
    addExamples,
    {},
    runAdd};
const Verb listVerb{"list",
                    "",
                    "List the API keys.",
                    "Lists the API keys, whether they are handed out, and when they end.",
                    0,
                    0,
                    {},
                    listExamples,
                    {},
                    runList};
const Verb showVerb{"show",
                    "NAME",
                    "Show one API key.",
                    "Shows everything about one API key but its value.",
                    1,
                    1,
                    {},
                    showExamples,
                    {},
                    runShow};
const Verb rotateVerb{"rotate",
                      "NAME",
                      "Give an API key a new value.",
                      "Replaces the value and the expiry; header, description and permissions stay.",
                      1,
                      1,
                      rotateOptions,
                      rotateExamples,
                      {},
                      runRotate};
const Verb enableVerb{
    "enable", "NAME",   "Switch an API key on.", "Hands it out again.", 1, 1, {}, enableExamples,
    {},       runEnable};
const Verb disableVerb{"disable",
                       "NAME",
                       "Switch an API key off.",
                       "Nobody gets it until it is switched on again; its value is kept.",
                       1,
                       1,
                       {},
                       disableExamples,
                       {},
                       runDisable};
const Verb removeVerb{
    "remove",
    "NAME",
    "Erase an API key.",
    "Erases it from the store, and who was allowed to have it. It goes on working elsewhere until "
    "it is revoked where it was made.",
    1,
    1,
    {},
    removeExamples,
    {},
    runRemove};
constexpr std::array<const Verb*, 7> children{&addVerb,    &listVerb,    &showVerb,  &rotateVerb,
                                              &enableVerb, &disableVerb, &removeVerb};

} // namespace

const Verb apiKeyVerb{"apikey",
                      "",
                      "Keep API keys, and hand them out like tokens.",
                      "For services that know no sign-in: the key lies in the broker's store instead of in a "
                      "configuration file, and programs ask for it as they ask for a token.",
                      0,
                      0,
                      {},
                      {},
                      children,
                      nullptr};

} // namespace keybearer
