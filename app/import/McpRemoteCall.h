#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace keybearer {

// A command line that is mcp-remote, taken apart: npx -y mcp-remote@latest https://... --header "A: b",
// also under cmd /c, bunx, pnpm dlx and node .../mcp-remote/dist/proxy.js. Pure.
struct McpRemoteCall {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string resource;             // --resource
    std::vector<std::string> strange; // options that change what the server sees and have no equal here
    std::size_t firstWord = 0;        // of `words`, behind the package's name

    // `words` is the command and its arguments. Nothing if it is something else.
    [[nodiscard]] static std::optional<McpRemoteCall> from(const std::vector<std::string>& words);

    // What it calls its files after: MD5 in hexadecimal, a name and nothing that protects.
    [[nodiscard]] std::string fileHash() const;
};

// MD5 (RFC 1321) in hexadecimal: mcp-remote names its files so, and the command line links no library with
// it.
[[nodiscard]] std::string md5Hex(const std::string& text);

} // namespace keybearer
