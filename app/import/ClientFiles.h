#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Where the clients of MCP that are known here keep their settings.

enum class ImportSource { ClaudeDesktop, ClaudeCode, VsCode, Cursor, McpRemote, File };

[[nodiscard]] std::string_view wordOf(ImportSource source);  // claude-desktop, as on the command line
[[nodiscard]] std::string_view titleOf(ImportSource source); // Claude Desktop
[[nodiscard]] std::optional<ImportSource> sourceFrom(std::string_view word);
[[nodiscard]] std::vector<ImportSource> allSources(); // without File

// What decides it; read from the environment once, so that a test can pretend another home.
struct ClientSurroundings {
    std::filesystem::path home;
    std::filesystem::path settings;   // ~/.config, ~/Library/Application Support, %APPDATA%
    std::filesystem::path claudeCode; // CLAUDE_CONFIG_DIR, or home
    std::filesystem::path mcpRemote;  // MCP_REMOTE_CONFIG_DIR, or ~/.mcp-auth
    std::filesystem::path working;    // where project files are looked for
    [[nodiscard]] static ClientSurroundings fromEnvironment();
};

struct ClientFile {
    ImportSource source = ImportSource::File;
    std::string_view scope = "user";      // user, project, profile
    std::filesystem::path path;           // absolute
    [[nodiscard]] std::string id() const; // the same from call to call: f-5f0c31b2a9d4
};

// The places of one client, whether anything is there or not; of mcp-remote the files that hold secrets and
// are there. None twice.
[[nodiscard]] std::vector<ClientFile> clientFiles(ImportSource source,
                                                  const ClientSurroundings& surroundings);
// A file that somebody named: whose it is, by its name.
[[nodiscard]] ClientFile namedFile(const std::filesystem::path& path);

} // namespace keybearer
