#include "app/cli/ConsentPrompt.h"

#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;
constexpr std::size_t longestCommand = 4096; // more than the broker lets through
constexpr std::size_t shownHash = 12;        // enough to tell two apart
constexpr std::size_t nameWidth = 14;

std::string line(std::string_view name, const std::string& value) {
    return value.empty()
               ? std::string()
               : "  " + std::string(name) +
                     std::string(name.size() < nameWidth ? nameWidth - name.size() : 1, ' ') + value + "\n";
}

struct Choice {
    std::string_view key;
    std::string_view decision;
    std::string_view words;
};
constexpr std::array choices{Choice{"1", "allow-once", "once"}, Choice{"2", "allow-session", "this session"},
                             Choice{"3", "allow", "30 days"}};

// A broker that says nothing of choices offers none but the shortest.
bool isOffered(const Json& request, std::string_view decision) {
    const std::vector<std::string> offered = stringsAt(request, "choices");
    return offered.empty() ? decision == "allow-once"
                           : std::find(offered.begin(), offered.end(), decision) != offered.end();
}

// One scope a line where the provider says what it means.
std::string scopeLines(const Json& request) {
    const Json& words = objectAt(request, "scope_words");
    std::string out;
    for (const std::string& scope : stringsAt(request, "scopes")) {
        const std::string meaning = textAt(words, scope.c_str());
        out +=
            line(out.empty() ? "Access" : "", displaySafe(scope) + (meaning.empty() ? "" : " - " + meaning));
    }
    return out.empty() ? line("Access", "what you agreed to when you signed in") : out;
}

std::string factWords(const std::string& what) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> facts{{
        {"executable_sha256", "the program is another one"},
        {"script_sha256", "the script is another one"},
        {"owner", "whoever may replace it is another one"},
        {"class", "it is known in another way"},
        {"working_directory", "it runs in another directory"},
        {"signer", "it is signed by another one"},
        {"scopes", "it would have other access"},
    }};
    for (const auto& [fact, words] : facts) {
        if (fact == what)
            return std::string(words);
    }
    return what;
}

std::string valueWords(const std::string& what, const std::string& value) {
    if (value.empty())
        return "nothing";
    return what.ends_with("_sha256") ? value.substr(0, shownHash) : value;
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
    const Json& evidence = objectAt(caller, "evidence");
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
    out += line("Runs in", textAt(evidence, "sandbox"));
    out += line("Known as", classWords(textAt(request, "class", textAt(caller, "class"))));
    for (const std::string& remark : stringsAt(evidence, "remarks"))
        out += line("Beware", displaySafe(remark));
    for (const std::string& change : changeLines(request))
        out += line("Changed", change);
    if (const std::string claimed = textAt(caller, "claimed_name"); !claimed.empty())
        out += line("Calls itself", "\"" + claimed + "\" (nobody has checked that)");
    out += line("Account", innerTextAt(request, "account", "label", "not stated"));
    out += scopeLines(request);
    if (const std::string reason = textAt(request, "reason"); !reason.empty())
        out += line("It says", "\"" + reason + "\"");
    out += "\n  ";
    for (const Choice& choice : choices) {
        if (!isOffered(request, choice.decision))
            continue;
        const bool revoked = choice.decision == "allow" && textAt(request, "longest") == "until revoked";
        out.append("[").append(choice.key).append("] ");
        out.append(revoked ? "until you take it back" : choice.words).append("   ");
    }
    out += "[d] deny\n";
    return out;
}

std::string classWords(std::string_view letter) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> classes{{
        {"A", "started for this by keybearer run"},
        {"B", "a sandboxed application"},
        {"C", "a program that only the administrator can replace"},
        {"D", "a script, by its file and where it runs"},
        {"E", "not for certain: your own programs could replace or imitate it"},
        {"F", "not at all: it runs outside of this system"},
    }};
    for (const auto& [name, words] : classes) {
        if (name == letter)
            return std::string(words);
    }
    return {};
}

std::vector<std::string> changeLines(const Json& request) {
    std::vector<std::string> out;
    for (const Json& change : arrayAt(request, "changed")) {
        const std::string what = textAt(change, "what");
        out.push_back(factWords(what) + ": " + valueWords(what, textAt(change, "before")) + " before, " +
                      valueWords(what, textAt(change, "now")) + " now");
    }
    return out;
}

std::string choiceWords(const Json& request) {
    std::string out;
    for (const Choice& choice : choices) {
        if (isOffered(request, choice.decision))
            out.append(out.empty() ? "" : ", ").append(choice.key);
    }
    return out + " or d";
}

std::optional<std::string> decisionFor(std::string_view line, const Json& request) {
    const std::vector<std::string> words = splitWords(line);
    if (words.empty())
        return "deny";
    if (words.size() > 1)
        return std::nullopt;
    const std::string& word = words.front();
    for (const Choice& choice : choices) {
        if (word == choice.key && isOffered(request, choice.decision))
            return std::string(choice.decision);
    }
    if (word == "d" || word == "D" || word == "n" || word == "N" || word == "deny" || word == "no")
        return "deny";
    return std::nullopt;
}

} // namespace keybearer
