#pragma once

#include "app/import/JsonText.h"
#include "app/import/McpRemoteCall.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keybearer {

// One secret of an entry. Its value stays in the document; only `masked` may be shown.
struct EntrySecret {
    std::string where;                      // env.GITHUB_TOKEN, headers.Authorization, args[3], url
    std::string name;                       // GITHUB_TOKEN
    std::string kind;                       // github_token
    std::string masked;                     // ghp_...4f
    std::string key;                        // the API key that it is to become; empty: it stays
    JsonText::Index value = JsonText::none; // the JSON string that holds it
};

// One server as a client's settings file describes it, read and not judged: ServerChange does that. Indices
// are those of the document it was read from.
struct ServerEntry {
    enum class Kind { Remote, McpRemote, Local, Keybearer, TokenFile, Provider, Unknown };
    using Member = std::optional<JsonText::Index>;

    std::string id; // s-93d1e20c7a55: of the file, the place and the name
    std::string name;
    std::string place; // mcpServers
    Kind kind = Kind::Unknown;
    std::string strangeness; // of Kind::Unknown: what is not understood

    JsonText::Index entry = JsonText::none;
    Member command;
    Member args;
    Member env;
    Member url;
    Member type;
    Member headers;
    Member signIn; // auth, oauth, headersHelper: how one signs in there

    std::string address;            // of Remote and McpRemote, unmasked
    std::vector<std::string> words; // command and arguments, unmasked
    std::vector<std::pair<std::string, std::string>> headerValues;
    std::optional<McpRemoteCall> call;
    std::vector<EntrySecret> secrets;

    // `entry` is the value behind the server's name.
    [[nodiscard]] static ServerEntry from(const JsonText& document, JsonText::Index entry, std::string place);

    [[nodiscard]] std::vector<std::string> shownWords() const; // masked
    [[nodiscard]] std::string shownAddress() const;            // masked
};

[[nodiscard]] std::string_view wordOf(ServerEntry::Kind kind); // mcp_remote

} // namespace keybearer
