#include "app/cli/ServiceVerb.h"

#include "app/cli/ChildProcess.h"
#include "app/cli/ConfigChange.h"
#include "app/cli/Findings.h"
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>

namespace keybearer {

namespace {

constexpr std::chrono::seconds longestTest{75}; // the broker's deadlines of its questions, together
constexpr std::int64_t longestIdle = 86'400;
constexpr std::int64_t longestTimeout = 3600; // more than the broker takes is refused by its reader

bool isAddress(const std::string& word) {
    return word.find("://") != std::string::npos;
}

Result<Json> askAbout(Invocation& invocation, std::string_view method, std::chrono::seconds patience) {
    const Result<LineClient*> broker = invocation.broker();
    if (!broker)
        return failure(broker.error());
    return (*broker)->call(method, Json{{"service", invocation.arguments().operand(0)}},
                           invocation.timeout(patience));
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("service.list", Json::object());
    if (!list)
        return failure(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    const Json& services = arrayAt(*list, "services");
    // Where clients of this machine find them, if the gateway is open.
    const bool open = std::any_of(services.begin(), services.end(),
                                  [](const Json& service) { return service.contains("address"); });
    std::vector<std::string> head{"NAME", "ADDRESS", "SIGNED IN", "BY"};
    if (open)
        head.emplace_back("HERE");
    Table table(std::move(head));
    for (const Json& service : services) {
        const bool local = booleanAt(service, "local").value_or(false);
        const std::string url = local ? listAt(service, "command", "-") : textAt(service, "url", "-");
        std::vector<std::string> row{textAt(service, "name", "?"), url,
                                     local                                             ? "-"
                                     : booleanAt(service, "signed_in").value_or(false) ? "yes"
                                                                                       : "no",
                                     textAt(service, "issuer", textAt(service, "provider", "-"))};
        if (open)
            row.push_back(textAt(service, "address", "-"));
        table.add(std::move(row));
    }
    if (table.empty())
        output.say("There are no services yet. Sign in to one with: keybearer login URL");
    else
        output.answer(table.text());
    return 0;
}

Result<int> runTest(Invocation& invocation) {
    const Result<Json> answer = askAbout(invocation, "service.test", longestTest);
    if (!answer)
        return failure(answer.error());
    const std::vector<Finding> findings = findingsOf(*answer);
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(*answer);
    else
        output.answer(findingLines(output, findings));
    if (booleanAt(*answer, "ok").value_or(false))
        return 0;
    const bool isTheirs = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.level == Finding::Level::Error && finding.name != "client";
    });
    return isTheirs ? 6 : 1; // a server's fault, or something here
}

tl::unexpected<Error> misuse(std::string message) {
    return failure(ErrorCode::InvalidParams, std::move(message), "See: keybearer service add --help");
}

// A program of this machine: found now, so that no PATH decides later which one it is.
Result<ConfigEntry> programFrom(const Arguments& arguments) {
    for (const char* option : {"--provider", "--issuer", "--client-id", "--scope", "--account"}) {
        if (arguments.has(option))
            return misuse(std::string(option) + " belongs to a URL; a program has --env");
    }
    if (arguments.operands().size() < 2)
        return misuse("--command needs the program after the name");
    const Result<std::filesystem::path> program = findCommand(arguments.operand(1));
    if (!program)
        return failure(program.error());
    std::vector<std::string> command{program->string()};
    for (std::size_t i = 2; i < arguments.operands().size(); ++i)
        command.push_back(arguments.operand(i));
    ConfigEntry entry{arguments.operand(0), {{"command", std::move(command), true}}};
    if (std::vector<std::string> variables = arguments.values("--env"); !variables.empty()) {
        for (const std::string& variable : variables) {
            const std::size_t equals = variable.find('=');
            if (equals == 0 || equals == std::string::npos || equals + 1 == variable.size())
                return misuse("--env takes VAR=PROVIDER[:ACCOUNT] or VAR=apikey:NAME, not \"" +
                              displaySafe(variable, 64) + "\"");
        }
        ConfigMember member{"env", std::move(variables)};
        member.isMap = true;
        entry.members.push_back(std::move(member));
    }
    std::error_code failed;
    const std::filesystem::path directory =
        std::filesystem::absolute(arguments.value("--directory").value_or("."), failed).lexically_normal();
    if (failed || !std::filesystem::is_directory(directory, failed))
        return misuse("there is no directory " + displaySafe(directory.string(), 300));
    std::string text = directory.string();
    if (text.size() > 1 && text.back() == '/')
        text.pop_back();
    entry.members.push_back({"directory", {std::move(text)}, false});
    const Result<std::optional<std::int64_t>> idle = arguments.number("--idle-seconds", 1, longestIdle);
    if (!idle)
        return failure(idle.error());
    if (*idle)
        entry.members.push_back({"idle_seconds", {std::to_string(**idle)}, false, true});
    return entry;
}

Result<ConfigEntry> entryFrom(const Arguments& arguments) {
    if (arguments.has("--command"))
        return programFrom(arguments);
    for (const char* option : {"--env", "--directory", "--idle-seconds"}) {
        if (arguments.has(option))
            return misuse(std::string(option) + " goes with --command");
    }
    if (arguments.operands().size() != 2)
        return misuse("a service has a name and a URL; a program is given as: NAME --command -- PROGRAM");
    ConfigEntry entry{arguments.operand(0), {{"url", {arguments.operand(1)}, false}}};
    for (const char* key : {"provider", "issuer", "client_id", "account"}) {
        std::string option = std::string("--") + key;
        std::replace(option.begin(), option.end(), '_', '-');
        if (const std::vector<std::string> values = arguments.values(option); !values.empty())
            entry.members.push_back({key, {values.back()}, false});
    }
    if (std::vector<std::string> scopes = arguments.values("--scope"); !scopes.empty())
        entry.members.push_back({"scopes", std::move(scopes), true});
    const Result<std::optional<std::int64_t>> seconds =
        arguments.number("--timeout-seconds", 1, longestTimeout);
    if (!seconds)
        return failure(seconds.error());
    if (*seconds)
        entry.members.push_back({"timeout_seconds", {std::to_string(**seconds)}, false, true});
    return entry;
}

Result<int> runAdd(Invocation& invocation) {
    const Result<ConfigEntry> entry = entryFrom(invocation.arguments());
    if (!entry)
        return failure(entry.error());
    return addToConfig(invocation, ConfigSection::Services, *entry);
}

// What stands in config.yaml goes from there; what was signed in to by its address is forgotten.
Result<int> runRemove(Invocation& invocation) {
    const std::string name = invocation.arguments().operand(0);
    if (!isAddress(name)) {
        const Result<int> removed = removeFromConfig(invocation, ConfigSection::Services, name);
        if (removed || removed.error().code != ErrorCode::NotFound)
            return removed;
    }
    const Result<Json> forgotten = askAbout(invocation, "service.remove", std::chrono::seconds(30));
    if (!forgotten)
        return failure(forgotten.error());
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(*forgotten);
    else
        output.say(textAt(*forgotten, "service", "it") + " was forgotten.");
    return 0;
}

constexpr std::array addOptions{
    Option{"--provider", "NAME", "Whose tokens it takes; its own authorization server otherwise.", 0},
    Option{"--issuer", "URL", "The authorization server that --client-id belongs to.", 0},
    Option{"--client-id", "ID", "The client that you registered there.", 0},
    Option{"--scope", "SCOPE", "What to ask for; may be given several times.", 0},
    Option{"--account", "ACCOUNT", "Which account to use, where there are several.", 0},
    Option{"--command", "",
           "It is a program of this machine, which the broker starts when somebody uses it: the words after "
           "-- are the program and its arguments.",
           0},
    Option{"--env", "VAR=SELECTOR",
           "With --command: a token in an environment variable of the program; SELECTOR is "
           "PROVIDER[:ACCOUNT] or apikey:NAME. May be given several times.",
           0},
    Option{"--directory", "DIRECTORY", "With --command: where it runs; here, if nothing is said.", 0},
    Option{"--idle-seconds", "SECONDS", "With --command: for how long nobody uses it before it is ended.", 0},
    Option{"--timeout-seconds", "SECONDS", "How long its answers may take.", 0},
};
constexpr std::array listExamples{
    Example{"keybearer service list", "Which servers can be used, and as whom?"}};
constexpr std::array addExamples{
    Example{"keybearer service add linear https://mcp.linear.app/mcp", "A short name for an address."},
    Example{"keybearer service add hub https://mcp.example/mcp --provider github",
            "A server that takes the tokens of GitHub."},
    Example{"keybearer service add files --env TOKEN=github --command -- node files.mjs",
            "A program of this machine, with a token in its environment."}};
constexpr std::array removeExamples{
    Example{"keybearer service remove linear", "Take the entry out of config.yaml."},
    Example{"keybearer service remove https://mcp.linear.app/mcp", "Forget what was found out."}};
constexpr std::array testExamples{
    Example{"keybearer service test https://mcp.linear.app/mcp", "Would a sign-in work?"}};

const Verb listVerb{
    "list",
    "",
    "List the MCP servers and whether you are signed in.",
    "Lists the services of config.yaml and the servers that were signed in to by their address.",
    0,
    0,
    {},
    listExamples,
    {},
    runList};
const Verb addVerb{
    "add",
    "NAME URL | NAME --command -- PROGRAM...",
    "Write a service into config.yaml.",
    "Adds an entry to config.yaml and leaves every other line as it is; the file as it was is kept "
    "beside it. Sign in again under the new name. A client secret is never taken on "
    "the command line: put it into the file as client_secret: \"${VARIABLE}\".\n\n"
    "With --command the service is a program of this machine. No shell sees its words. The first time that "
    "somebody uses it you are asked whether exactly this command may be started with these tokens, and again "
    "when the command, the program or its script has changed.",
    2,
    std::numeric_limits<std::size_t>::max(),
    addOptions,
    addExamples,
    {},
    runAdd};
const Verb removeVerb{
    "remove",
    "NAME|URL",
    "Take a service out again.",
    "Removes an entry from config.yaml, as the person wrote it or service add did; sessions stay. What is "
    "not there but was signed in to by its address is forgotten, with our client there; sign out first.",
    1,
    1,
    {},
    removeExamples,
    {},
    runRemove};
const Verb testVerb{
    "test",
    "NAME|URL",
    "Look whether a sign-in could work, without signing in.",
    "Goes the way of a sign-in without signing in: does the server answer, where is its metadata and "
    "that of its authorization server, is PKCE known there, how would our client be known, is somebody "
    "signed in. Says for each finding what to do.\n\n"
    "The exit status is 6 if a server is at fault and 1 if something here is.",
    1,
    1,
    {},
    testExamples,
    {},
    runTest};
constexpr std::array<const Verb*, 4> children{&listVerb, &testVerb, &addVerb, &removeVerb};

} // namespace

const Verb serviceVerb{
    "service",
    "",
    "List the MCP servers that you use, and set them up.",
    "A service is an MCP server: an address, and how one signs in there. It needs no entry anywhere: "
    "keybearer login URL is enough. An entry in config.yaml gives it a name, scopes or a client.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
