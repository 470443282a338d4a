#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <array>
#include <chrono>

namespace keybearer {

namespace {

constexpr std::chrono::seconds trialLimit{90}; // discovery, then one question to the token endpoint
constexpr std::size_t longestKeyFile = std::size_t{64} << 10; // as the broker takes it

Result<int> runAdd(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    const std::optional<std::string> path = arguments.value("--key-file");
    if (!path)
        return failure(ErrorCode::InvalidParams, "--key-file is missing",
                       "See: keybearer service-account add --help");
    Result<std::string> text = readFile(*path, longestKeyFile);
    if (!text)
        return failure(ErrorCode::InvalidParams, text.error().message,
                       "Check the path and whether you may read the file.");
    const Secret file = Secret::takeFrom(*text);
    Json params{{"provider", arguments.operand(0)}, {"key", file.reveal()}};
    if (file.empty() || !isValidUtf8(file.reveal()))
        return failure(ErrorCode::InvalidParams, "the file is not a service account's key file",
                       "Give it the key file as the provider made it.");
    if (const auto subject = arguments.value("--subject"))
        params["subject"] = *subject;
    if (const auto name = arguments.value("--name"))
        params["name"] = *name;
    if (const auto scopes = arguments.values("--scope"); !scopes.empty())
        params["scopes"] = scopes;
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    const Result<Json> session =
        (*client)->call("service_account.add", params, invocation.timeout(trialLimit));
    wipeJson(params);
    if (!session)
        return tl::unexpected(session.error());
    if (invocation.output().json())
        invocation.output().answerJson(*session);
    else
        invocation.output().answer("The key works: " + innerTextAt(*session, "account", "label", "?") +
                                   " at " + textAt(*session, "provider", "?") + "\n");
    return 0;
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("service_account.list", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    if (invocation.output().json()) {
        invocation.output().answerJson(*list);
        return 0;
    }
    Table table({"PROVIDER", "ACCOUNT", "STATE", "SCOPES"});
    for (const Json& account : arrayAt(*list, "service_accounts"))
        table.add({textAt(account, "provider", "?"), innerTextAt(account, "account", "label", "?"),
                   textAt(account, "state", "?"), listAt(account, "scopes", "-")});
    if (table.empty())
        invocation.output().say("There is no service account. Add one with: keybearer service-account add "
                                "PROVIDER --key-file FILE");
    else
        invocation.output().answer(table.text());
    return 0;
}

Result<int> runRemove(Invocation& invocation) {
    const Result<Json> removed =
        invocation.ask("service_account.remove", Json{{"name", invocation.arguments().operand(0)}});
    if (!removed)
        return tl::unexpected(removed.error());
    if (invocation.output().json())
        invocation.output().answerJson(*removed);
    else
        invocation.output().say("Erased here. Delete the key at the provider too.");
    return 0;
}

constexpr std::array addOptions{
    Option{"--key-file", "FILE", "The key file: Google's JSON, or {issuer, private_key, ...}.", 0},
    Option{"--subject", "SUBJECT", "Whom it acts for, where it may act for others.", 0},
    Option{"--scope", "SCOPE", "A scope to ask for; may be given several times.", 0},
    Option{"--name", "NAME", "What to call it here.", 0}};
constexpr std::array addExamples{Example{
    "keybearer service-account add google --key-file robot.json --scope S", "A Google service account."}};
constexpr std::array listExamples{Example{"keybearer service-account list", "Which are there?"}};
constexpr std::array removeExamples{
    Example{"keybearer service-account remove google", "Forget the key, where google has only one."}};

const Verb addVerb{
    "add",
    "PROVIDER",
    "Try a service account's key and keep it.",
    "Reads the key file, asks the provider for a token with it, and stores it if that works; if not, "
    "nothing is stored. The key is then in the broker's store: the file may be deleted.\n\n"
    "Tokens come from keybearer token PROVIDER, as for a person's sign-in.",
    1,
    1,
    addOptions,
    addExamples,
    {},
    runAdd};
const Verb listVerb{
    "list", "",     "List the service accounts.", "Lists the service accounts.", 0, 0, {}, listExamples,
    {},     runList};
const Verb removeVerb{"remove",
                      "NAME",
                      "Erase a service account's key.",
                      "NAME is its name, PROVIDER:NAME, or PROVIDER where that has only one.",
                      1,
                      1,
                      {},
                      removeExamples,
                      {},
                      runRemove};
constexpr std::array<const Verb*, 3> children{&addVerb, &listVerb, &removeVerb};

} // namespace

const Verb serviceAccountVerb{
    "service-account",
    "",
    "Keep keys of service accounts, and get tokens with them.",
    "A service account is a machine's identity at a provider. Its key signs for each token; "
    "no person and no browser is needed.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
