// health, metrics, help, tray.
#include "app/cli/Help.h"
#include "app/cli/Invocation.h"
#include "app/cli/Verbs.h"
#include "app/client/ProgramPath.h"
#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace keybearer {

namespace {

Result<int> runHealth(Invocation& invocation) {
    const Result<Json> health = invocation.ask("health.get", Json::object());
    if (!health)
        return tl::unexpected(health.error());
    invocation.output().answerJson(*health);
    return stringAt(*health, "status") == "failing" ? 1 : 0;
}

Result<int> runMetrics(Invocation& invocation) {
    MetricsGetParams wish;
    wish.format = invocation.output().json() ? "json" : "prometheus";
    const Result<Json> metrics = invocation.ask("metrics.get", wish.toJson());
    if (!metrics)
        return tl::unexpected(metrics.error());
    if (invocation.output().json())
        invocation.output().answerJson(*metrics);
    else
        invocation.output().answer(stringAt(*metrics, "text").value_or(""));
    return 0;
}

Result<int> runTray(Invocation& invocation) {
    const std::filesystem::path program = findProgram("keybearer-tray");
    if (program.empty())
        return failure(ErrorCode::NotFound, "there is no keybearer-tray beside keybearer or in PATH",
                       "Install the tray, or build it with KEYBEARER_TRAY=ON.");
    invocation.output().detail("starting " + displaySafe(program.string()));
    ::execl(program.c_str(), program.c_str(), static_cast<char*>(nullptr));
    return failure(ErrorCode::InternalError, "cannot start " + program.string() + ": " + std::strerror(errno),
                   "Check that the file may be executed.");
}

Result<int> runHelp(Invocation& invocation) {
    std::vector<const char*> words;
    std::vector<std::string> kept;
    for (const std::string_view operand : invocation.arguments().operands())
        kept.emplace_back(operand);
    for (const std::string& word : kept)
        words.push_back(word.c_str());
    words.push_back("--help");
    const Result<Arguments> asked = Arguments::parse(words, allVerbs());
    if (!asked)
        return tl::unexpected(asked.error());
    invocation.output().answer(helpFor(asked->path()));
    return 0;
}

constexpr std::array healthExamples{
    Example{"keybearer health | jq -r .status", "ok, degraded or failing, for a monitor."}};
constexpr std::array metricsExamples{
    Example{"keybearer metrics > /var/lib/node_exporter/keybearer.prom", "For a textfile collector."},
    Example{"keybearer metrics --json | jq '.families[].name'", "What is counted."}};
constexpr std::array trayExamples{Example{"keybearer tray &", "Show the icon in the panel."}};
constexpr std::array helpExamples{
    Example{"keybearer help session list", "What keybearer session list does."}};

} // namespace

const Verb healthVerb{
    "health",
    "",
    "Print the state of every part as JSON.",
    "Prints what the broker knows about itself as one JSON object: store, sessions, audit log, "
    "findings. Meant for programs; keybearer status says the same to people.\n\n"
    "The exit status is 1 when the broker is failing, 3 when there is none.",
    0,
    0,
    {},
    healthExamples,
    {},
    runHealth};

const Verb metricsVerb{
    "metrics",
    "",
    "Print what the broker counts, for Prometheus.",
    "Requests for tokens and how long they took, refreshes, consents, sessions, connections, alerts: in "
    "Prometheus' text format, with --json as JSON. No names of programs or accounts are in it. Counts begin "
    "anew when the broker starts.",
    0,
    0,
    {},
    metricsExamples,
    {},
    runMetrics};

const Verb trayVerb{"tray",
                    "",
                    "Start the tray application.",
                    "Starts keybearer-tray, the icon in the panel: sign in, answer questions, see and revoke "
                    "sessions. It starts the broker if need be.",
                    0,
                    0,
                    {},
                    trayExamples,
                    {},
                    runTray};

const Verb helpVerb{
    "help",
    "[COMMAND]...",
    "Explain a command.",
    "Prints what a command does, its options and examples; without a command, the list of all.",
    0,
    2,
    {},
    helpExamples,
    {},
    runHelp};

} // namespace keybearer
