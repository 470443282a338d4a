#include "app/import/FilePlan.h"

#include "app/import/Difference.h"
#include "app/import/SecretForm.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

using Index = JsonText::Index;
using State = FilePlan::State;

constexpr std::size_t idLength = 12;
constexpr std::size_t longestName = 256; // of a server or a place, in a report
constexpr std::size_t longestPath = 1000;

// Servers of one object of the file, and what it is called.
struct Place {
    Index object = JsonText::none;
    std::string name;
};

// The places of a document, and the first that is no object.
class Places {
public:
    explicit Places(const JsonText& document) : document_(document) {
        const Index root = document.root();
        if (document.kind(root) != JsonText::Kind::Object || document.repeatsKeys(root)) {
            strange_ = root;
            return;
        }
        take(root, "mcpServers", "mcpServers");
        take(root, "servers", "servers");
        if (const auto mcp = document.member(root, "mcp"))
            take(*mcp, "servers", "mcp.servers");
        const auto projects = document.member(root, "projects");
        if (!projects || document.kind(*projects) != JsonText::Kind::Object)
            return;
        for (const Index project : document.children(*projects))
            take(project, "mcpServers", "projects." + document.key(project) + ".mcpServers");
    }

    [[nodiscard]] const std::vector<Place>& found() const { return found_; }
    [[nodiscard]] const std::optional<Index>& strange() const { return strange_; }

private:
    void take(Index object, const char* member, std::string name) {
        const auto servers = document_.member(object, member);
        if (!servers)
            return;
        if (document_.kind(*servers) == JsonText::Kind::Object && !document_.repeatsKeys(*servers))
            found_.push_back({*servers, std::move(name)});
        else if (!strange_)
            strange_ = *servers;
    }

    const JsonText& document_;
    std::vector<Place> found_;
    std::optional<Index> strange_;
};

std::string serverId(const ClientFile& file, const std::string& place, const std::string& name) {
    const std::string text = file.id() + "\n" + place + "\n" + name;
    return "s-" + hex(sha256(text)).substr(0, idLength);
}

bool isWanted(const ImportRules& rules, const ServerEntry& entry) {
    return rules.only.empty() || rules.only.contains(entry.id) || rules.only.contains(entry.name);
}

Error strangeShape(const JsonText& document, Index where) {
    const JsonText::Position position = JsonText::positionOf(document.text(), document.node(where).begin);
    Error error(ErrorCode::InvalidParams,
                "the file has a shape that is not known here (line " + std::to_string(position.line) +
                    ", column " + std::to_string(position.column) + ")",
                "It is left alone; change it by hand if it is a client's file.");
    error.details.emplace_back("line", position.line);
    error.details.emplace_back("column", position.column);
    return error;
}

// Reads the file into the plan; nothing if there is nothing more to do.
std::optional<JsonText> readInto(FilePlan& plan) {
    Result<ClientFileContent> content = readClientFile(plan.file.path);
    if (!content) {
        plan.state = content.error().code == ErrorCode::NotFound ? State::Missing : State::Unreadable;
        plan.problem = std::move(content.error());
        return std::nullopt;
    }
    plan.content = std::move(*content);
    Result<JsonText> document = JsonText::read(plan.content.text);
    if (!document) {
        plan.state = State::Unreadable;
        plan.problem = std::move(document.error());
        return std::nullopt;
    }
    if (!plan.content.isWritable) {
        plan.state = State::ReadOnly;
        plan.problem = Error(ErrorCode::InvalidParams, "the file is read-only",
                             "Make it writable (chmod u+w) if it is to be changed.");
    }
    return std::move(*document);
}

ServerPlan planServer(const JsonText& document, ServerEntry entry, const ChangeRules& rules,
                      ImportNames& names, JsonEdit& edit, bool wanted) {
    ServerPlan out;
    if (wanted) {
        ChangeVerdict verdict = changeServer(document, entry, rules, names, edit);
        out.change = std::move(verdict.change);
        out.leftAlone = std::move(verdict.leftAlone);
    } else {
        out.leftAlone = LeftAlone{"not_selected", "It was not selected."};
    }
    out.entry = std::move(entry);
    return out;
}

void describe(FilePlan& plan, const JsonText& document, std::vector<Replacement> edits) {
    std::vector<const ServerEntry*> entries;
    for (const ServerPlan& server : plan.servers)
        entries.push_back(&server.entry);
    const std::string path = displaySafe(plan.file.path.string(), longestPath);
    plan.difference = unifiedDifference(
        {path, document.text(), std::move(edits), secretMasks(document, entries), plan.removesFile});
}

// HASH of HASH_tokens.json
std::string hashOf(const ClientFile& file) {
    const std::string name = file.path.filename().string();
    return name.substr(0, name.find('_'));
}

} // namespace

std::size_t FilePlan::changes() const {
    return static_cast<std::size_t>(std::count_if(
        servers.begin(), servers.end(), [](const ServerPlan& server) { return server.change.has_value(); }));
}

std::string_view wordOf(FilePlan::State state) {
    switch (state) {
    case State::Found:
        return "found";
    case State::Missing:
        return "missing";
    case State::Unreadable:
        return "unreadable";
    case State::ReadOnly:
        return "read_only";
    case State::UnknownShape:
        break;
    }
    return "unknown_shape";
}

FilePlan planFile(const ClientFile& file, const ImportRules& rules, ImportNames& names) {
    FilePlan plan;
    plan.file = file;
    const std::optional<JsonText> document = readInto(plan);
    if (!document)
        return plan;
    const Places places(*document);
    JsonEdit edit(*document);
    ChangeRules changes;
    changes.program = file.scope == "project" ? rules.plainProgram : rules.program;
    changes.source = file.source;
    changes.useSessions = rules.useSessions;
    changes.sessions = rules.sessions;
    for (const Place& place : places.found()) {
        for (const Index index : document->children(place.object)) {
            ServerEntry entry = ServerEntry::from(*document, index, place.name);
            entry.id = serverId(file, place.name, entry.name);
            const bool wanted = isWanted(rules, entry);
            plan.servers.push_back(planServer(*document, std::move(entry), changes, names, edit, wanted));
        }
    }
    if (places.strange()) {
        plan.problem = strangeShape(*document, *places.strange());
        if (plan.servers.empty())
            plan.state = State::UnknownShape;
    }
    std::vector<Replacement> edits = edit.replacements();
    plan.after = replaced(document->text(), edits);
    describe(plan, *document, std::move(edits));
    return plan;
}

FilePlan planTokenFile(const ClientFile& file, const ImportRules& rules, const McpRemoteServers& servers) {
    FilePlan plan;
    plan.file = file;
    plan.removesFile = true;
    plan.needs = servers.changedFilesOf(hashOf(file));
    const std::optional<JsonText> document = readInto(plan);
    if (!document)
        return plan;
    const std::string hash = hashOf(file);
    ServerEntry entry;
    entry.kind = ServerEntry::Kind::TokenFile;
    entry.address = servers.urlOf(hash);
    entry.name = entry.address.empty() ? hash : entry.shownAddress();
    entry.id = serverId(file, "", hash);
    for (const char* name : {"access_token", "refresh_token", "id_token"}) {
        const auto member = document->member(document->root(), name);
        if (member && document->kind(*member) == JsonText::Kind::String)
            entry.secrets.push_back(
                {name, name, "token_file", maskedSecret(document->string(*member)), "", *member});
    }
    ServerPlan server;
    const std::string user = servers.userOf(hash);
    if (entry.secrets.empty()) {
        plan.state = State::UnknownShape;
        plan.problem = strangeShape(*document, document->root());
        return plan;
    }
    if (!isWanted(rules, entry)) {
        server.leftAlone = LeftAlone{"not_selected", "It was not selected."};
    } else if (!user.empty()) {
        server.leftAlone =
            LeftAlone{"cannot", user + " would still start mcp-remote for this server; import that first."};
    } else {
        server.change.emplace();
        server.change->kind = ServerChange::Kind::RemoveTokens;
        server.change->summary =
            "Move the plaintext tokens of mcp-remote into the backup; sign in to the server once more.";
        server.change->signIn = entry.address;
    }
    const bool changes = server.change.has_value();
    server.entry = std::move(entry);
    plan.servers.push_back(std::move(server));
    if (changes)
        describe(plan, *document, {{0, document->text().size(), ""}});
    return plan;
}

void McpRemoteServers::add(const FilePlan& plan, bool applied) {
    for (const ServerPlan& server : plan.servers) {
        if (!server.entry.call)
            continue;
        const std::string hash = server.entry.call->fileHash();
        urls_[hash] = server.entry.address;
        if (!applied || !server.change || plan.state != FilePlan::State::Found)
            users_[hash] = std::string(titleOf(plan.file.source));
        else
            changed_[hash].insert(plan.file.id());
    }
}

std::string McpRemoteServers::urlOf(const std::string& hash) const {
    const auto found = urls_.find(hash);
    return found == urls_.end() ? std::string() : found->second;
}

std::string McpRemoteServers::userOf(const std::string& hash) const {
    const auto found = users_.find(hash);
    return found == users_.end() ? std::string() : found->second;
}

std::set<std::string> McpRemoteServers::changedFilesOf(const std::string& hash) const {
    const auto found = changed_.find(hash);
    return found == changed_.end() ? std::set<std::string>() : found->second;
}

} // namespace keybearer
