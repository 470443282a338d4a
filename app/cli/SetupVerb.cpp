#include "app/cli/ImportLines.h"
#include "app/cli/ImportSteps.h"
#include "app/cli/TerminalLine.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t longestName = 64;

// The wizard: one object a call of the verb, one thread. What other verbs do, they do here as well.
class Setup {
public:
    explicit Setup(Invocation& invocation) : invocation_(invocation), output_(invocation.output()) {}

    Result<int> run() {
        if (Result<void> greeted = greet(); !greeted)
            return failure(greeted.error());
        if (Result<void> chosen = chooseScenario(); !chosen)
            return failure(chosen.error());
        if (Result<void> imported = import(); !imported)
            return failure(imported.error());
        sayNext();
        return 0;
    }

private:
    Result<void> greet() {
        const Result<Json> store = invocation_.ask("store.status", Json::object());
        if (!store)
            return failure(store.error());
        output_.say("Keybearer keeps your sign-ins and API keys, and hands them to the programs that\n"
                    "you allow. Ctrl-D gives up; what was done so far stays.\n");
        const std::string state = textAt(*store, "state");
        output_.say("They are kept in: " + textAt(*store, "backend", "?"));
        if (state == "locked")
            return failure(ErrorCode::StoreLocked, "the store is locked",
                           "Unlock it with keybearer store unlock, then start keybearer setup again.");
        return {};
    }

    Result<void> chooseScenario() {
        output_.say("\nWhat do you want to use?\n"
                    "  1  one provider\n"
                    "  2  GitHub\n"
                    "  3  Google Workspace\n"
                    "  4  several providers\n"
                    "  5  API keys only\n"
                    "  6  nothing yet; look at the MCP clients here");
        for (;;) {
            const Result<std::string> line = askLine(output_, "1 to 6: ");
            if (!line)
                return failure(line.error());
            if (*line == "1")
                return chooseProviders(false);
            if (*line == "2")
                return signIn("github");
            if (*line == "3")
                return signIn("google");
            if (*line == "4")
                return chooseProviders(true);
            if (*line == "5")
                return addKeys();
            if (*line == "6")
                return {};
        }
    }

    // Asks for names until one was taken, or with `several` until an empty line.
    Result<void> chooseProviders(bool several) {
        const Result<Json> list = invocation_.ask("provider.list", Json::object());
        if (!list)
            return failure(list.error());
        std::vector<std::string> names;
        for (const Json& provider : arrayAt(*list, "providers"))
            names.push_back(textAt(provider, "name"));
        output_.say("\nProviders: " + join(names, ", ") + "\nThe address of an MCP server will do as well.");
        for (;;) {
            const Result<std::string> line =
                askLine(output_, several ? "Which one? Enter goes on: " : "Which one? Enter leaves it out: ");
            if (!line)
                return failure(line.error());
            if (line->empty())
                return {};
            const bool known = std::find(names.begin(), names.end(), *line) != names.end();
            const bool address = line->starts_with("https://") || line->starts_with("http://");
            if (!known && !address) {
                const std::string meant = nearest(*line, names);
                output_.say("There is no provider " + displaySafe(*line, longestName) + "." +
                            (meant.empty() ? "" : " Did you mean " + meant + "?"));
                continue;
            }
            if (Result<void> done = signIn(*line); !done)
                return done;
            if (!several)
                return {};
        }
    }

    // A failed sign-in does not end the wizard: it says what to do, and the next step comes.
    Result<void> signIn(const std::string& target) {
        if (target.find("://") == std::string::npos) {
            const Result<bool> ready = hasClient(target);
            if (!ready)
                return failure(ready.error());
            if (!*ready)
                return {};
        }
        const Result<bool> now = askYesNo(output_, "Sign in to " + displaySafe(target, 200) + " now?", true);
        if (!now)
            return failure(now.error());
        if (*now)
            runOther({"login", target});
        return {};
    }

    // Whether somebody registered a client there; asks for its id if not, and writes it down.
    Result<bool> hasClient(const std::string& provider) {
        const Result<Json> facts = invocation_.ask("provider.show", Json{{"provider", provider}});
        if (!facts)
            return failure(facts.error());
        if (booleanAt(*facts, "configured").value_or(false))
            return true;
        output_.say("\n" + textAt(*facts, "display_name", provider) +
                    " needs a client id: an app of yours, registered there.");
        runOther({"provider", "show", provider});
        const Result<std::string> id = askLine(output_, "Its client id; Enter leaves it for later: ");
        if (!id)
            return failure(id.error());
        if (id->empty()) {
            later_.push_back("Register an app, then: keybearer provider add " + provider + " --client-id ID");
            return false;
        }
        if (!runOther({"provider", "add", provider, "--client-id", *id}))
            return false;
        return restartBroker();
    }

    // It reads its configuration when it starts. False: the person does not want it now.
    Result<bool> restartBroker() {
        const Result<bool> wanted =
            askYesNo(output_, "Start the broker anew now? Programs that use it connect again.", true);
        if (!wanted)
            return failure(wanted.error());
        if (!*wanted) {
            later_.emplace_back(
                "Start the broker anew, so that it reads its configuration: keybearer restart");
            return false;
        }
        invocation_.disconnect();
        return runOther({"restart"});
    }

    Result<void> addKeys() {
        for (;;) {
            const Result<std::string> name =
                askLine(output_, "Name of an API key, as weather; Enter goes on: ");
            if (!name)
                return failure(name.error());
            if (name->empty())
                return {};
            runOther({"apikey", "add", *name});
        }
    }

    // What was found in the settings of MCP clients; asked about file by file.
    Result<void> import() {
        ImportSelection selection;
        const Result<ImportSteps> steps = ImportSteps::plan(invocation_, selection);
        if (!steps)
            return failure(steps.error());
        output_.say("\nMCP clients on this machine:");
        if (steps->plans().empty())
            output_.say("None was found.");
        for (const FilePlan& plan : steps->plans()) {
            output_.ask("\n" + fileLines(output_, plan));
            if (!plan.isApplicable())
                continue;
            const Result<bool> wanted = askAbout(plan);
            if (!wanted)
                return failure(wanted.error());
            for (const ServerPlan& server : plan.servers) {
                if (*wanted && server.change)
                    selection.only.insert(server.entry.id);
            }
        }
        return selection.only.empty() ? Result<void>() : apply(selection);
    }

    Result<bool> askAbout(const FilePlan& plan) {
        for (;;) {
            const Result<std::string> line =
                askLine(output_, "Change this file? y: yes, d: show the difference, Enter: no: ");
            if (!line)
                return failure(line.error());
            if (*line == "y" || *line == "yes")
                return true;
            if (line->empty() || *line == "n" || *line == "no")
                return false;
            if (*line == "d")
                output_.ask(differenceLines(output_, plan));
        }
    }

    Result<void> apply(const ImportSelection& selection) {
        Result<ImportSteps> steps = ImportSteps::plan(invocation_, selection);
        if (!steps)
            return failure(steps.error());
        steps->apply();
        output_.ask("\n" + applyLines(output_, steps->applied()));
        for (std::string& sentence : steps->next())
            later_.push_back(std::move(sentence));
        later_.emplace_back("To have the files as they were: keybearer import --undo");
        return {};
    }

    void sayNext() {
        output_.say("\nThis is what comes next:");
        for (const std::string& sentence : later_)
            output_.say("  " + sentence);
        output_.say("  See what there is with: keybearer status\n"
                    "  Give an MCP client a server with: keybearer mcp URL, as its command\n"
                    "  If something does not work: keybearer doctor");
    }

    // Another verb as if it had been typed. True if it went well; else its problem has been said.
    bool runOther(const std::vector<std::string>& words) {
        std::vector<const char*> raw;
        for (const std::string& word : words)
            raw.push_back(word.c_str());
        const Result<Arguments> arguments = Arguments::parse(raw, allVerbs());
        if (!arguments) {
            output_.problem(arguments.error());
            return false;
        }
        Invocation other(*arguments, output_);
        Result<int> status = 0;
        if (Result<void> prepared = other.prepare(); !prepared)
            status = failure(prepared.error());
        else
            status = arguments->verb()->run(other);
        if (!status)
            output_.problem(status.error());
        return status && *status == 0;
    }

    Invocation& invocation_;
    Output& output_;
    std::vector<std::string> later_; // sentences for the end
};

Result<int> run(Invocation& invocation) {
    if (invocation.output().json() || !Output::personIsThere())
        return failure(ErrorCode::InvalidParams,
                       "keybearer setup asks questions, and there is no terminal to ask at",
                       "Without one, use keybearer login, keybearer apikey add and keybearer import.");
    return Setup(invocation).run();
}

constexpr std::array examples{
    Example{"keybearer setup", "Sign in, and move what MCP clients have in plain text."},
};

} // namespace

const Verb setupVerb{
    "setup",
    "",
    "Ask what you want to use, sign in, and import.",
    "The first steps, one after the other, on a terminal: whom you want to sign in to, with the way to a "
    "client id where one is needed; API keys; then what the settings of the MCP clients here hold in plain "
    "text, file by file, each asked about. It ends with what to do next. Everything can be done by the other "
    "commands as well, and nothing is done without a question.",
    0,
    0,
    {},
    examples,
    {},
    run};

} // namespace keybearer
