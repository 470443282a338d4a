#include "app/cli/ConsentPrompt.h"

#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;
constexpr std::size_t longestCommand = 4096; // more than the broker lets through

std::string line(std::string_view name, const std::string& value) {
    return value.empty() ? std::string()
                         : "  " + std::string(name) +
                               std::string(name.size() < 14 ? 14 - name.size() : 1, ' ') + value + "\n";
}

// May a command be started with what a profile lists? It is shown whole, or nobody could agree to it.
std::string startQuestion(const Json& request) {
    const std::string command = stringAt(objectAt(request, "account"), "label").value_or("");
    std::string out = "\n" + wrapped("A command asks to be started with the " +
                                         textAt(request, "provider_name", "run profile") + ".",
                                     screenWidth, 0);
    out += "  " + displaySafe(command, longestCommand) + "\n";
    out += line("Started by", textAt(objectAt(request, "caller"), "started_by"));
    out += line("It may have", listAt(request, "scopes", "nothing"));
    out += "\n  [1] once   [2] this run   [3] 30 days, until anything of it changes   [d] deny\n";
    return out;
}

} // namespace

std::string consentQuestion(const Json& request) {
    if (stringAt(request, "purpose") == "start")
        return startQuestion(request);
    const Json& caller = objectAt(request, "caller");
    const std::string path = stringAt(caller, "executable").value_or("");
    const std::string script = textAt(caller, "script");
    const std::string provider = textAt(request, "provider_name", textAt(request, "provider", "a provider"));
    std::string who = path.empty() ? "A program" : programName(path);
    if (!script.empty())
        who += " (" + programName(script) + ")";
    std::string out = "\n" + wrapped(who + " asks for your " + provider + " credential.", screenWidth, 0);
    std::string program = path.empty() ? "could not be measured" : displaySafe(path);
    if (const auto pid = integerAt(caller, "pid"))
        program += " (process " + std::to_string(*pid) + ")";
    out += line("Program", program);
    out += line("Script", script);
    out += line("Started by", textAt(caller, "started_by"));
    if (const std::string claimed = textAt(caller, "claimed_name"); !claimed.empty())
        out += line("Calls itself", "\"" + claimed + "\" (nobody has checked that)");
    out += line("Account", innerTextAt(request, "account", "label", "not stated"));
    out += line("Access", listAt(request, "scopes", "what you agreed to when you signed in"));
    if (const std::string reason = textAt(request, "reason"); !reason.empty())
        out += line("It says", "\"" + reason + "\"");
    out += "\n  [1] once   [2] this session   [3] 30 days   [d] deny\n";
    return out;
}

std::optional<std::string> decisionFor(std::string_view line) {
    const std::vector<std::string> words = splitWords(line);
    if (words.empty())
        return "deny";
    if (words.size() > 1)
        return std::nullopt;
    const std::string& word = words.front();
    if (word == "1")
        return "allow-once";
    if (word == "2")
        return "allow-session";
    if (word == "3")
        return "allow";
    if (word == "d" || word == "D" || word == "n" || word == "N" || word == "deny" || word == "no")
        return "deny";
    return std::nullopt;
}

} // namespace keybearer
