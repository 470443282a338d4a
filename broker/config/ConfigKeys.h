#pragma once

#include "broker/config/Config.h"
#include "broker/config/ConfigValue.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

inline constexpr std::int64_t daySeconds = 86'400;

enum class KeyKind {
    Section,      // fixed keys below it; `set`, if there is one, begins it
    Entries,      // one entry a name below it: path.*
    ToolEntries,  // the same, named as tools are: github.createIssue
    Items,        // a list of maps: path[]
    Text,         // printable ASCII
    Label,        // words that a person chose: one line of printable UTF-8
    ProviderName, // or of a service
    Secret,       // the same, sealed at once
    Address,      // of an endpoint
    Issuer,       // RFC 8414 section 2
    Choice,       // one of `choices`
    Choices,      // a list of them
    Scopes,       // a list, RFC 6749 section 3.3
    Names,        // a list of provider names
    Selectors,    // a list: PROVIDER[:ACCOUNT] or apikey:NAME
    Variables,    // environment variables, each with a PROVIDER[:ACCOUNT] or apikey:NAME
    Origins,      // a list: scheme://host[:port] of web pages (RFC 6454)
    Command,      // a list: the absolute path of a program, and arguments
    Flag,         // true or false
    Number,       // whole, from `least` to `most`
    Program,      // path of an executable
    File,         // path of a file or directory; a relative one starts at the directory of the configuration
    Proxy,        // http://[user:password@]host:port, sealed at once
    Hosts,        // a list of names, addresses and networks that are reached without the proxy
    Domain,       // host[:port][/path], what stands behind https:// of a provider of one's own
};

// One key that config.yaml may hold. The table of them is the one place that knows the keys: the reader, the
// environment variables and the test of docs/config.schema.json all go by it.
struct KeyRule {
    std::string_view path; // "providers.*.client_id", "callers[].match.exe"
    KeyKind kind = KeyKind::Section;
    std::string_view example; // what to write, shown when something else stands there
    void (*set)(Config&,
                ConfigValue&) = nullptr; // takes the checked value; for Entries and Items: begins one
    std::vector<std::string> choices{};
    std::vector<std::string> later{}; // words that are right but not available in this version
    std::int64_t least = 0;
    std::int64_t most = 0;
    bool available = true; // false: a known name that this version cannot serve
    // Items and Entries: what the one just read still lacks, as words for people; empty if nothing.
    std::string (*problem)(const Config&) = nullptr;
};

[[nodiscard]] const std::vector<KeyRule>& configKeys();
[[nodiscard]] const KeyRule* findKey(std::string_view path);
// The names directly below a path ("" for the top), for "did you mean".
[[nodiscard]] std::vector<std::string> keysBelow(std::string_view path);

} // namespace keybearer
