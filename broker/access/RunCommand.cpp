#include "broker/access/RunCommand.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/platform/InterpreterScript.h"

#include <algorithm>
#include <filesystem>

namespace keybearer {

namespace {

constexpr std::size_t longestShown =
    2000; // code points, escapes included: what a person can still read in a window

// As a shell would need it; plain words stay plain.
std::string quoted(const std::string& word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@%+";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos)
        return word;
    std::string out = "'";
    for (const char c : word) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out += '\'';
}

// Length first, so that no two lists of texts give the same bytes.
void append(std::string& out, std::string_view text) {
    out.append(std::to_string(text.size())).append(":").append(text);
}

void append(std::string& out, const std::vector<std::string>& texts) {
    append(out, std::to_string(texts.size()));
    for (const std::string& text : texts)
        append(out, text);
}

// A name in the configuration may be a link that chooses a version, as /usr/bin/python3 is. The link of a
// program that does something else under each of its names (busybox) names nothing.
bool isProgram(const std::string& named, const std::string& executable) {
    if (named == executable)
        return true;
    std::error_code error;
    const std::filesystem::path link(named);
    const std::filesystem::path file = link.is_absolute() ? std::filesystem::canonical(link, error) : link;
    return !error && file == executable && file.filename().string().starts_with(link.filename().string());
}

} // namespace

bool namesCommand(const RunProfile& profile, const RunCommand& command) {
    const std::vector<std::string>& named = profile.command;
    if (named.empty() || !command.environment.empty() || named.size() - 1 > command.arguments.size() ||
        !isProgram(named.front(), command.executable))
        return false;
    if (isInterpreter(command.executable) && named.size() < 2)
        return false;
    return std::equal(named.begin() + 1, named.end(), command.arguments.begin());
}

Result<std::string> shownCommand(const RunCommand& command) {
    std::string line;
    for (const std::string& variable : command.environment)
        line.append(quoted(variable)).append(" ");
    line.append(quoted(command.executable));
    for (const std::string& argument : command.arguments)
        line.append(" ").append(quoted(argument));
    std::string shown = displaySafe(line, line.size());
    if (displaySafe(shown, longestShown) !=
        shown) // counted as shown: an escape is longer than what it is for
        return failure(ErrorCode::PolicyDenied,
                       "the command line is too long to be shown to a person, so nobody can agree to it",
                       "Put it into a script, or name it under command: in the profile.");
    return shown;
}

std::string fingerprintOf(const RunProfile& profile, const RunCommand& command) {
    std::string text;
    append(text, profile.name);
    append(text, command.executable);
    append(text, command.executableHash);
    append(text, command.script);
    append(text, command.scriptHash);
    append(text, command.workingDirectory);
    append(text, command.arguments);
    append(text, command.environment);
    return hex(sha256(text));
}

} // namespace keybearer
