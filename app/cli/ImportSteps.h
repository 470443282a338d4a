#pragma once

#include "app/cli/ImportBroker.h"
#include "app/import/ImportReport.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

// What somebody wants of an import.
struct ImportSelection {
    std::vector<ImportSource> sources; // none of the three: everything that is found
    std::vector<std::filesystem::path> files;
    std::vector<std::string> backups;
    std::set<std::string> only; // names or ids of servers
    bool useSessions = false;
    [[nodiscard]] bool isEverything() const { return sources.empty() && files.empty() && backups.empty(); }
};

// One import, step by step, as the import verb and the wizard take them: plan, show, apply. Owned by the
// verb; one thread.
class ImportSteps {
public:
    // Reads only; starts no broker. NotFound for a file or a server that is not there.
    [[nodiscard]] static Result<ImportSteps> plan(Invocation& invocation, const ImportSelection& selection);

    [[nodiscard]] const std::vector<FilePlan>& plans() const { return plans_; }
    [[nodiscard]] std::size_t changes() const;
    [[nodiscard]] std::vector<std::string> remarks() const;

    // Starts the broker if there are secrets to store. Each file answers for itself.
    void apply();
    [[nodiscard]] const std::vector<AppliedPlan>& applied() const { return applied_; }
    [[nodiscard]] std::vector<std::string> next() const; // sentences: what to do now
    [[nodiscard]] int status() const;                    // of the command

private:
    ImportSteps(Invocation& invocation, ImportSelection selection)
        : invocation_(&invocation), selection_(std::move(selection)) {}
    [[nodiscard]] Result<void> make();
    void planWith(const std::optional<BrokerFacts>& facts);
    void planGateways(const ImportRules& rules);
    [[nodiscard]] bool storesKeys() const;

    Invocation* invocation_;
    ImportSelection selection_;
    std::vector<Backup> backups_;
    std::optional<BrokerFacts> facts_;
    std::vector<FilePlan> plans_;
    std::vector<AppliedPlan> applied_;
    ImportRules rules_;
    std::string taken_; // what the broker made of a changed config.yaml
};

[[nodiscard]] BackupStore backupsOf(const Invocation& invocation);
// NotFound for a backup that is not there.
[[nodiscard]] Result<void> checkBackups(const std::vector<Backup>& all, const ImportSelection& selection);
[[nodiscard]] std::vector<Backup> selectedBackups(const std::vector<Backup>& all,
                                                  const ImportSelection& selection);
// The newest of each file that can be undone, or those that were named.
[[nodiscard]] Result<std::vector<Backup>> backupsToUndo(const BackupStore& store,
                                                        const ImportSelection& selection);
// 0 without errors, the status of their code if all have one, else 1.
[[nodiscard]] int statusOf(const std::vector<Error>& errors);

} // namespace keybearer
