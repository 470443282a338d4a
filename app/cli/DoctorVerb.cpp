#include "app/cli/Doctor.h"
#include "app/cli/ErrorPages.h"
#include "app/cli/Invocation.h"
#include "app/cli/LocalChecks.h"
#include "app/cli/NetworkChecks.h"
#include "app/cli/SystemChecks.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "app/client/ProgramPath.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

using Level = Finding::Level;

constexpr std::size_t mostProviders = 8;        // that are tested, one after the other
constexpr std::chrono::seconds longestTest{75}; // the broker ends one within a minute

// The broker tells the whole state to the person's own programs; why is this one not among them?
std::vector<Finding> roleFindings(Invocation& invocation, const Json& health) {
    if (health.contains("findings"))
        return {};
    const Result<Json> refused = invocation.ask("session.list", Json::object());
    if (refused || refused.error().code != ErrorCode::PolicyDenied)
        return {};
    return {{Level::Warning, "role", "this command does not speak for you here: " + refused.error().message,
             refused.error().action}};
}

std::vector<Finding> brokerFindings(Invocation& invocation, bool& keychain) {
    const Result<Json> health = invocation.ask("health.get", Json::object());
    if (!health) {
        const Error& error = health.error();
        if (!invocation.maySpawn() && error.code == ErrorCode::BrokerUnreachable &&
            error.detail("absent") != nullptr)
            return {
                {Level::Warning, "broker", "the broker is not running", "It starts with: keybearer status"}};
        return {{Level::Error, "broker", error.message,
                 error.action.empty() ? std::string(defaultAction(error.code)) : error.action}};
    }
    keychain = textAt(objectAt(*health, "store"), "backend", "keychain") == "keychain";
    std::vector<Finding> out{{Level::Good, "broker",
                              "keybearerd " + textAt(*health, "version", "?") + " is running (process " +
                                  std::to_string(integerAt(*health, "pid").value_or(0)) + ")",
                              ""}};
    if (const std::string version = textAt(*health, "version", "?"); version != KEYBEARER_VERSION)
        out.push_back({Level::Warning, "broker_version",
                       "the broker is version " + version + ", and this command is " KEYBEARER_VERSION,
                       "Start the broker anew with: keybearer restart"});
    for (Finding& finding : findingsOf(*health))
        out.push_back(std::move(finding));
    for (Finding& finding : roleFindings(invocation, *health))
        out.push_back(std::move(finding));
    return out;
}

std::vector<Finding> auditFindings(Invocation& invocation) {
    const Result<Json> result = invocation.ask("audit.verify", Json::object());
    if (!result || booleanAt(*result, "intact").value_or(true))
        return {};
    return {{Level::Error, "audit_chain", "the audit log was changed or damaged",
             "See which rows with: keybearer audit verify"}};
}

// A sign-in at each provider that is set up: what stands in its way.
std::vector<Finding> providerFindings(Invocation& invocation) {
    const Result<Json> list = invocation.ask("provider.list", Json::object());
    std::vector<Finding> out;
    std::size_t tested = 0;
    if (!list)
        return out; // what is wrong with the broker has been said
    for (const Json& provider : arrayAt(*list, "providers")) {
        if (!booleanAt(provider, "configured").value_or(false) || tested == mostProviders)
            continue;
        ++tested;
        const std::string name = textAt(provider, "name", "?");
        const Result<LineClient*> broker = invocation.broker();
        const Result<Json> answer = broker ? (*broker)->call("provider.test", Json{{"provider", name}},
                                                             invocation.timeout(longestTest))
                                           : failure(broker.error());
        if (!answer) {
            out.push_back({Level::Warning, "provider",
                           name + " could not be tested: " + answer.error().message,
                           "Try again with: keybearer provider test " + name});
            continue;
        }
        bool isGood = true;
        for (Finding& finding : findingsOf(*answer)) {
            if (finding.level == Level::Good || finding.name == "pkce")
                continue;
            isGood = false;
            finding.message.insert(0, name + ": ");
            out.push_back(std::move(finding));
        }
        if (isGood)
            out.push_back({Level::Good, "provider", "a sign-in at " + name + " could work", ""});
    }
    return out;
}

// Services that are programs of this machine: can they be started?
std::vector<Finding> programFindings(Invocation& invocation) {
    const Result<Json> list = invocation.ask("service.list", Json::object());
    std::vector<Finding> out;
    if (!list)
        return out; // what is wrong with the broker has been said
    for (const Json& service : arrayAt(*list, "services")) {
        if (!booleanAt(service, "local").value_or(false))
            continue;
        const std::string name = textAt(service, "name", "?");
        const Result<Json> answer = invocation.ask("service.test", Json{{"service", name}});
        if (!answer)
            continue;
        for (Finding& finding : findingsOf(*answer)) {
            finding.message.insert(0, name + ": ");
            out.push_back(std::move(finding));
        }
    }
    return out;
}

// The exit status.
int tell(Output& output, const std::vector<Finding>& findings) {
    const auto count = [&findings](Level level) {
        return std::count_if(findings.begin(), findings.end(),
                             [level](const Finding& f) { return f.level == level; });
    };
    const auto errors = count(Level::Error);
    const auto warnings = count(Level::Warning);
    if (output.json()) {
        Json list = Json::array();
        for (const Finding& finding : findings)
            list.push_back(toJson(finding));
        output.answerJson(Json{{"errors", errors}, {"warnings", warnings}, {"findings", std::move(list)}});
    } else {
        output.answer(findingLines(output, findings) + "\n" +
                      (errors + warnings == 0 ? std::string("Nothing is wrong.\n")
                                              : counted(errors, "error", "errors") + ", " +
                                                    counted(warnings, "warning", "warnings") + ".\n"));
    }
    return errors > 0 ? 1 : 0;
}

struct PrivateDirectory {
    const char* name;
    const char* what;
    std::filesystem::path path;
};

std::vector<PrivateDirectory> privateDirectories(const Places& places) {
    return {{"socket_directory", "socket directory", places.runtime},
            {"state_directory", "state directory", places.state}};
}

// Mends one finding, and nothing else: a directory of ours that is open to others.
Result<int> fix(Invocation& invocation, const std::string& name) {
    for (const PrivateDirectory& each : privateDirectories(invocation.places())) {
        if (name != each.name)
            continue;
        if (const Result<void> closed = closePrivateDirectory(each.path); !closed)
            return tl::unexpected(closed.error());
        return tell(invocation.output(), {checkPrivateDirectory(each.name, each.what, each.path)});
    }
    return failure(ErrorCode::InvalidParams, "--fix cannot mend \"" + displaySafe(name, 40) + "\"",
                   "It takes socket_directory or state_directory.");
}

Result<int> explain(Invocation& invocation, const std::string& name) {
    const std::string_view page = errorPage(name);
    if (page.empty()) {
        Error error(ErrorCode::NotFound, "there is no page for \"" + displaySafe(name, 60) + "\"",
                    "The names stand in the output of: keybearer doctor --json");
        if (std::string meant = nearest(name, errorPageNames()); !meant.empty())
            error.details.emplace_back("did_you_mean", std::move(meant));
        return failure(std::move(error));
    }
    if (invocation.output().json())
        invocation.output().answerJson(Json{{"name", name}, {"text", page}});
    else
        invocation.output().answer(plainPage(page));
    return 0;
}

} // namespace

std::vector<Finding> doctorFindings(Invocation& invocation, bool askProviders) {
    const Places& places = invocation.places();
    const Finding config = checkConfig(places, findProgram("keybearerd"));
    std::vector<Finding> findings{
        checkPlaces(environmentVariable),
        config,
    };
    for (const PrivateDirectory& each : privateDirectories(places))
        findings.insert(findings.end() - 1, checkPrivateDirectory(each.name, each.what, each.path));
    findings.push_back(checkWritable(places.state));
    findings.push_back(checkDiskSpace(places.state));
    bool mayAsk = false;  // whether a broker is there to ask, and we are to
    bool keychain = true; // what holds unless the configuration says otherwise
    if (config.level != Level::Error) {
        for (Finding& finding : brokerFindings(invocation, keychain))
            findings.push_back(std::move(finding));
        if (findings.back().name != "broker" || findings.back().level == Level::Good) {
            mayAsk = askProviders;
            for (Finding& finding : programFindings(invocation))
                findings.push_back(std::move(finding));
            for (Finding& finding : auditFindings(invocation))
                findings.push_back(std::move(finding));
        }
    }
    const bool answers = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.name == "broker" && finding.level == Level::Good;
    });
    findings.push_back(checkLock(places, answers));
    findings.push_back(checkAutostart(autostartState(environmentVariable), findProgram("keybearerd")));
    if (keychain) {
        findings.push_back(checkSessionBus(environmentVariable));
        findings.push_back(checkKeyring(environmentVariable));
    }
    findings.push_back(checkBrowser(environmentVariable));
    findings.push_back(checkLoopback());
    findings.push_back(checkClock(invocation.now()));
    findings.push_back(checkAuthorities());
    findings.push_back(checkProxy(environmentVariable));
    if (mayAsk) {
        for (Finding& finding : providerFindings(invocation))
            findings.push_back(std::move(finding));
    }
    return findings;
}

namespace {

Result<int> run(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    if (const auto name = arguments.value("--explain"))
        return explain(invocation, *name);
    if (const auto name = arguments.value("--fix"))
        return fix(invocation, *name);
    return tell(invocation.output(), doctorFindings(invocation, !arguments.has("--no-network")));
}

constexpr std::array options{
    Option{"--no-network", "", "Ask no provider.", 0},
    Option{"--explain", "NAME", "Print what a finding or an error means, and what to do.", 0},
    Option{"--fix", "NAME", "Close a directory to others: socket_directory, state_directory.", 0}};
constexpr std::array examples{Example{"keybearer doctor", "Why does it not work?"},
                              Example{"keybearer doctor --explain store_locked", "What does that mean?"},
                              Example{"keybearer doctor --no-spawn", "Look, but do not start the broker."}};

} // namespace

const Verb doctorVerb{
    "doctor",
    "",
    "Find out what is wrong and say what to do.",
    "Checks directories, disk, configuration, lock, units, session bus, keychain, browser, loopback, clock, "
    "certificate "
    "authorities and proxy, asks the broker how it is and whether sign-ins at the providers that are "
    "set up could work, and says for each finding what to do, and its name in brackets. Works without a "
    "broker, too.\n\n"
    "With --fix it mends one thing instead: a directory of yours that is open to others is closed to "
    "them.\n\n"
    "The exit status is 1 if something is broken; warnings leave it at 0.",
    0,
    0,
    options,
    examples,
    {},
    run};

} // namespace keybearer
