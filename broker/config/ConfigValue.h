#pragma once

#include "broker/base/Secret.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One checked value on its way into Config; which member counts depends on the key's kind.
struct ConfigValue {
    std::string text;
    std::int64_t number = 0;
    std::vector<std::string> words;
    std::shared_ptr<const SealedSecret> secret;
    std::string where; // "config.yaml:12" or an environment variable
    std::string key;   // "auth.tools.read_file", of what begins a section, an entry or an item
};

// What is wrong with an address of an authorization server and what to write instead; empty if nothing is.
// Only https, or http on this machine; no user name, password or fragment, and no query in an issuer (RFC
// 8414 section 2). `mayQuote`: false where the text came out of a variable, and could be a secret.
[[nodiscard]] std::string addressProblem(const std::string& text, bool isIssuer, bool mayQuote = true);

// The same for a proxy: http, an optional user name and password, a host and a port, and nothing behind it.
// Never quotes the text, which may hold a password.
[[nodiscard]] std::string proxyProblem(const std::string& text);

// host[:port][/path] without scheme, user name, query or fragment.
[[nodiscard]] bool isDomain(const std::string& text);

// One entry of a list of exceptions from the proxy: *, a host name or its end (.example.com), an address, a
// network (10.0.0.0/8), each but the network with an optional port.
[[nodiscard]] bool isProxyException(std::string_view text);

// RFC 6749 section 3.3: one scope, without spaces, quotes and backslashes.
[[nodiscard]] bool isScope(std::string_view text);

// What a provider may be called: lower-case letters, digits, dot, dash and underscore.
[[nodiscard]] bool isProviderName(std::string_view text);

// What a tool of an MCP server may be called: 1 to 128 visible ASCII characters but quotes and backslashes.
[[nodiscard]] bool isToolName(std::string_view text);

// One line of printable UTF-8, at most 256 bytes: a name that a person chose.
[[nodiscard]] bool isLabel(std::string_view text);

// What an environment variable may be called that a program is started with: letters, digits and underscores,
// and none of ours.
[[nodiscard]] bool isVariableName(std::string_view text);

// RFC 6454 section 6.2: scheme://host[:port] in lower case, without a path; never "null" and no pattern.
[[nodiscard]] bool isOrigin(std::string_view text);

// PROVIDER, PROVIDER:ACCOUNT or apikey:NAME, as a person names what a program may have.
[[nodiscard]] bool isSelector(std::string_view text);

} // namespace keybearer
