#pragma once

#include "app/import/ClientFiles.h"
#include "app/import/ImportNames.h"
#include "app/import/JsonEdit.h"
#include "app/import/ServerEntry.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// A secret that is to become an API key. The owner wipes `value` when it is stored or not wanted.
struct KeyToStore {
    std::string name;
    std::string value;
    std::string description;
    std::string digest; // of value
    bool isNew = true;  // false: an earlier import stored it
};

struct ServerChange {
    enum class Kind { Bridge, Run, RemoveTokens, Provider, Service };
    Kind kind = Kind::Bridge;
    std::string summary; // one sentence
    std::vector<KeyToStore> keys;
    std::string signIn; // what keybearer login takes for it; empty: nobody has to
};
[[nodiscard]] std::string_view wordOf(ServerChange::Kind kind);

struct LeftAlone {
    std::string kind; // done, nothing_to_do, cannot, unknown_shape, not_selected
    std::string reason;
};

// What holds for a whole run.
struct ChangeRules {
    std::string program; // keybearer, as the client is to start it
    ImportSource source = ImportSource::File;
    bool useSessions = false;       // a session's token rather than a stored key, where both would do
    std::set<std::string> sessions; // providers that somebody is signed in to
};

// Decides what becomes of one entry, and writes it into `edit` if something does. Exactly one of the two in
// the answer is there. Marks in `entry` which secret becomes which key.
struct ChangeVerdict {
    std::optional<ServerChange> change;
    std::optional<LeftAlone> leftAlone;
};
[[nodiscard]] ChangeVerdict changeServer(const JsonText& document, ServerEntry& entry,
                                         const ChangeRules& rules, ImportNames& names, JsonEdit& edit);

} // namespace keybearer
