#pragma once

#include "app/cli/Output.h"
#include "app/import/ImportReport.h"

#include <string>
#include <vector>

namespace keybearer {

// What `keybearer import` says to people. Pure; all that comes from files is made safe to print.
[[nodiscard]] std::string previewLines(const Output& output, const std::vector<FilePlan>& plans);
[[nodiscard]] std::string applyLines(const Output& output, const std::vector<AppliedPlan>& files);
[[nodiscard]] std::string undoLines(const Output& output, const std::vector<UndoneFile>& files);
[[nodiscard]] std::string backupLines(const std::vector<Backup>& backups);
// The head of one file, its servers and what becomes of them, without the difference.
[[nodiscard]] std::string fileLines(const Output& output, const FilePlan& plan);
[[nodiscard]] std::string differenceLines(const Output& output, const FilePlan& plan);

} // namespace keybearer
