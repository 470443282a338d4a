#include "app/cli/TerminalLine.h"

#include "broker/base/Ascii.h"

#include <cerrno>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestLine = 1024; // a name, an address, a client id

} // namespace

Result<std::string> askLine(Output& output, std::string_view question) {
    output.ask(question);
    std::string line;
    for (;;) {
        char c = '\0';
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            output.ask("\n");
            return failure(ErrorCode::Cancelled, "given up", "What was done so far stays.");
        }
        if (c == '\n')
            return std::string(trimmed(line));
        if (c != '\r' && line.size() < longestLine)
            line += c;
    }
}

Result<bool> askYesNo(Output& output, std::string_view question, bool usual) {
    const std::string prompt = std::string(question).append(usual ? " [Y/n] " : " [y/N] ");
    for (;;) {
        const Result<std::string> line = askLine(output, prompt);
        if (!line)
            return failure(line.error());
        const std::string word = lowered(*line);
        if (word.empty())
            return usual;
        if (word == "y" || word == "yes")
            return true;
        if (word == "n" || word == "no")
            return false;
    }
}

} // namespace keybearer
