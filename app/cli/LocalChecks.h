#pragma once

#include "app/cli/Findings.h"
#include "broker/protocol/Endpoint.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// What keybearer doctor finds out without a broker. Each check looks and changes nothing.
namespace keybearer {

// Environment variables by name, so that a test can pretend; nothing if unset or empty.
using Environment = std::function<std::optional<std::string>(const char* name)>;
[[nodiscard]] std::optional<std::string> environmentVariable(const char* name);

[[nodiscard]] Finding checkPlaces(const Environment& environment);
// A directory of ours that others may not enter; that there is none yet is fine.
[[nodiscard]] Finding checkPrivateDirectory(std::string name, std::string_view what,
                                            const std::filesystem::path& path);
// Takes from others what checkPrivateDirectory() warns of. Follows no link and touches no directory of
// somebody else: NotFound and InvalidRequest then.
[[nodiscard]] Result<void> closePrivateDirectory(const std::filesystem::path& path);
// Asks keybearerd --check-config; it knows the grammar.
[[nodiscard]] Finding checkConfig(const Places& places, const std::filesystem::path& daemon);
[[nodiscard]] Finding checkSessionBus(const Environment& environment);
// Whether some keychain service is installed that the session bus can start.
[[nodiscard]] Finding checkKeyring(const Environment& environment);
[[nodiscard]] Finding checkBrowser(const Environment& environment);

} // namespace keybearer
