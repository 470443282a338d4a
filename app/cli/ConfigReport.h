#pragma once

#include "app/cli/Invocation.h"

// What the broker's own reader makes of the configuration: config show --effective, check, reload, schema.
// The command line reads no YAML by itself: a running broker tells what is in force (config.get), else
// keybearerd reads the file without starting (--check-config --json); both give one document.
namespace keybearer {

// What keybearerd says of the file: {"config", "valid", "preset"?, "warnings"?, "settings"?, "problem"?}.
// NotFound: there is no keybearerd; InternalError: it did not answer.
[[nodiscard]] Result<Json> readConfiguration(const std::filesystem::path& file);
// The reader's complaint as an error of ours: InvalidParams with file, line, key.
[[nodiscard]] Error configComplaint(const Json& problem);

[[nodiscard]] Result<int> showEffective(Invocation& invocation);
[[nodiscard]] Result<int> checkConfiguration(Invocation& invocation);
[[nodiscard]] Result<int> reloadConfiguration(Invocation& invocation);
[[nodiscard]] Result<int> printSchema(Invocation& invocation);

// After a change of the file: has a running broker read it again, and says what that came to.
struct ConfigTaken {
    bool restart = false; // something waits for a new start, or the broker would not have it
    std::string words;    // one sentence for people
};
[[nodiscard]] ConfigTaken takeUpConfig(Invocation& invocation);

} // namespace keybearer
