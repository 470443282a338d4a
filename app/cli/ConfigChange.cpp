#include "app/cli/ConfigChange.h"

#include "app/cli/ChildSpeech.h"
#include "app/cli/ConfigReport.h"
#include "app/client/ProgramPath.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestConfig = 1U << 20; // what the broker reads

// The file itself, so that a link into somebody's collection of settings stays a link.
std::filesystem::path fileBehind(const std::filesystem::path& path) {
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::canonical(path, failed);
    return failed ? path : real;
}

// What the reader complained of, without the name of the trial, the line in it and what to do about a file.
std::string complaintOf(const std::string& said, const std::string& trial) {
    std::string_view text(said);
    if (const std::size_t name = text.find(trial); name != std::string_view::npos) {
        text.remove_prefix(name + trial.size());
        const std::size_t place = text.find(": ");
        text.remove_prefix(place == std::string_view::npos ? 0 : place + 2);
    }
    return std::string(text.substr(0, std::min(text.find('\n'), text.find(";  "))));
}

constexpr int mostInASecond = 100;

// config.yaml.20260501T093000Z.bak; a second one of that second ends in Z-2.bak. A copy is never overwritten.
Result<std::filesystem::path> backUp(const std::filesystem::path& file, const std::string& text,
                                     WallTime now) {
    std::string stamp = toRfc3339(now);
    stamp.erase(std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':'; }),
                stamp.end());
    std::filesystem::path copy = file;
    copy += "." + stamp + ".bak";
    std::error_code failed;
    for (int i = 2; i <= mostInASecond && std::filesystem::exists(copy, failed); ++i) {
        copy = file;
        copy += "." + stamp + "-" + std::to_string(i) + ".bak";
    }
    if (std::filesystem::exists(copy, failed))
        return failure(ErrorCode::TimedOut, "config.yaml was changed a hundred times in this second",
                       "Try again in a moment.");
    if (Result<void> written = writePrivateFile(copy, text); !written)
        return failure(written.error());
    return copy;
}

// The copy of what was there before; empty: nothing was.
Result<std::string> exchange(Invocation& invocation, const std::filesystem::path& file,
                             const std::string& before, const std::string& after) {
    if (Result<void> checked = checkConfigText(file, after); !checked)
        return failure(checked.error());
    std::string copy;
    if (!before.empty()) {
        Result<std::filesystem::path> backup = backUp(file, before, invocation.now());
        if (!backup)
            return failure(backup.error());
        copy = backup->string();
    }
    if (Result<void> written = writePrivateFile(file, after); !written)
        return failure(written.error());
    return copy;
}

Result<int> replace(Invocation& invocation, const std::filesystem::path& file, const std::string& before,
                    const std::string& after, const std::string& done) {
    const Result<std::string> exchanged = exchange(invocation, file, before, after);
    if (!exchanged)
        return failure(exchanged.error());
    const std::string& copy = *exchanged;
    Output& output = invocation.output();
    const ConfigTaken taken = takeUpConfig(invocation);
    if (output.json()) {
        output.answerJson(Json{{"config", file.string()}, {"backup", copy}, {"restart", taken.restart}});
        return 0;
    }
    output.say(done + " " + displaySafe(file.string()) + "." +
               (copy.empty() ? "" : "\nThe file as it was: " + displaySafe(copy)) + "\n" + taken.words);
    return 0;
}

// What the person can put there by hand when we do not dare to.
Error withLines(Error error, ConfigSection section, ConfigEntry entry, Output& output) {
    for (ConfigMember& member : entry.members) {
        if (member.isSecret)
            member.values = {"YOUR-SECRET"};
    }
    const std::string lines = std::string(keyOf(section)) + ":\n" + entryLines(entry);
    if (error.code == ErrorCode::InvalidRequest) {
        error.details.emplace_back("lines", lines);
        if (!output.json())
            output.say("Lines to add to config.yaml:\n" + lines);
    }
    return error;
}

} // namespace

std::filesystem::path configFile(const Invocation& invocation) {
    return fileBehind(invocation.places().config);
}

Result<std::string> readConfig(const std::filesystem::path& file) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed))
        return std::string();
    return readFile(file, longestConfig);
}

// Asks the broker's own reader about the new text, before anything is replaced.
Result<void> checkConfigText(const std::filesystem::path& file, const std::string& text) {
    const std::filesystem::path daemon = findProgram("keybearerd");
    if (daemon.empty())
        return failure(ErrorCode::InvalidRequest,
                       "there is no keybearerd to check the new configuration with",
                       "Install keybearerd beside keybearer.");
    const std::filesystem::path trial =
        file.parent_path() / (".trial-" + std::to_string(::getpid()) + "-" + file.filename().string());
    if (Result<void> written = writePrivateFile(trial, text); !written)
        return written;
    const Spoken spoken = hear(daemon, {"--check-config", "--config", trial.string()});
    std::error_code ignored;
    std::filesystem::remove(trial, ignored);
    if (spoken.status == 0)
        return {};
    return failure(ErrorCode::InvalidParams,
                   "the configuration would be wrong: " + complaintOf(spoken.text, trial.filename().string()),
                   "Nothing was changed; correct the options or the file.");
}

Result<void> checkConfig(const std::filesystem::path& file) {
    const std::filesystem::path daemon = findProgram("keybearerd");
    if (daemon.empty())
        return failure(ErrorCode::InvalidRequest, "there is no keybearerd to check the configuration with",
                       "Install keybearerd beside keybearer.");
    const Spoken spoken = hear(daemon, {"--check-config", "--config", file.string()});
    if (spoken.status == 0)
        return {};
    std::string_view words(spoken.text);
    if (words.starts_with("keybearerd: "))
        words.remove_prefix(std::string_view("keybearerd: ").size());
    return failure(ErrorCode::InvalidParams, std::string(words.substr(0, words.find(";  "))),
                   "Correct the file: keybearer config edit");
}

Result<int> addToConfig(Invocation& invocation, ConfigSection section, const ConfigEntry& entry) {
    const std::filesystem::path file = configFile(invocation);
    const Result<std::string> before = readConfig(file);
    if (!before)
        return failure(before.error());
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    const Result<std::string> after = withEntry(section, *before, entry);
    if (!after)
        return failure(withLines(after.error(), section, entry, invocation.output()));
    return replace(invocation, file, *before, *after, entry.name + " was added to");
}

Result<bool> setInConfig(Invocation& invocation, std::string_view section,
                         const std::vector<ConfigSetting>& settings) {
    const std::filesystem::path file = configFile(invocation);
    const Result<std::string> before = readConfig(file);
    if (!before)
        return failure(before.error());
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    Result<std::string> after = *before;
    for (const ConfigSetting& setting : settings) {
        after = withSetting(*after, section, setting.key, setting.value);
        if (!after)
            return failure(after.error());
    }
    if (*after == *before)
        return false;
    if (const Result<std::string> exchanged = exchange(invocation, file, *before, *after); !exchanged)
        return failure(exchanged.error());
    return true;
}

Result<int> removeFromConfig(Invocation& invocation, ConfigSection section, const std::string& name) {
    const std::filesystem::path file = configFile(invocation);
    const Result<std::string> before = readConfig(file);
    if (!before)
        return failure(before.error());
    const Result<std::string> after = withoutEntry(section, *before, name);
    if (!after)
        return failure(after.error());
    return replace(invocation, file, *before, *after, name + " was removed from");
}

} // namespace keybearer
