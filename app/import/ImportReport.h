#pragma once

#include "app/import/Import.h"
#include "broker/base/Json.h"

#include <string>
#include <vector>

namespace keybearer {

// What `keybearer import --json` prints (docs/import.md). Pure; holds no secret but masked.

[[nodiscard]] Json previewReport(const std::vector<FilePlan>& plans, const std::vector<std::string>& remarks);

struct AppliedPlan {
    const FilePlan* plan = nullptr;
    AppliedFile result;
};
[[nodiscard]] Json applyReport(const std::vector<AppliedPlan>& files, const std::vector<std::string>& next);
[[nodiscard]] Json undoReport(const std::vector<UndoneFile>& files);
[[nodiscard]] Json backupsReport(const BackupStore& store, const std::vector<Backup>& backups);

struct ForgottenBackup {
    std::string id;
    std::optional<Error> error;
};
[[nodiscard]] Json forgottenReport(const std::vector<ForgottenBackup>& backups);

// {"name", "message", "action"}
[[nodiscard]] Json errorReport(const Error& error);

} // namespace keybearer
