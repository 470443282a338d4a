#include "app/cli/ConfigChange.h"
#include "app/cli/ConfigReport.h"
#include "app/cli/ImportBroker.h"
#include "app/cli/ImportLines.h"
#include "app/cli/ImportSteps.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <limits>

namespace keybearer {

namespace {

constexpr std::size_t longestShown = 300;

tl::unexpected<Error> misuse(std::string message) {
    return failure(ErrorCode::InvalidParams, std::move(message), "See: keybearer import --help");
}

bool looksLikePath(const std::string& word) {
    std::error_code failed;
    return word.find_first_of("/.\\") != std::string::npos || std::filesystem::exists(word, failed);
}

// The words behind the verb: clients, files, and with --undo and --forget-backups backups.
Result<ImportSelection> selectionFrom(const Arguments& arguments) {
    ImportSelection out;
    std::vector<std::string> words;
    for (const ImportSource source : allSources())
        words.emplace_back(wordOf(source));
    for (const std::string_view operand : arguments.operands()) {
        const std::string word(operand);
        if (const std::optional<ImportSource> source = sourceFrom(word))
            out.sources.push_back(*source);
        else if (BackupStore::isId(word))
            out.backups.push_back(word);
        else if (looksLikePath(word))
            out.files.emplace_back(word);
        else {
            Error error(ErrorCode::InvalidParams,
                        "\"" + displaySafe(word, 64) + "\" is no client and no file",
                        "Name one of: " + join(words, ", ") + ", or a file.");
            if (std::string meant = nearest(word, words); !meant.empty())
                error.details.emplace_back("did_you_mean", std::move(meant));
            return failure(std::move(error));
        }
    }
    return out;
}

Result<void> checkOptions(const Arguments& arguments, const ImportSelection& selection) {
    int modes = 0;
    for (const char* mode : {"--apply", "--undo", "--list-backups", "--forget-backups"})
        modes += arguments.has(mode) ? 1 : 0;
    if (modes > 1)
        return misuse("--apply, --undo, --list-backups and --forget-backups exclude each other");
    const bool overBackups = arguments.has("--undo") || arguments.has("--forget-backups");
    if (!selection.backups.empty() && !overBackups)
        return misuse("a backup goes with --undo or --forget-backups");
    if (arguments.has("--force") && !arguments.has("--undo"))
        return misuse("--force goes with --undo");
    const bool selects = arguments.has("--only") || arguments.has("--use-sessions");
    if (selects && (overBackups || arguments.has("--list-backups")))
        return misuse("--only and --use-sessions go with a preview or --apply");
    return {};
}

Result<int> preview(Invocation& invocation, const ImportSelection& selection) {
    Result<ImportSteps> steps = ImportSteps::plan(invocation, selection);
    if (!steps)
        return failure(steps.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(previewReport(steps->plans(), steps->remarks()));
        return 0;
    }
    output.answer(previewLines(output, steps->plans()));
    if (steps->plans().empty())
        output.say("No settings of an MCP client were found here.");
    for (const std::string& remark : steps->remarks())
        output.say(remark);
    const std::size_t changes = steps->changes();
    if (changes == 0)
        output.say("There is nothing to change.");
    else
        output.say("\nNothing was changed. To change " +
                   counted(static_cast<std::int64_t>(changes), "server", "servers") +
                   ", add --apply; the files as they are now are kept.");
    return 0;
}

Result<int> apply(Invocation& invocation, const ImportSelection& selection) {
    Result<ImportSteps> steps = ImportSteps::plan(invocation, selection);
    if (!steps)
        return failure(steps.error());
    steps->apply();
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(applyReport(steps->applied(), steps->next()));
        return steps->status();
    }
    output.answer(applyLines(output, steps->applied()));
    if (steps->changes() == 0)
        output.say("There was nothing to change.");
    for (const std::string& sentence : steps->next())
        output.say(sentence);
    return steps->status();
}

Result<int> undo(Invocation& invocation, const ImportSelection& selection) {
    BackupStore store = backupsOf(invocation);
    const Result<std::vector<Backup>> wanted = backupsToUndo(store, selection);
    if (!wanted)
        return failure(wanted.error());
    std::vector<UndoneFile> done;
    std::vector<Error> errors;
    for (const Backup& backup : *wanted) {
        done.push_back(undoBackup(backup, store, invocation.arguments().has("--force"), invocation.now()));
        if (done.back().error)
            errors.push_back(*done.back().error);
    }
    const bool config = std::any_of(done.begin(), done.end(), [&](const UndoneFile& one) {
        return !one.error && one.backup.target == configFile(invocation);
    });
    const std::string taken = config ? takeUpConfig(invocation).words : std::string();
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(undoReport(done));
        return statusOf(errors);
    }
    output.answer(undoLines(output, done));
    if (!taken.empty())
        output.say(taken);
    if (done.empty())
        output.say("There is nothing to undo.");
    else if (errors.size() < done.size())
        output.say("API keys that the import stored are still there; see: keybearer apikey list");
    return statusOf(errors);
}

Result<int> listBackups(Invocation& invocation, const ImportSelection& selection) {
    const BackupStore store = backupsOf(invocation);
    const Result<std::vector<Backup>> all = store.backups();
    if (!all)
        return failure(all.error());
    const std::vector<Backup> wanted = selectedBackups(*all, selection);
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(backupsReport(store, wanted));
        return 0;
    }
    if (wanted.empty()) {
        output.say("There are no backups.");
        return 0;
    }
    output.answer(backupLines(wanted));
    output.say("They lie in " + displaySafe(store.directory().string(), longestShown) +
               " and hold the old secrets in plain text.\nErase them when everything works: "
               "keybearer import --forget-backups");
    return 0;
}

Result<int> forget(Invocation& invocation, const ImportSelection& selection) {
    BackupStore store = backupsOf(invocation);
    const Result<std::vector<Backup>> all = store.backups();
    if (!all)
        return failure(all.error());
    if (Result<void> known = checkBackups(*all, selection); !known)
        return failure(known.error());
    std::vector<ForgottenBackup> done;
    std::vector<Error> errors;
    for (const Backup& backup : selectedBackups(*all, selection)) {
        const Result<void> forgotten = store.forget(backup.id);
        done.push_back({backup.id, forgotten ? std::nullopt : std::optional(forgotten.error())});
        if (!forgotten)
            errors.push_back(forgotten.error());
    }
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(forgottenReport(done));
        return statusOf(errors);
    }
    for (const Error& error : errors)
        output.problem(error);
    const std::size_t erased = done.size() - errors.size();
    output.say(counted(static_cast<std::int64_t>(erased), "backup was erased.", "backups were erased."));
    return statusOf(errors);
}

Result<int> run(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    Result<ImportSelection> selection = selectionFrom(arguments);
    if (!selection)
        return failure(selection.error());
    if (Result<void> checked = checkOptions(arguments, *selection); !checked)
        return failure(checked.error());
    for (const std::string& only : arguments.values("--only"))
        selection->only.insert(only);
    selection->useSessions = arguments.has("--use-sessions");
    if (arguments.has("--undo"))
        return undo(invocation, *selection);
    if (arguments.has("--list-backups"))
        return listBackups(invocation, *selection);
    if (arguments.has("--forget-backups"))
        return forget(invocation, *selection);
    return arguments.has("--apply") ? apply(invocation, *selection) : preview(invocation, *selection);
}

constexpr std::array options{
    Option{"--apply", "", "Change the files, after a copy of each was kept.", 0},
    Option{"--undo", "", "Put the files back as they were before the last import.", 0},
    Option{"--only", "SERVER", "This server alone, by its name or id; may be given several times.", 0},
    Option{"--use-sessions", "",
           "Where a variable holds a token of a provider that you are signed in to: hand over a token of "
           "that session instead of the stored secret.",
           0},
    Option{"--force", "", "With --undo: also where the file was changed since; that one is kept too.", 0},
    Option{"--list-backups", "", "List the copies, which hold the old secrets in plain text.", 0},
    Option{"--forget-backups", "", "Erase the copies; after that there is no undoing.", 0},
};
constexpr std::array examples{
    Example{"keybearer import", "What is there, and what would change? Changes nothing."},
    Example{"keybearer import cursor --apply", "Move what Cursor has; the file as it was is kept."},
    Example{"keybearer import .vscode/mcp.json --only github --apply", "One server of one file."},
    Example{"keybearer import gateway.yaml", "What of a gateway's settings would stand in config.yaml."},
    Example{"keybearer import cursor --undo", "Put Cursor's file back, byte for byte."},
    Example{"keybearer import --forget-backups", "Erase the copies with the old secrets."},
};

} // namespace

const Verb importVerb{
    "import",
    "[CLIENT|FILE|BACKUP]...",
    "Move servers and secrets out of the settings of MCP clients.",
    "Reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and mcp-remote, shows their "
    "servers and the secrets that stand there in plain text (masked), and what would change. CLIENT is "
    "claude-desktop, claude-code, vscode, cursor or mcp-remote; without one, all that are found.\n\n"
    "Nothing is changed without --apply. Remote servers are then reached by keybearer mcp, secrets in the "
    "environment of programs become API keys that keybearer run hands over, and tokens of mcp-remote are "
    "taken away. Comments, order and everything else in the files stay. What is not understood is named "
    "and left alone.\n\n"
    "A FILE that ends in .yaml or .yml is read as the settings of an MCP gateway: its oauth_providers and "
    "mcp_services become providers and services of config.yaml. That file stays as it is.\n\n"
    "Each file is kept as it was, in backups/ of the state directory. These copies hold the old secrets: "
    "erase them with --forget-backups when everything works.",
    0,
    std::numeric_limits<std::size_t>::max(),
    options,
    examples,
    {},
    run};

} // namespace keybearer
