#include "app/cli/Output.h"

#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <cerrno>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestMessage = 4096; // a daemon's last words are a few lines

bool wantsColour(int descriptor) {
    const char* off = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return (off == nullptr || *off == '\0') && terminal != nullptr && std::string_view(terminal) != "dumb" &&
           ::isatty(descriptor) == 1;
}

int writeAll(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

void complain(std::string line) {
    line += '\n';
    // If standard error cannot be written there is nobody left to tell.
    [[maybe_unused]] const int ignored = writeAll(STDERR_FILENO, line);
}

// Lines stay lines (a daemon's last words have several); everything else in them is made harmless.
std::string safeLines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (!out.empty())
            out += "\n  ";
        out += displaySafe(text.substr(0, end), longestMessage);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

std::string meantWord(const Error& error) {
    const ErrorDetail* meant = error.detail("did_you_mean");
    if (meant == nullptr)
        return {};
    if (const auto* word = std::get_if<std::string>(meant))
        return *word;
    if (const auto* words = std::get_if<std::vector<std::string>>(meant))
        return join(*words, ", ");
    return {};
}

} // namespace

void Output::answer(std::string_view text) {
    if (const int code = writeAll(STDOUT_FILENO, text); code != 0)
        answerErrno_ = code;
}

void Output::answerJson(const Json& document) {
    std::string line = dumpJson(document);
    line += '\n';
    answer(line);
    wipe(line);
}

void Output::say(std::string_view line) {
    if (!manner_.quiet)
        complain(std::string(line));
}

void Output::ask(std::string_view text) {
    [[maybe_unused]] const int ignored = writeAll(STDERR_FILENO, text);
}

void Output::detail(std::string_view line) {
    if (manner_.verbose && !manner_.quiet)
        complain("keybearer: " + std::string(line));
}

void Output::progress(std::string_view line) {
    if (!manner_.quiet && !manner_.json && standardErrorIsTerminal())
        complain(std::string(line));
}

void Output::problem(const Error& error) {
    if (manner_.json)
        return complain(dumpJson(Json{{"error", toRpcError(error)}}));
    std::string text = "keybearer: " + safeLines(error.message);
    const std::string action = error.action.empty() ? std::string(defaultAction(error.code)) : error.action;
    const std::string meant = meantWord(error);
    if (!meant.empty() && action.find(meant) == std::string::npos) // else the action says so already
        text += "\nDid you mean " + displaySafe(meant) + "?";
    if (!action.empty())
        text += "\n" + safeLines(action);
    complain(std::move(text));
}

std::string Output::toned(std::string_view text, Tone tone) const {
    static const bool coloured = wantsColour(STDOUT_FILENO);
    if (!coloured)
        return std::string(text);
    const char* code = "1";
    switch (tone) {
    case Tone::Good:
        code = "32";
        break;
    case Tone::Warning:
        code = "33";
        break;
    case Tone::Bad:
        code = "31";
        break;
    case Tone::Strong:
        code = "1";
        break;
    }
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

bool Output::standardErrorIsTerminal() {
    return ::isatty(STDERR_FILENO) == 1;
}

bool Output::asksInColour() {
    return wantsColour(STDERR_FILENO);
}

std::size_t Output::askingWidth() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool Output::personIsThere() {
    return ::isatty(STDIN_FILENO) == 1 && standardErrorIsTerminal();
}

} // namespace keybearer
