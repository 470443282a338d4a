#include "broker/access/RunCommand.h"
#include "broker/base/Text.h"
#include "broker/platform/InterpreterScript.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace {

using namespace keybearer;

// The words between NUL bytes: the program, its arguments; behind an empty word the variables.
RunCommand commandFrom(std::string_view text) {
    RunCommand command;
    std::vector<std::string>* out = &command.arguments;
    for (bool isFirst = true; !text.empty(); isFirst = false) {
        const std::size_t end = text.find('\0');
        std::string word(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (isFirst)
            command.executable = std::move(word);
        else if (word.empty())
            out = &command.environment;
        else
            out->push_back(std::move(word));
    }
    return command;
}

} // namespace

// The command line that a person is shown before a program gets a capability: safe to show, and each command
// has a fingerprint of its own, however its words are moved about.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    RunCommand command = commandFrom({reinterpret_cast<const char*>(data), size});
    const RunProfile profile{"notes", {"github"}, {command.executable, "server.js"}, {}, false};
    const Result<std::string> shown = shownCommand(command);
    if (shown && displaySafe(*shown, shown->size()) != *shown)
        std::abort();
    if (namesCommand(profile, command) &&
        (command.arguments.empty() || command.arguments.front() != "server.js" ||
         !command.environment.empty()))
        std::abort();
    const std::string before = fingerprintOf(profile, command);
    std::vector<std::string> words{command.executable};
    words.insert(words.end(), command.arguments.begin(), command.arguments.end());
    static_cast<void>(loadsOtherCode(words));
    if (command.arguments.size() > 1) {
        RunCommand joined = command;
        joined.arguments[0] += joined.arguments[1];
        joined.arguments.erase(joined.arguments.begin() + 1);
        if (fingerprintOf(profile, joined) == before)
            std::abort();
    }
    std::swap(command.arguments, command.environment);
    if (command.arguments != command.environment && fingerprintOf(profile, command) == before)
        std::abort();
    return 0;
}
