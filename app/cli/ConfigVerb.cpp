// config show, get, set, path, check, edit.
#include "app/cli/ConfigChange.h"
#include "app/cli/ConfigReport.h"
#include "app/cli/ConfigSettings.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

struct Setting {
    std::string value;
    std::string from; // default, file, or the name of a variable
};

Result<Setting> settingOf(const ConfigKey& key, const std::string& text) {
    const std::string variable = variableOf(key);
    if (const char* value = std::getenv(variable.c_str()); value != nullptr)
        return Setting{value, variable};
    const Result<std::optional<std::string>> written = settingIn(text, key.section, key.key);
    if (!written)
        return failure(written.error());
    return *written ? Setting{**written, "file"} : Setting{std::string(key.usual), "default"};
}

Json toJson(const ConfigKey& key, const Setting& setting) {
    return Json{{"key", key.name()},
                {"value", setting.value},
                {"from", setting.from},
                {"default", std::string(key.usual)},
                {"takes", std::string(key.kind)},
                {"meaning", std::string(key.meaning)}};
}

// A file that is wrong, or whose rights forbid, is said here and not at the next start.
Json fileState(const std::filesystem::path& file) {
    std::error_code failed;
    const bool exists = std::filesystem::exists(file, failed);
    const std::filesystem::path place = exists ? file : file.parent_path();
    Json state{{"path", file.string()},
               {"exists", exists},
               {"writable",
                ::access(place.c_str(), W_OK) == 0 || (!exists && !std::filesystem::exists(place, failed))}};
    if (const Result<void> checked = checkConfig(file); !checked)
        state["problem"] = checked.error().message;
    return state;
}

Result<int> runShow(Invocation& invocation) {
    if (invocation.arguments().has("--effective"))
        return showEffective(invocation);
    const std::filesystem::path file = configFile(invocation);
    const Result<std::string> text = readConfig(file);
    if (!text)
        return failure(text.error());
    Table table({"SETTING", "VALUE", "FROM"});
    Json settings = Json::array();
    for (const ConfigKey& key : configKeys()) {
        const Result<Setting> setting = settingOf(key, *text);
        const Setting shown = setting ? *setting : Setting{{}, "unknown"};
        table.add({key.name(), displaySafe(shown.value, 60), shown.from});
        settings.push_back(toJson(key, shown));
    }
    const Json state = fileState(file);
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(Json{{"config", state}, {"settings", std::move(settings)}});
        return 0;
    }
    output.answer(table.text());
    const bool exists = state["exists"].get<bool>();
    output.say((exists ? "" : "There is no file yet; the first change makes it: ") +
               displaySafe(file.string()));
    if (const auto problem = stringAt(state, "problem"))
        output.say("The broker would not start with it: " + displaySafe(*problem, 400));
    return 0;
}

Result<int> runGet(Invocation& invocation) {
    const Result<const ConfigKey*> key = findConfigKey(invocation.arguments().operand(0));
    if (!key)
        return failure(key.error());
    const Result<std::string> text = readConfig(configFile(invocation));
    if (!text)
        return failure(text.error());
    const Result<Setting> setting = settingOf(**key, *text);
    if (!setting)
        return failure(setting.error());
    if (invocation.output().json())
        invocation.output().answerJson(toJson(**key, *setting));
    else
        invocation.output().answer(displaySafe(setting->value, 512) + "\n");
    return 0;
}

Result<int> runSet(Invocation& invocation) {
    const Result<const ConfigKey*> key = findConfigKey(invocation.arguments().operand(0));
    if (!key)
        return failure(key.error());
    const Result<std::string> value = configValue(**key, invocation.arguments().operand(1));
    if (!value)
        return failure(value.error());
    const Result<bool> changed =
        setInConfig(invocation, (*key)->section, {{std::string((*key)->key), *value}});
    if (!changed)
        return failure(changed.error());
    const std::string variable = variableOf(**key);
    const bool overruled = std::getenv(variable.c_str()) != nullptr;
    Output& output = invocation.output();
    const ConfigTaken taken = *changed ? takeUpConfig(invocation) : ConfigTaken{};
    if (output.json()) {
        Json answer{{"config", configFile(invocation).string()},
                    {"key", (*key)->name()},
                    {"changed", *changed},
                    {"restart", taken.restart}};
        if (overruled)
            answer["overruled_by"] = variable;
        output.answerJson(answer);
        return 0;
    }
    output.say(!*changed ? "It is so already." : (*key)->name() + " is now " + *value + ". " + taken.words);
    if (overruled)
        output.say(variable + " is set here and wins over the file.");
    return 0;
}

Result<int> runPath(Invocation& invocation) {
    const std::string path = configFile(invocation).string();
    if (invocation.output().json())
        invocation.output().answerJson(Json{{"config", path}});
    else
        invocation.output().answer(displaySafe(path) + "\n");
    return 0;
}

// $VISUAL or $EDITOR, which may have options of their own.
std::vector<std::string> editor() {
    for (const char* name : {"VISUAL", "EDITOR"}) {
        const char* value = std::getenv(name);
        if (value == nullptr)
            continue;
        if (std::vector<std::string> words = splitWords(value); !words.empty())
            return words;
    }
    return {"vi"};
}

Result<int> edit(const std::filesystem::path& file) {
    std::vector<std::string> words = editor();
    words.push_back(file.string());
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = -1;
    const int code = ::posix_spawnp(&process, arguments[0], nullptr, nullptr, arguments.data(), environ);
    if (code != 0)
        return failure(ErrorCode::NotFound,
                       "cannot start " + displaySafe(words.front(), 128) + ": " + std::strerror(code),
                       "Set EDITOR to an editor that is installed.");
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return failure(ErrorCode::Cancelled, "the editor ended with a failure", "Look at the file again.");
}

Result<int> runEdit(Invocation& invocation) {
    const std::filesystem::path file = configFile(invocation);
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (Result<int> edited = edit(file); !edited)
        return edited;
    if (!std::filesystem::exists(file, failed))
        return 0;
    if (const Result<void> checked = checkConfig(file); !checked)
        return failure(checked.error());
    invocation.output().say("The configuration is right. " + takeUpConfig(invocation).words);
    return 0;
}

constexpr std::array showOptions{
    Option{"--effective", "",
           "Every setting of the broker, with its value and who said it; secrets are masked.", 0}};
constexpr std::array showExamples{
    Example{"keybearer config show", "What is set, and where."},
    Example{"keybearer config show --effective", "All of it: default, preset, line, variable."}};
constexpr std::array getExamples{Example{"keybearer config get access.mode", "ask, trusting or locked."}};
constexpr std::array setExamples{
    Example{"keybearer config set access.mode locked", "Only programs that were approved before."},
    Example{"keybearer config set gateway.port 4180", "Comments and order of the file stay."}};
constexpr std::array pathExamples{Example{"keybearer config path", "Where the file lies."}};
constexpr std::array checkExamples{
    Example{"keybearer config check", "What is wrong with it, and where?"},
    Example{"keybearer config check new.yaml --json", "Another file, for programs."}};
constexpr std::array reloadExamples{Example{"keybearer config reload", "Without dropping anybody."}};
constexpr std::array schemaOptions{Option{"--path", "", "Print where the installed file lies instead.", 0}};
constexpr std::array schemaExamples{
    Example{"keybearer config schema > config.schema.json", "For an editor that completes keys."}};
constexpr std::array editExamples{Example{"EDITOR=nano keybearer config edit", "Then it is checked."}};

const Verb showVerb{
    "show",
    "",
    "Show the settings and where each comes from.",
    "Prints the settings that can be changed with config set, with their values and whether "
    "they come from the file, from the environment or are the default.\n\n"
    "With --effective all settings, as the running broker goes by them, or as one would that is "
    "started here: each with the line, the environment variable or the preset that says so, or "
    "\"default\".",
    0,
    0,
    showOptions,
    showExamples,
    {},
    runShow};
const Verb getVerb{"get",
                   "KEY",
                   "Print one setting.",
                   "Prints the value as it stands in the file, or the default.",
                   1,
                   1,
                   {},
                   getExamples,
                   {},
                   runGet};
const Verb setVerb{
    "set",
    "KEY VALUE",
    "Change one setting in config.yaml.",
    "Changes one line of the file; comments, order and everything else stay. The broker's own "
    "reader looks at the new text first, and the file as it was is kept beside it.\n\n"
    "A broker that runs takes it up at once; where a setting has to wait for a new start, it is said.",
    2,
    2,
    {},
    setExamples,
    {},
    runSet};
const Verb pathVerb{"path",
                    "",
                    "Print where config.yaml lies.",
                    "Prints the path of the file, whether there is one or not.",
                    0,
                    0,
                    {},
                    pathExamples,
                    {},
                    runPath};
const Verb checkVerb{
    "check",
    "[FILE]",
    "Check config.yaml.",
    "Has the broker's own reader look at the file, or at FILE, without starting anything. The "
    "exit status is 2 if it is wrong; with --json the answer says file, line and key.",
    0,
    1,
    {},
    checkExamples,
    {},
    checkConfiguration};
const Verb editVerb{"edit",
                    "",
                    "Open config.yaml in an editor, then check it.",
                    "Starts $VISUAL, $EDITOR or vi with the file, and checks it afterwards.",
                    0,
                    0,
                    {},
                    editExamples,
                    {},
                    runEdit};

const Verb reloadVerb{
    "reload",
    "",
    "Have the broker read the configuration again.",
    "The broker does so by itself when the file changes, and on SIGHUP. Sessions, connections "
    "and sign-ins that are under way stay. What has to wait for a new start is named. A file "
    "that is wrong leaves the configuration of before in force.",
    0,
    0,
    {},
    reloadExamples,
    {},
    reloadConfiguration};
const Verb schemaVerb{
    "schema",
    "",
    "Print the JSON schema of config.yaml.",
    "Editors complete and check keys with it. With a YAML language server, this as the first "
    "line of config.yaml does it:\n\n"
    "# yaml-language-server: $schema=/usr/share/keybearer/config.schema.json",
    0,
    0,
    schemaOptions,
    schemaExamples,
    {},
    printSchema};

constexpr std::array children{&showVerb,  &getVerb,  &setVerb,    &pathVerb,
                              &checkVerb, &editVerb, &reloadVerb, &schemaVerb};

} // namespace

const Verb configVerb{"config",
                      "",
                      "Look at and change the configuration.",
                      "Looks at config.yaml and changes the settings that are one value each. Providers and "
                      "services have commands of their own; all else is for an editor.",
                      0,
                      0,
                      {},
                      {},
                      children,
                      nullptr};

} // namespace keybearer
