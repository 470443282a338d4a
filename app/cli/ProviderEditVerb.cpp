#include "app/cli/ChildSpeech.h"
#include "app/cli/ConfigEdit.h"
#include "app/cli/Invocation.h"
#include "app/cli/ProviderVerbs.h"
#include "app/client/ProgramPath.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestConfig = 1U << 20; // what the broker reads

constexpr std::array addOptions{
    Option{"--issuer", "URL", "The authorization server; its metadata is discovered.", 0},
    Option{"--authorization-endpoint", "URL", "For a server without metadata.", 0},
    Option{"--token-endpoint", "URL", "For a server without metadata.", 0},
    Option{"--device-authorization-endpoint", "URL", "For the device flow, without metadata.", 0},
    Option{"--revocation-endpoint", "URL", "Where sessions are ended, without metadata.", 0},
    Option{"--userinfo-endpoint", "URL", "Where to ask who signed in, without metadata.", 0},
    Option{"--domain", "HOST", "For a preset that needs it: acme.okta.com.", 0},
    Option{"--client-id", "ID", "The client that you registered there.", 0},
    Option{"--scope", "SCOPE", "What to ask for; may be given several times.", 0},
    Option{"--flow", "FLOW", "browser, device or paste; may be given several times.", 0},
};

std::string keyOf(std::string_view option) {
    std::string key(option.substr(2));
    std::replace(key.begin(), key.end(), '-', '_');
    return key == "scope" || key == "flow" ? key + "s" : key;
}

ConfigEntry entryFrom(const Arguments& arguments) {
    ConfigEntry entry{arguments.operand(0), {}};
    for (const Option& option : addOptions) {
        ConfigMember member{keyOf(option.name), arguments.values(option.name), false};
        member.isList = member.key == "scopes" || member.key == "flows";
        if (member.values.empty())
            continue;
        if (!member.isList)
            member.values = {member.values.back()};
        entry.members.push_back(std::move(member));
    }
    return entry;
}

// The file itself, so that a link into somebody's collection of settings stays a link.
std::filesystem::path fileBehind(const std::filesystem::path& path) {
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::canonical(path, failed);
    return failed ? path : real;
}

Result<std::string> readConfig(const std::filesystem::path& file) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed))
        return std::string();
    return readFile(file, longestConfig);
}

// Asks the broker's own reader about the new text, before anything is replaced.
Result<void> checkText(const std::filesystem::path& file, const std::string& text) {
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
    return failure(ErrorCode::InvalidParams, "the configuration would be wrong: " + spoken.text,
                   "Nothing was changed; correct the options or the file.");
}

// config.yaml.20260501T093000Z.bak
Result<std::filesystem::path> backUp(const std::filesystem::path& file, const std::string& text,
                                     WallTime now) {
    std::string stamp = toRfc3339(now);
    stamp.erase(std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':'; }),
                stamp.end());
    std::filesystem::path copy = file;
    copy += "." + stamp + ".bak";
    if (Result<void> written = writePrivateFile(copy, text); !written)
        return failure(written.error());
    return copy;
}

Result<int> replace(Invocation& invocation, const std::filesystem::path& file, const std::string& before,
                    const std::string& after, const std::string& done) {
    if (Result<void> checked = checkText(file, after); !checked)
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
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(Json{{"config", file.string()}, {"backup", copy}});
        return 0;
    }
    output.say(done + " " + displaySafe(file.string()) + "." +
               (copy.empty() ? "" : "\nThe file as it was: " + displaySafe(copy)) +
               "\nThe broker reads its configuration when it starts: restart it to use this.");
    return 0;
}

// What the person can put there by hand when we do not dare to.
Error withLines(Error error, const ConfigEntry& entry, Output& output) {
    const std::string lines = "providers:\n" + entryLines(entry);
    if (error.code == ErrorCode::InvalidRequest) {
        error.details.emplace_back("lines", lines);
        if (!output.json())
            output.say("Lines to add to config.yaml:\n" + lines);
    }
    return error;
}

Result<int> runAdd(Invocation& invocation) {
    const ConfigEntry entry = entryFrom(invocation.arguments());
    if (entry.members.empty())
        return failure(ErrorCode::InvalidParams,
                       "there is nothing to write about " + displaySafe(entry.name, 64),
                       "Name its --issuer, or for a preset your --client-id.");
    const std::filesystem::path file = fileBehind(invocation.places().config);
    const Result<std::string> before = readConfig(file);
    if (!before)
        return failure(before.error());
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    const Result<std::string> after = withProvider(*before, entry);
    if (!after)
        return failure(withLines(after.error(), entry, invocation.output()));
    return replace(invocation, file, *before, *after, entry.name + " was added to");
}

Result<int> runRemove(Invocation& invocation) {
    const std::string name = invocation.arguments().operand(0);
    const std::filesystem::path file = fileBehind(invocation.places().config);
    const Result<std::string> before = readConfig(file);
    if (!before)
        return failure(before.error());
    const Result<std::string> after = withoutProvider(*before, name);
    if (!after)
        return failure(after.error());
    return replace(invocation, file, *before, *after, name + " was removed from");
}

constexpr std::array addExamples{
    Example{"keybearer provider add github --client-id Iv1.8a61", "A preset, with your client."},
    Example{"keybearer provider add corp --issuer https://sso.example --client-id a",
            "A server of your own."}};
constexpr std::array removeExamples{Example{"keybearer provider remove corp", "Take the entry out again."}};

} // namespace

const Verb providerAddVerb{
    "add",
    "NAME",
    "Write a provider into config.yaml.",
    "Adds an entry to config.yaml and leaves every other line as it is; the file as it was is kept "
    "beside it. If the file is written in a way that could be misread, nothing is changed and the lines "
    "are printed instead. A client secret is never taken on the command line: put it into the file as "
    "client_secret: \"${VARIABLE}\".",
    1,
    1,
    addOptions,
    addExamples,
    {},
    runAdd};

const Verb providerRemoveVerb{
    "remove",
    "NAME",
    "Take a provider out of config.yaml.",
    "Removes the entry from config.yaml and leaves every other line as it is; the file as it was is "
    "kept beside it. Sessions stay; end them with keybearer logout.",
    1,
    1,
    {},
    removeExamples,
    {},
    runRemove};

} // namespace keybearer
