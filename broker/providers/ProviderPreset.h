#pragma once

#include "broker/base/Result.h"
#include "broker/providers/Provider.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Reads one preset (resources/providers/provider.schema.json). `file` names it in errors; `domain` is what
// {domain} in its addresses stands for, and the preset's own default if empty. Strict: unknown members, wrong
// kinds and addresses that are not https are InvalidParams, and so is a domain for a preset that has no use
// for it.
[[nodiscard]] Result<Provider> parseProviderPreset(std::string_view text, std::string_view file,
                                                   const std::string& domain = {});

// The members that a preset may have, by object ("" for the outermost), for the test against the schema.
[[nodiscard]] const std::map<std::string, std::vector<std::string>>& providerPresetKeys();

} // namespace keybearer
