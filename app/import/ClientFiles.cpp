#include "app/import/ClientFiles.h"

#include "broker/base/Random.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <system_error>

namespace keybearer {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostEntries = 10'000; // of a directory that is looked through
constexpr std::size_t idLength = 12;        // of a digest: enough for the files of one person

struct SourceWords {
    ImportSource source;
    std::string_view word;
    std::string_view title;
};
constexpr std::array sources{
    SourceWords{ImportSource::ClaudeDesktop, "claude-desktop", "Claude Desktop"},
    SourceWords{ImportSource::ClaudeCode, "claude-code", "Claude Code"},
    SourceWords{ImportSource::VsCode, "vscode", "VS Code"},
    SourceWords{ImportSource::Cursor, "cursor", "Cursor"},
    SourceWords{ImportSource::McpRemote, "mcp-remote", "mcp-remote"},
    SourceWords{ImportSource::File, "file", "MCP client"},
};

fs::path fromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
}

fs::path absoluteOr(const fs::path& path, const fs::path& fallback) {
    return path.is_absolute() ? path : fallback;
}

// What lies in a directory, by name; nothing if it cannot be read.
std::vector<fs::path> entriesOf(const fs::path& directory) {
    std::vector<fs::path> out;
    std::error_code failed;
    for (fs::directory_iterator at(directory, failed), end; !failed && at != end && out.size() < mostEntries;
         at.increment(failed))
        out.push_back(at->path());
    std::sort(out.begin(), out.end());
    return out;
}

void addVsCode(std::vector<ClientFile>& out, const ClientSurroundings& in) {
    for (const char* product : {"Code", "Code - Insiders", "VSCodium"}) {
        const fs::path user = in.settings / product / "User";
        std::error_code failed;
        if (std::string_view(product) != "Code" && !fs::exists(user, failed))
            continue; // what nobody has installed is not reported as missing
        out.push_back({ImportSource::VsCode, "user", user / "mcp.json"});
        for (const fs::path& profile : entriesOf(user / "profiles")) {
            if (fs::exists(profile / "mcp.json", failed))
                out.push_back({ImportSource::VsCode, "profile", profile / "mcp.json"});
        }
    }
}

bool holdsTokens(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.ends_with("_tokens.json");
}

// ~/.mcp-auth/mcp-remote-VERSION/HASH_tokens.json
void addMcpRemote(std::vector<ClientFile>& out, const fs::path& root) {
    for (const fs::path& version : entriesOf(root)) {
        std::error_code failed;
        if (holdsTokens(version))
            out.push_back({ImportSource::McpRemote, "user", version});
        else if (fs::is_directory(version, failed)) {
            for (const fs::path& file : entriesOf(version)) {
                if (holdsTokens(file))
                    out.push_back({ImportSource::McpRemote, "user", file});
            }
        }
    }
}

void addProject(std::vector<ClientFile>& out, ImportSource source, const fs::path& path) {
    std::error_code failed;
    for (const ClientFile& other : out) {
        if (other.path == path || fs::equivalent(other.path, path, failed))
            return; // the working directory is the home
    }
    if (fs::exists(fs::symlink_status(path, failed)))
        out.push_back({source, "project", path});
}

} // namespace

std::string_view wordOf(ImportSource source) {
    for (const SourceWords& words : sources) {
        if (words.source == source)
            return words.word;
    }
    return "file";
}

std::string_view titleOf(ImportSource source) {
    for (const SourceWords& words : sources) {
        if (words.source == source)
            return words.title;
    }
    return "MCP client";
}

std::optional<ImportSource> sourceFrom(std::string_view word) {
    for (const SourceWords& words : sources) {
        if (words.word == word && words.source != ImportSource::File)
            return words.source;
    }
    return std::nullopt;
}

std::vector<ImportSource> allSources() {
    // mcp-remote comes last: its tokens go when no client uses them any more.
    return {ImportSource::ClaudeDesktop, ImportSource::ClaudeCode, ImportSource::VsCode, ImportSource::Cursor,
            ImportSource::McpRemote};
}

ClientSurroundings ClientSurroundings::fromEnvironment() {
    ClientSurroundings out;
    std::error_code failed;
#ifdef _WIN32
    out.home = keybearer::fromEnvironment("USERPROFILE");
    out.settings = keybearer::fromEnvironment("APPDATA");
#else
    out.home = keybearer::fromEnvironment("HOME");
#ifdef __APPLE__
    out.settings = out.home / "Library" / "Application Support";
#else
    out.settings = absoluteOr(keybearer::fromEnvironment("XDG_CONFIG_HOME"), out.home / ".config");
#endif
#endif
    out.claudeCode = absoluteOr(keybearer::fromEnvironment("CLAUDE_CONFIG_DIR"), out.home);
    out.mcpRemote = absoluteOr(keybearer::fromEnvironment("MCP_REMOTE_CONFIG_DIR"), out.home / ".mcp-auth");
    out.working = fs::current_path(failed);
    return out;
}

std::string ClientFile::id() const {
    const std::string text = std::string(wordOf(source)).append("\n").append(path.string());
    return "f-" + hex(sha256(text)).substr(0, idLength);
}

std::vector<ClientFile> clientFiles(ImportSource source, const ClientSurroundings& in) {
    std::vector<ClientFile> out;
    switch (source) {
    case ImportSource::ClaudeDesktop:
        out.push_back({source, "user", in.settings / "Claude" / "claude_desktop_config.json"});
        break;
    case ImportSource::ClaudeCode:
        out.push_back({source, "user", in.claudeCode / ".claude.json"});
        addProject(out, source, in.working / ".mcp.json");
        break;
    case ImportSource::VsCode:
        addVsCode(out, in);
        addProject(out, source, in.working / ".vscode" / "mcp.json");
        break;
    case ImportSource::Cursor:
        out.push_back({source, "user", in.home / ".cursor" / "mcp.json"});
        addProject(out, source, in.working / ".cursor" / "mcp.json");
        break;
    case ImportSource::McpRemote:
        addMcpRemote(out, in.mcpRemote);
        break;
    case ImportSource::File:
        break;
    }
    return out;
}

ClientFile namedFile(const std::filesystem::path& path) {
    std::error_code failed;
    ClientFile out{ImportSource::File, "user", fs::absolute(path, failed).lexically_normal()};
    const std::string name = out.path.filename().string();
    const std::string parent = out.path.parent_path().filename().string();
    if (name == "claude_desktop_config.json")
        out.source = ImportSource::ClaudeDesktop;
    else if (name == ".claude.json" || name == ".mcp.json")
        out.source = ImportSource::ClaudeCode;
    else if (name == "mcp.json" && (parent == ".vscode" || parent == "User"))
        out.source = ImportSource::VsCode;
    else if (name == "mcp.json" && parent == ".cursor")
        out.source = ImportSource::Cursor;
    else if (holdsTokens(out.path))
        out.source = ImportSource::McpRemote;
    if (name == ".mcp.json" || parent == ".vscode")
        out.scope = "project";
    return out;
}

} // namespace keybearer
