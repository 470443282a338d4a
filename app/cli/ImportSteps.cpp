#include "app/cli/ImportSteps.h"

#include "app/cli/ConfigChange.h"
#include "app/cli/ConfigReport.h"
#include "app/cli/GatewayImport.h"
#include "app/client/ProgramPath.h"
#include "app/import/GatewaySettings.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace keybearer {

namespace {

constexpr std::size_t longestShown = 300;
constexpr std::size_t mostSentences = 20; // about single servers; more is a list that nobody reads

bool isOf(const Backup& backup, const ImportSelection& selection) {
    if (std::find(selection.backups.begin(), selection.backups.end(), backup.id) != selection.backups.end())
        return true;
    for (const ImportSource source : selection.sources) {
        if (backup.source == wordOf(source))
            return true;
    }
    for (const std::filesystem::path& file : selection.files) {
        std::error_code failed;
        const std::filesystem::path path = std::filesystem::absolute(file, failed).lexically_normal();
        if (backup.path == path || backup.target == path)
            return true;
    }
    return false;
}

// keybearer as a program started from a desktop finds it, and as a file that is shared can name it.
void setPrograms(ImportRules& rules) {
    const std::filesystem::path own = findProgram("keybearer");
    std::error_code failed;
    rules.program = own.empty() ? "keybearer" : own.string();
    const std::filesystem::path known = findInPath("keybearer");
    const bool same = !known.empty() && std::filesystem::equivalent(known, own, failed);
    rules.plainProgram = same ? "keybearer" : rules.program;
}

void addOnce(std::vector<std::string>& sentences, std::string sentence) {
    if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end())
        sentences.push_back(std::move(sentence));
}

} // namespace

Result<ImportSteps> ImportSteps::plan(Invocation& invocation, const ImportSelection& selection) {
    ImportSteps steps(invocation, selection);
    if (Result<void> made = steps.make(); !made)
        return failure(std::move(made.error()));
    return steps;
}

Result<void> ImportSteps::make() {
    for (const std::filesystem::path& file : selection_.files) {
        std::error_code failed;
        if (!std::filesystem::exists(std::filesystem::symlink_status(file, failed)))
            return failure(ErrorCode::NotFound,
                           "there is no file " + displaySafe(file.string(), longestShown),
                           "Name a file that is there, or a client; see: keybearer import --help");
    }
    Result<std::vector<Backup>> backups = backupsOf(*invocation_).backups();
    if (!backups)
        return failure(std::move(backups.error()));
    backups_ = std::move(*backups);
    facts_ = BrokerFacts::ofRunningBroker(*invocation_);
    planWith(facts_);
    for (const std::string& only : selection_.only) {
        const bool there = std::any_of(plans_.begin(), plans_.end(), [&only](const FilePlan& plan) {
            return std::any_of(plan.servers.begin(), plan.servers.end(), [&only](const ServerPlan& server) {
                return server.entry.id == only || server.entry.name == only;
            });
        });
        if (!there)
            return failure(ErrorCode::NotFound, "there is no server " + displaySafe(only, longestShown),
                           "See their names and ids with: keybearer import --json");
    }
    return {};
}

void ImportSteps::planWith(const std::optional<BrokerFacts>& facts) {
    ImportWish wish;
    const bool everything = selection_.isEverything();
    wish.sources = everything ? allSources() : selection_.sources;
    std::copy_if(selection_.files.begin(), selection_.files.end(), std::back_inserter(wish.files),
                 [](const std::filesystem::path& file) { return !isGatewayFile(file); });
    wish.listsMissing = !everything;
    wish.surroundings = ClientSurroundings::fromEnvironment();
    wish.rules.only = selection_.only;
    wish.rules.useSessions = selection_.useSessions;
    setPrograms(wish.rules);
    ImportNames names = facts.value_or(BrokerFacts()).names(backups_);
    if (facts)
        wish.rules.sessions = facts->sessions;
    plans_ = planImport(wish, names);
    rules_ = wish.rules;
    planGateways(rules_);
}

void ImportSteps::planGateways(const ImportRules& rules) {
    for (const std::filesystem::path& file : selection_.files) {
        if (isGatewayFile(file))
            plans_.push_back(planGatewayImport(file, configFile(*invocation_), rules));
    }
}

std::size_t ImportSteps::changes() const {
    std::size_t count = 0;
    for (const FilePlan& plan : plans_)
        count += plan.changes();
    return count;
}

bool ImportSteps::storesKeys() const {
    return std::any_of(plans_.begin(), plans_.end(), [](const FilePlan& plan) {
        return std::any_of(plan.servers.begin(), plan.servers.end(), [](const ServerPlan& server) {
            return server.change && !server.change->keys.empty();
        });
    });
}

std::vector<std::string> ImportSteps::remarks() const {
    std::vector<std::string> out;
    for (const FilePlan& plan : plans_) {
        if (plan.file.scope == "project" && plan.changes() > 0)
            addOnce(out, "A file of a project may be shared with others, who would need Keybearer and the "
                         "same keys: " +
                             displaySafe(plan.file.path.string(), longestShown));
    }
    for (const FilePlan& plan : plans_) {
        for (const std::string& remark : plan.remarks)
            addOnce(out, remark);
    }
    if (selection_.useSessions && !facts_)
        out.emplace_back("The broker is not running, so it is not known who is signed in where.");
    return out;
}

void ImportSteps::apply() {
    if (storesKeys() && !facts_) {
        // The names were chosen without knowing what is stored; with the broker they are chosen again.
        if (Result<BrokerFacts> facts = BrokerFacts::ask(*invocation_)) {
            facts_ = std::move(*facts);
            planWith(facts_);
        }
    }
    ImportBroker broker(*invocation_);
    BackupStore store = backupsOf(*invocation_);
    ImportRun run(broker, store, facts_ ? facts_->keys : std::set<std::string>());
    bool config = false;
    for (FilePlan& plan : plans_) {
        if (plan.isConfig) // another file of this run may have changed config.yaml meanwhile
            plan = planGatewayImport(plan.file.path, configFile(*invocation_), rules_);
        applied_.push_back({&plan, run.apply(plan, invocation_->now())});
        config = config || (plan.isConfig && !applied_.back().result.error && plan.changes() > 0);
    }
    if (config)
        taken_ = takeUpConfig(*invocation_).words;
}

std::vector<std::string> ImportSteps::next() const {
    std::vector<std::string> out;
    bool backups = false;
    std::vector<std::string> signIn;
    for (const AppliedPlan& file : applied_) {
        if (file.result.outcome != AppliedFile::Outcome::Applied)
            continue;
        backups = true;
        if (file.plan->file.source != ImportSource::McpRemote && file.plan->file.source != ImportSource::File)
            addOnce(out, std::string("Restart ")
                             .append(titleOf(file.plan->file.source))
                             .append(", so that it reads its settings again."));
        for (const std::string& address : file.result.signIn)
            addOnce(signIn, "Sign in once: keybearer login " + displaySafe(address, longestShown));
    }
    signIn.resize(std::min(signIn.size(), mostSentences));
    out.insert(out.begin(), signIn.begin(), signIn.end());
    if (!taken_.empty())
        out.insert(out.begin(), taken_);
    if (backups)
        out.emplace_back(
            "The backups hold the old secrets in plain text. When everything works, erase them with: "
            "keybearer import --forget-backups");
    return out;
}

int ImportSteps::status() const {
    std::vector<Error> errors;
    for (const AppliedPlan& file : applied_) {
        if (file.result.error)
            errors.push_back(*file.result.error);
    }
    return statusOf(errors);
}

BackupStore backupsOf(const Invocation& invocation) {
    return BackupStore(invocation.places().state / "backups");
}

Result<void> checkBackups(const std::vector<Backup>& all, const ImportSelection& selection) {
    for (const std::string& id : selection.backups) {
        const bool there =
            std::any_of(all.begin(), all.end(), [&id](const Backup& backup) { return backup.id == id; });
        if (!there)
            return failure(ErrorCode::NotFound, "there is no backup " + displaySafe(id, longestShown),
                           "See: keybearer import --list-backups");
    }
    return {};
}

std::vector<Backup> selectedBackups(const std::vector<Backup>& all, const ImportSelection& selection) {
    std::vector<Backup> out;
    for (const Backup& backup : all) {
        if (selection.isEverything() || isOf(backup, selection))
            out.push_back(backup);
    }
    return out;
}

Result<std::vector<Backup>> backupsToUndo(const BackupStore& store, const ImportSelection& selection) {
    const Result<std::vector<Backup>> all = store.backups();
    if (!all)
        return failure(all.error());
    if (Result<void> known = checkBackups(*all, selection); !known)
        return failure(known.error());
    std::vector<Backup> out;
    for (const Backup& backup : selectedBackups(*all, selection)) {
        const bool named = std::find(selection.backups.begin(), selection.backups.end(), backup.id) !=
                           selection.backups.end();
        const bool newest =
            backup.state == Backup::State::CanUndo || backup.state == Backup::State::ChangedSince;
        if (named || newest)
            out.push_back(backup);
    }
    return out;
}

int statusOf(const std::vector<Error>& errors) {
    if (errors.empty())
        return 0;
    const int status = exitStatus(errors.front().code);
    const bool alike = std::all_of(errors.begin(), errors.end(),
                                   [status](const Error& error) { return exitStatus(error.code) == status; });
    // A file's own trouble is no misuse of the command.
    return alike && status != 2 ? status : 1;
}

} // namespace keybearer
