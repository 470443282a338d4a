#include "app/cli/Help.h"

#include "app/cli/Table.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;
constexpr std::size_t indent = 2;
constexpr std::size_t widestTerm = 28; // wider ones get a line of their own

struct Entry {
    std::string term;
    std::string text;
};

std::string entries(const std::vector<Entry>& list) {
    std::size_t column = 0;
    for (const Entry& entry : list) {
        if (entry.term.size() <= widestTerm)
            column = std::max(column, entry.term.size());
    }
    column += indent + 2;
    std::string out;
    for (const Entry& entry : list) {
        std::string text = wrapped(entry.text, screenWidth, column);
        if (entry.term.size() + indent + 2 <= column)
            text.replace(0, indent + entry.term.size(), std::string(indent, ' ') + entry.term);
        else
            out += std::string(indent, ' ') + entry.term + "\n";
        out += text;
    }
    return out;
}

std::string options(std::span<const Option> list) {
    std::vector<Entry> rows;
    for (const Option& option : list) {
        std::string term = option.letter == 0 ? std::string() : std::string("-") + option.letter + ", ";
        term.append(option.name);
        if (!option.value.empty())
            term.append(" ").append(option.value);
        rows.push_back({std::move(term), std::string(option.text)});
    }
    return entries(rows);
}

std::string verbs(std::span<const Verb* const> list, std::string_view prefix) {
    std::vector<Entry> rows;
    for (const Verb* verb : list) {
        std::string term = std::string(prefix) + std::string(verb->name);
        if (!verb->operands.empty())
            term.append(" ").append(verb->operands);
        rows.push_back({std::move(term), std::string(verb->summary)});
    }
    return entries(rows);
}

std::string paragraphs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find("\n\n");
        out += (out.empty() ? "" : "\n") + wrapped(text.substr(0, end), screenWidth, 0);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    }
    return out;
}

std::string examples(std::span<const Example> list) {
    std::string out;
    for (const Example& example : list)
        out += "  " + std::string(example.command) + "\n" + wrapped(example.text, screenWidth, 6);
    return out;
}

} // namespace

std::string overview() {
    return "keybearer gives programs on this machine fresh access tokens, and nothing else.\n"
           "You sign in once; the broker keeps the session and asks you before a program\n"
           "gets anything.\n"
           "\nUsage: keybearer COMMAND [OPTION]...\n"
           "\nTo begin\n"
           "  keybearer provider list       whom you can sign in to\n"
           "  keybearer login github        sign in, in your browser\n"
           "  keybearer login URL           the same for an MCP server, by its address\n"
           "  keybearer token github        print an access token\n"
           "  keybearer status              what there is and what it needs\n"
           "\nCommands\n" +
           [] {
               std::vector<Entry> rows;
               for (const Verb* verb : allVerbs())
                   rows.push_back({std::string(verb->name), std::string(verb->summary)});
               return entries(rows);
           }() +
           "\nOptions of every command\n" + options(globalOptions()) +
           "\nMore about a command: keybearer COMMAND --help\n"
           "Everything in one place: man keybearer\n";
}

std::string helpFor(const std::vector<const Verb*>& path) {
    if (path.empty())
        return overview();
    const Verb& verb = *path.back();
    std::string command = "keybearer";
    for (const Verb* each : path)
        command.append(" ").append(each->name);
    std::string usage = "Usage: " + command;
    if (!verb.children.empty())
        usage += " COMMAND";
    // What follows -- is somebody else's.
    const bool endsOptions = verb.operands.starts_with("--");
    if (!verb.options.empty() && endsOptions)
        usage += " [OPTION]...";
    if (!verb.operands.empty())
        usage.append(" ").append(verb.operands);
    if (!verb.options.empty() && !endsOptions)
        usage += " [OPTION]...";
    std::string out = usage + "\n\n" + paragraphs(verb.about.empty() ? verb.summary : verb.about);
    if (!verb.children.empty())
        out += "\nCommands\n" + verbs(verb.children, "");
    if (!verb.options.empty())
        out += "\nOptions\n" + options(verb.options);
    if (!verb.examples.empty())
        out += "\nExamples\n" + examples(verb.examples);
    return out + "\nOptions of every command: keybearer --help\n";
}

} // namespace keybearer
