// autostart: the system starts the broker when the first program asks, or at login.
#include "app/cli/AutostartPlan.h"
#include "app/cli/ChildSpeech.h"
#include "app/cli/Invocation.h"
#include "app/cli/LocalChecks.h"
#include "app/cli/StopBroker.h"
#include "app/cli/SystemChecks.h"
#include "app/cli/Verbs.h"
#include "app/client/ProgramPath.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"

#include <array>
#include <unistd.h>

namespace keybearer {

namespace {

Result<AutostartPlan> planHere() {
    const std::optional<std::string> home = environmentVariable("HOME");
    for (const char* own : {"KEYBEARER_HOME", "KEYBEARER_SOCKET"}) {
        if (environmentVariable(own))
            return failure(ErrorCode::InvalidRequest,
                           std::string(own) +
                               " is set, and the system starts a broker at the usual place alone",
                           std::string("Unset ") + own + ", then try again.");
    }
    const std::filesystem::path daemon = findProgram("keybearerd");
    const Result<Places> places = findPlaces();
    if (!home || daemon.empty() || !places)
        return failure(ErrorCode::NotFound, "there is no keybearerd beside keybearer or in PATH",
                       "Install keybearerd beside keybearer.");
    const AutostartKind kind = autostartKindHere();
    AutostartPlace place{daemon, {}, places->socket, std::to_string(::getuid()), false};
    place.config =
        kind == AutostartKind::Launchd
            ? std::filesystem::path(*home) / "Library"
            : std::filesystem::path(environmentVariable("XDG_CONFIG_HOME").value_or(*home + "/.config"));
    place.unitsInstalled =
        kind == AutostartKind::Systemd && packagedUnitProgram(environmentVariable) == daemon.string();
    return autostartPlan(kind, place);
}

std::string shownCommand(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + displaySafe(word, 512);
    return out;
}

Result<void> carryOut(Invocation& invocation, const std::vector<std::string>& words) {
    const std::filesystem::path program = findInPath(words.front());
    if (program.empty())
        return failure(ErrorCode::NotFound, "there is no " + words.front() + " on this machine",
                       "Without it the broker is started by whoever needs it, as before.");
    invocation.output().detail(shownCommand(words));
    const Spoken spoken = hear(program, {words.begin() + 1, words.end()});
    if (spoken.status == 0)
        return {};
    return failure(ErrorCode::InternalError,
                   shownCommand(words) + " failed" + (spoken.text.empty() ? "" : ": " + spoken.text),
                   "See what is wrong with: keybearer doctor");
}

int show(Invocation& invocation, const AutostartPlan& plan,
         const std::vector<std::vector<std::string>>& commands, const char* what) {
    if (invocation.output().json()) {
        Json files = Json::array();
        for (const AutostartPlan::File& file : plan.files)
            files.push_back(Json{{"path", displaySafe(file.path.string(), 4096)}, {"content", file.content}});
        Json list = Json::array();
        for (const auto& words : commands)
            list.push_back(words);
        invocation.output().answerJson(Json{{"files", std::move(files)}, {"commands", std::move(list)}});
        return 0;
    }
    std::string text;
    for (const AutostartPlan::File& file : plan.files)
        text += std::string(what) + " " + displaySafe(file.path.string(), 4096) + "\n";
    for (const auto& words : commands)
        text += "run " + shownCommand(words) + "\n";
    invocation.output().answer(text);
    return 0;
}

Result<int> runEnable(Invocation& invocation) {
    const Result<AutostartPlan> plan = planHere();
    if (!plan)
        return failure(plan.error());
    if (invocation.arguments().has("--dry-run"))
        return show(invocation, *plan, plan->enable, "write");
    for (const AutostartPlan::File& file : plan->files) {
        std::error_code failed;
        std::filesystem::create_directories(file.path.parent_path(), failed);
        if (const Result<void> written = writePrivateFile(file.path, file.content); !written)
            return failure(written.error());
    }
    // One that was started by hand has the socket's path, and the system's would be in vain.
    if (autostartState(environmentVariable).manager != AutostartState::Manager::Listens) {
        if (const Result<bool> stopped = stopBroker(invocation); !stopped)
            return failure(stopped.error());
    }
    for (const auto& words : plan->enable) {
        if (const Result<void> done = carryOut(invocation, words); !done)
            return failure(done.error());
    }
    invocation.output().say("The system starts the broker when the first program asks.");
    return 0;
}

Result<int> runDisable(Invocation& invocation) {
    const Result<AutostartPlan> plan = planHere();
    if (!plan)
        return failure(plan.error());
    if (invocation.arguments().has("--dry-run"))
        return show(invocation, *plan, plan->disable, "remove");
    for (const auto& words : plan->disable) {
        if (const Result<void> done = carryOut(invocation, words); !done)
            invocation.output().say(done.error().message); // the rest is to go all the same
    }
    for (const AutostartPlan::File& file : plan->files) {
        std::error_code failed;
        std::filesystem::remove(file.path, failed);
        if (failed)
            return failure(ErrorCode::StoreUnavailable,
                           displaySafe(file.path.string(), 4096) + " cannot be removed: " + failed.message(),
                           "Remove it by hand.");
    }
    invocation.output().say("The system does not start the broker any more; the programs that need it do.");
    return 0;
}

Result<int> runStatus(Invocation& invocation) {
    const AutostartState state = autostartState(environmentVariable);
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(Json{{"broker", state.enabled},
                               {"listening", state.manager == AutostartState::Manager::Listens},
                               {"unit", displaySafe(state.unit.string(), 4096)},
                               {"program", displaySafe(state.program, 4096)},
                               {"tray", state.tray}});
    else
        output.answer(
            std::string("Broker: ") +
            (state.enabled ? "started by the system, " + displaySafe(state.program, 512)
                           : std::string("started by the programs that need it")) +
            "\nTray: " + (state.tray ? "starts with the desktop" : "does not start with the desktop") + "\n");
    return 0;
}

constexpr std::array dryRun{Option{"--dry-run", "", "Show what would be done, and do nothing.", 0}};
constexpr std::array enableExamples{Example{"keybearer autostart enable --dry-run", "What would be done?"}};
constexpr std::array disableExamples{Example{"keybearer autostart disable", "As before."}};
constexpr std::array statusExamples{Example{"keybearer autostart status --json", "For a script."}};

const Verb enableVerb{
    "enable",
    "",
    "Have the system start the broker.",
    "Linux: user units of systemd with socket activation, below ~/.config/systemd/user unless a package has "
    "installed them. macOS: a LaunchAgent. Windows: a task at logon. A broker that was started by hand ends "
    "first; the system starts the next one.",
    0,
    0,
    dryRun,
    enableExamples,
    {},
    runEnable};
const Verb disableVerb{
    "disable", "", "Have the system start it no more.", "", 0, 0, dryRun, disableExamples, {}, runDisable};
const Verb statusVerb_{"status", "",       "Say who starts broker and tray.", "", 0, 0, {}, statusExamples,
                       {},       runStatus};
constexpr std::array<const Verb*, 3> children{&enableVerb, &disableVerb, &statusVerb_};

} // namespace

const Verb autostartVerb{
    "autostart",
    "",
    "Have the system start the broker, or not.",
    "Without it the broker is started by the first program that needs it. With it the system holds the "
    "socket: "
    "it starts the broker at the first request, and starts it anew when it fails or hangs. Whether the tray "
    "starts with the desktop is a setting of the tray.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
