#pragma once

#include "app/cli/ConfigEdit.h"
#include "app/cli/Invocation.h"

// Changes the config.yaml that the broker reads. The broker's own reader judges the new text before anything
// is replaced, and the file as it was is kept beside it. Both answer for the verb.
namespace keybearer {

// InvalidParams: there is one of this name, or the configuration would be wrong. InvalidRequest: the file is
// written in a way that could be misread; the lines for it are printed instead.
[[nodiscard]] Result<int> addToConfig(Invocation& invocation, ConfigSection section,
                                      const ConfigEntry& entry);

// NotFound: there is none of this name.
[[nodiscard]] Result<int> removeFromConfig(Invocation& invocation, ConfigSection section,
                                           const std::string& name);

// The file that is read and changed: what stands behind links.
[[nodiscard]] std::filesystem::path configFile(const Invocation& invocation);
// Its text; empty: there is no file.
[[nodiscard]] Result<std::string> readConfig(const std::filesystem::path& file);
// Asks the broker's own reader about a text that the file could become. InvalidParams with its words.
[[nodiscard]] Result<void> checkConfigText(const std::filesystem::path& file, const std::string& text);
// Asks the broker's own reader about the file as it is. InvalidParams with its words.
[[nodiscard]] Result<void> checkConfig(const std::filesystem::path& file);

struct ConfigSetting {
    std::string key; // "enabled"
    std::string value;
};
// Of a section without entries: writes what is not so already. True if the file was changed. Says nothing.
[[nodiscard]] Result<bool> setInConfig(Invocation& invocation, std::string_view section,
                                       const std::vector<ConfigSetting>& settings);

} // namespace keybearer
