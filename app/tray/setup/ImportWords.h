#pragma once

#include "app/tray/setup/ImportReport.h"

// How the wizard says what was found. Pure functions.
namespace keybearer {

// What would become of a server, or why it stays as it is.
[[nodiscard]] QString fateWords(const FoundServer& server);
// The secrets in plain text of one server: "GITHUB_TOKEN: ghp_...4f".
[[nodiscard]] QString secretWords(const FoundServer& server);
// Why a file is not like the others; empty: it is.
[[nodiscard]] QString fileWords(const FoundFile& file);
// What became of a file.
[[nodiscard]] QString outcomeWords(const FileOutcome& outcome, bool undone);

} // namespace keybearer
