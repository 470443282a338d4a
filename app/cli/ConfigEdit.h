#pragma once

#include "broker/base/Result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Changes the text of config.yaml by whole lines, so that comments, order and everything else stay as the
// person wrote them. Understands only the usual shape - "providers:" alone on its line, entries indented by
// spaces below it - and refuses any other (InvalidRequest), since a guess could break a file that works. Pure
// functions; whether the result is a configuration is for keybearerd --check-config to say.
namespace keybearer {

struct ConfigMember {
    std::string key;
    std::vector<std::string> values; // one: a text; a list otherwise
    bool isList = false;
};
struct ConfigEntry {
    std::string name;
    std::vector<ConfigMember> members;
};

// The entry as it would stand below "providers:", each line after `indent` spaces.
[[nodiscard]] std::string entryLines(const ConfigEntry& entry, std::size_t indent = 2);

// The text with the entry at the end of the providers. InvalidParams: there is one of this name.
[[nodiscard]] Result<std::string> withProvider(std::string_view text, const ConfigEntry& entry);

// The text without the lines of one entry. NotFound: there is none.
[[nodiscard]] Result<std::string> withoutProvider(std::string_view text, std::string_view name);

} // namespace keybearer
