#pragma once

#include "app/import/ClientFiles.h"
#include "app/import/FileExchange.h"
#include "app/import/ServerChange.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

struct ServerPlan {
    ServerEntry entry;
    std::optional<ServerChange> change; // one of the two is there
    std::optional<LeftAlone> leftAlone;
};

// What an import would do to one file: everything that is shown and everything that is applied. Holds the
// file's text and so its secrets; nothing of it is shown but through masks. Move-only by its size; one
// thread.
struct FilePlan {
    enum class State { Found, Missing, Unreadable, ReadOnly, UnknownShape };

    ClientFile file;
    State state = State::Found;
    std::optional<Error> problem;
    std::vector<ServerPlan> servers;
    std::string difference; // masked

    ClientFileContent content; // as read
    std::string after;         // what it would become
    bool removesFile = false;
    bool createsFile = false;         // there is none yet
    bool isConfig = false;            // config.yaml, which the broker's reader judges; else a client's JSON
    std::vector<std::string> remarks; // sentences about the file as a whole
    std::set<std::string> needs;      // ids of files that have to be changed before, or this one stays

    [[nodiscard]] std::size_t changes() const;
    [[nodiscard]] bool isApplicable() const { return state == State::Found && changes() > 0; }
};
[[nodiscard]] std::string_view wordOf(FilePlan::State state);

// What holds for all files of one import.
struct ImportRules {
    std::string program;        // keybearer with its whole path
    std::string plainProgram;   // the same for files that others read too: found in PATH
    std::set<std::string> only; // ids or names of servers; empty: all
    bool useSessions = false;
    std::set<std::string> sessions; // providers that somebody is signed in to
};

// Which servers mcp-remote's files belong to: the hash in their name tells.
class McpRemoteServers {
public:
    // `applied`: the plan is carried out in this import; else its servers stay as they are.
    void add(const FilePlan& plan, bool applied);
    // Empty: unknown.
    [[nodiscard]] std::string urlOf(const std::string& hash) const;
    // A client that would still start mcp-remote for it after the import; empty: none.
    [[nodiscard]] std::string userOf(const std::string& hash) const;
    // The files of this import whose servers would no longer use it.
    [[nodiscard]] std::set<std::string> changedFilesOf(const std::string& hash) const;

private:
    std::map<std::string, std::string> urls_;
    std::map<std::string, std::string> users_;
    std::map<std::string, std::set<std::string>> changed_;
};

// Reads the file and decides; never writes. Errors are a state of the plan.
[[nodiscard]] FilePlan planFile(const ClientFile& file, const ImportRules& rules, ImportNames& names);
// The same for a file with tokens of mcp-remote.
[[nodiscard]] FilePlan planTokenFile(const ClientFile& file, const ImportRules& rules,
                                     const McpRemoteServers& servers);

} // namespace keybearer
