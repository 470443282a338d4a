#include "app/cli/TerminalQuestion.h"

#include "app/cli/ConsentPrompt.h"

#include <array>
#include <cerrno>
#include <termios.h>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds armDelay{
    500};                               // what was typed before the question could be read is no answer
constexpr std::size_t longestLine = 64; // of an answer

} // namespace

void TerminalQuestion::put(const Json& request) {
    id_ = stringAt(request, "consent_id").value_or("");
    request_ = request;
    isArmed_ = false;
    armsAt_ = Steady::now() + armDelay;
    output_.ask(consentQuestion(request, {Output::askingWidth(), Output::asksInColour()}) +
                "Your choice, Enter denies: ");
}

void TerminalQuestion::arm() {
    ::tcflush(STDIN_FILENO, TCIFLUSH);
    isArmed_ = true;
}

std::optional<std::string> TerminalQuestion::read() {
    std::array<char, longestLine> buffer{};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return std::nullopt;
    // The end of input (Ctrl-D, a closed terminal) is no consent.
    std::string line(buffer.data(), got < 0 ? 0 : static_cast<std::size_t>(got));
    line.erase(line.find_last_not_of("\r\n") + 1);
    std::optional<std::string> decision = decisionFor(line, request_);
    if (!decision)
        output_.ask("Type " + choiceWords(request_) + ": ");
    else
        close();
    return decision;
}

} // namespace keybearer
