// Opens what a power cut has left, as a broker would: reads the names of homes from standard input, one a
// line, and says in one line of JSON each what is there: {"opens", "problem", "session", "generation",
// "intent", "integrity", "audit"}.
#include "broker/audit/AuditLog.h"
#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/stores/envelope/StoreKey.h"
#include "broker/stores/file/SealedFile.h"
#include "broker/stores/state/StateDatabase.h"

#include <filesystem>
#include <iostream>

namespace {

using namespace keybearer;
namespace fs = std::filesystem;

// SQLite's own opinion of a file.
std::string integrityOf(const fs::path& path) {
    const auto database = Database::open(path, Database::Durability::Full);
    if (!database)
        return database.error().message;
    Result<Statement> check = (*database)->prepare("PRAGMA integrity_check");
    const Result<bool> row = check ? check->step() : Result<bool>(tl::unexpected(check.error()));
    if (!row)
        return row.error().message;
    return *row ? check->text(0) : "nothing said";
}

// The newest generation of the one session, wherever it lies: in the store, or in the journal.
Result<void> readGenerations(StateDatabase& state, SealedFile& store, Json& out) {
    const Result<SealedItem> key = store.read("journal-key");
    if (!key && key.error().code == ErrorCode::NotFound)
        return {}; // it was not made yet
    if (!key)
        return tl::unexpected(key.error());
    if (auto opened = state.open(key->value); !opened)
        return opened;
    const Result<std::vector<CredentialRecord>> records = state.loadRecords();
    if (!records)
        return tl::unexpected(records.error());
    const auto pending = state.pending();
    if (!pending)
        return tl::unexpected(pending.error());
    for (const CredentialRecord& record : *records) {
        std::uint64_t generation = 0;
        if (const Result<SealedItem> item = store.read(record.id)) {
            const Result<CredentialSecrets> secrets = unpackSecrets(item->value);
            if (!secrets)
                return tl::unexpected(secrets.error());
            generation = secrets->generation;
        } else if (item.error().code != ErrorCode::NotFound)
            return tl::unexpected(item.error());
        const auto found = pending->find(record.id);
        if (found != pending->end() && found->second.damaged)
            return failure(ErrorCode::ParseError, "a commit in the journal is damaged");
        if (found != pending->end() && found->second.commit)
            generation = std::max(generation, found->second.commit->generation);
        if (found != pending->end() && found->second.intent)
            out["intent"] = found->second.intent->generation;
        out["session"] = record.id;
        out["generation"] = generation;
    }
    return {};
}

Result<void> look(const fs::path& home, Json& out) {
    const fs::path folder = home / "state";
    Result<std::unique_ptr<StateDatabase>> state = StateDatabase::open(folder / "state.sqlite");
    if (!state)
        return tl::unexpected(state.error());
    const Result<Secret> kek = readStoreKey({StoreKeyKind::KeyFile, home / "store.key", {}});
    if (!kek)
        return tl::unexpected(kek.error());
    const SystemClock clock;
    Result<std::unique_ptr<SealedFile>> store = SealedFile::open(folder / "store.sqlite", **state, clock);
    if (store) {
        if (auto unlocked = (*store)->unlock(*kek); !unlocked)
            return unlocked;
        if (auto read = readGenerations(**state, **store, out); !read)
            return read;
    } else if (store.error().code != ErrorCode::NotFound)
        return tl::unexpected(store.error());
    const Result<std::unique_ptr<AuditLog>> log = openAuditLog(folder, clock);
    if (!log)
        return tl::unexpected(log.error());
    const Result<AuditLog::Verdict> verdict = (*log)->verify();
    if (!verdict)
        return tl::unexpected(verdict.error());
    out["audit"] = verdict->intact;
    out["rows"] = verdict->rows;
    for (const auto& finding : verdict->findings)
        out["findings"].push_back(finding.what);
    return {};
}

} // namespace

int main() {
    initialiseSecrets();
    for (std::string home; std::getline(std::cin, home);) {
        Json out = Json::object();
        const Result<void> looked = look(home, out);
        out["opens"] = looked.has_value();
        if (!looked)
            out["problem"] = looked.error().message;
        for (const char* name : {"state.sqlite", "store.sqlite", "audit.sqlite"}) {
            const fs::path path = fs::path(home) / "state" / name;
            std::error_code none;
            if (fs::exists(path, none) && fs::file_size(path, none) > 0) {
                if (const std::string said = integrityOf(path); said != "ok")
                    out["integrity"] = std::string(name) + ": " + said;
            }
        }
        std::cout << out.dump() << std::endl;
    }
    return 0;
}
