#pragma once

#include "broker/base/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Changes the text of config.yaml by whole lines, so that comments, order and everything else stay as the
// person wrote them. Understands only the usual shape - the section's key ("providers:") alone on its line,
// entries indented by spaces below it - and refuses any other (InvalidRequest), since a guess could break a
// file that works. Pure functions; whether the result is a configuration is for keybearerd --check-config to
// say.
namespace keybearer {

struct ConfigMember {
    std::string key;
    std::vector<std::string> values; // one: a text; a list otherwise
    bool isList = false;
    bool isNumber = false; // digits, not to be quoted
    bool isMap = false;    // values are KEY=VALUE
    bool isSecret = false; // for the file alone, never for the eye
};
struct ConfigEntry {
    std::string name;
    std::vector<ConfigMember> members;
};

// The sections whose entries have names of the person's own.
enum class ConfigSection { Providers, Services };
[[nodiscard]] std::string_view keyOf(ConfigSection section); // as it stands in the file

// The entry as it would stand below its section, each line after `indent` spaces.
[[nodiscard]] std::string entryLines(const ConfigEntry& entry, std::size_t indent = 2);

// The text with the entry at the end of its section. InvalidParams: there is one of this name.
[[nodiscard]] Result<std::string> withEntry(ConfigSection section, std::string_view text,
                                            const ConfigEntry& entry);

// The text without the lines of one entry. NotFound: there is none.
[[nodiscard]] Result<std::string> withoutEntry(ConfigSection section, std::string_view text,
                                               std::string_view name);

// The text with one setting of a section without entries, as in "gateway:": its line where there is one, else
// a new one. `value` is a number, true or false.
[[nodiscard]] Result<std::string> withSetting(std::string_view text, std::string_view section,
                                              std::string_view key, std::string_view value);

// What the text says for one setting of a section without entries, as it stands there without quotes and
// comment; nothing: it says nothing. InvalidRequest as above.
[[nodiscard]] Result<std::optional<std::string>> settingIn(std::string_view text, std::string_view section,
                                                           std::string_view key);

} // namespace keybearer
