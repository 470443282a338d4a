// caller: what the broker sees of whoever runs the command line.
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <array>

namespace keybearer {

namespace {

// What a class means for the person: how long a permission may last.
std::string classWords(const std::string& letter) {
    if (letter == "A")
        return "A: holds a capability or a client's key";
    if (letter == "B")
        return "B: sandboxed or signed application";
    if (letter == "C")
        return "C: program that only the administrator can replace (up to 30 days)";
    if (letter == "D")
        return "D: script (for the session)";
    if (letter == "E")
        return "E: unknown (once)";
    if (letter == "F")
        return "F: from another machine or container (never)";
    return letter;
}

std::string chainWords(const Json& evidence) {
    std::string words;
    for (const Json& step : arrayAt(evidence, "ancestors"))
        words += (words.empty() ? "" : " <- ") + textAt(step, "executable", "?") + " (" +
                 std::to_string(integerAt(step, "pid").value_or(0)) + ")";
    return words;
}

std::string described(Output& output, const std::string& title, const Json& caller) {
    const Json& evidence = objectAt(caller, "evidence");
    Table lines({"  Class", classWords(textAt(caller, "class", "?"))});
    const auto add = [&lines](const char* name, const std::string& text) {
        if (!text.empty())
            lines.add({std::string("  ") + name, text});
    };
    const std::string executable = textAt(caller, "executable");
    add("Program", (executable.empty() ? "cannot be read" : executable) + " (process " +
                       std::to_string(integerAt(caller, "pid").value_or(0)) + ")");
    add("SHA-256", textAt(evidence, "executable_sha256"));
    add("Owner",
        objectAt(caller, "evidence").value("system_owned", false) ? "the system" : "a user can replace it");
    add("Script", textAt(caller, "script"));
    add("SHA-256", textAt(evidence, "script_sha256"));
    add("Directory", textAt(evidence, "working_directory"));
    add("Terminal", textAt(evidence, "terminal"));
    add("Unit", textAt(evidence, "unit"));
    add("Sandbox", textAt(evidence, "sandbox"));
    add("Signed by", textAt(evidence, "signer"));
    add("Started by", chainWords(evidence));
    for (const Json& remark : arrayAt(evidence, "remarks"))
        lines.add({"  But", remark.is_string() ? remark.get<std::string>() : ""});
    return output.toned(title, Output::Tone::Strong) + "\n" + lines.text();
}

Result<int> run(Invocation& invocation) {
    const Result<Json> seen = invocation.ask("caller.show", Json::object());
    if (!seen)
        return tl::unexpected(seen.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*seen);
        return 0;
    }
    const Json& starter = objectAt(*seen, "started_by");
    std::string text = starter.empty() ? "Nothing can be said about the program that started this command.\n"
                                       : described(output, "The program that started this command", starter);
    text += "\n" + described(output, "This command (role " + textAt(*seen, "role", "?") + ")",
                             objectAt(*seen, "caller"));
    output.answer(text);
    return 0;
}

constexpr std::array examples{
    Example{"keybearer caller", "What is seen of the shell that you type in."},
    Example{"keybearer caller --json | jq .started_by.evidence", "The same for a program."},
};

} // namespace

const Verb callerVerb{
    "caller",
    "",
    "Show what the broker sees of whoever runs it.",
    "Prints the evidence that a permission would hang on: of the program that started this command, as if it "
    "asked by itself, and of this command. The class says how long a permission may last; what stands "
    "behind But weakens the evidence.\n\n"
    "All of it is a label and no proof: a program of yours can make itself look like another one.",
    0,
    0,
    {},
    examples,
    {},
    run};

} // namespace keybearer
