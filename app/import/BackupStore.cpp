#include "app/import/BackupStore.h"

#include "app/import/JsonText.h"
#include "broker/base/Json.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <map>
#include <system_error>

namespace keybearer {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestManifest = std::size_t{4} << 20; // thousands of servers in one file
constexpr std::size_t mostBackups = 10'000;
constexpr const char* manifestName = "manifest.json";
constexpr const char* contentName = "content";

// b-20261121-200511-, from 2026-11-21T20:05:11Z
std::string stampOf(WallTime now) {
    std::string stamp = toRfc3339(now);
    stamp.erase(
        std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':' || c == 'Z'; }),
        stamp.end());
    std::replace(stamp.begin(), stamp.end(), 'T', '-');
    return "b-" + stamp + "-";
}

// Milliseconds as three hexadecimal digits, so that the names of two in one second tell which was first.
std::string fractionOf(WallTime now) {
    const auto since =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<std::size_t>(since < 0 ? 0 : since);
    return {digits[value / 256], digits[value / 16 % 16], digits[value % 16]};
}

Json manifestOf(const Backup& backup) {
    Json keys = Json::array();
    for (const Backup::Key& key : backup.keys)
        keys.push_back(Json{{"name", key.name}, {"digest", key.digest}});
    return Json{{"version", 1},
                {"made_at", backup.madeAt},
                {"source", backup.source},
                {"file", backup.file},
                {"path", backup.path.string()},
                {"target", backup.target.string()},
                {"mode", backup.mode},
                {"owner", backup.owner},
                {"group", backup.group},
                {"digest_before", backup.digestBefore},
                {"digest_after", backup.digestAfter},
                {"servers", backup.servers},
                {"keys", keys},
                {"undone", backup.undone}};
}

std::uint32_t numberAt(const Json& object, const char* key) {
    const std::int64_t value = integerAt(object, key).value_or(0);
    return value < 0 || value > UINT32_MAX ? 0 : static_cast<std::uint32_t>(value);
}

void take(Backup& out, const Json& manifest) {
    out.madeAt = stringAt(manifest, "made_at").value_or("");
    out.source = stringAt(manifest, "source").value_or("file");
    out.file = stringAt(manifest, "file").value_or("");
    out.path = stringAt(manifest, "path").value_or("");
    out.target = stringAt(manifest, "target").value_or("");
    out.mode = numberAt(manifest, "mode");
    out.owner = numberAt(manifest, "owner");
    out.group = numberAt(manifest, "group");
    out.digestBefore = stringAt(manifest, "digest_before").value_or("");
    out.digestAfter = stringAt(manifest, "digest_after").value_or("");
    out.servers = stringsAt(manifest, "servers");
    out.undone = booleanAt(manifest, "undone").value_or(false);
    const auto keys = manifest.find("keys");
    if (keys == manifest.end() || !keys->is_array())
        return;
    for (const Json& key : *keys)
        out.keys.push_back({stringAt(key, "name").value_or(""), stringAt(key, "digest").value_or("")});
}

// Empty: nothing is there.
std::string digestNow(const fs::path& path) {
    const Result<ClientFileContent> now = readClientFile(path);
    if (now)
        return digestOf(now->text);
    return now.error().code == ErrorCode::NotFound ? std::string() : std::string("unreadable");
}

Backup::State stateOf(const Backup& backup) {
    if (backup.undone)
        return Backup::State::Undone;
    const std::string now = digestNow(backup.target);
    if (now == backup.digestAfter)
        return Backup::State::CanUndo;
    return now == backup.digestBefore ? Backup::State::Undone : Backup::State::ChangedSince;
}

} // namespace

std::string_view wordOf(Backup::State state) {
    switch (state) {
    case Backup::State::CanUndo:
        return "can_undo";
    case Backup::State::ChangedSince:
        return "changed_since";
    case Backup::State::Undone:
        return "undone";
    case Backup::State::Older:
        return "older";
    case Backup::State::Damaged:
        break;
    }
    return "damaged";
}

bool BackupStore::isId(std::string_view word) {
    constexpr std::size_t stamp = 18; // b-20261121-200511-
    return word.size() > stamp && word.size() < 64 && word.starts_with("b-") && word[10] == '-' &&
           word[17] == '-' && std::all_of(word.begin() + 2, word.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<std::string> BackupStore::keep(Backup backup, std::string_view content, WallTime now) {
    if (Result<void> made = makePrivateDirectory(directory_); !made)
        return failure(std::move(made.error()));
    backup.madeAt = toRfc3339(now);
    backup.id = stampOf(now) + fractionOf(now) + hex(sha256(randomToken())).substr(0, 4);
    const fs::path place = directory_ / backup.id;
    Result<void> kept = makePrivateDirectory(place);
    if (kept)
        kept = writePrivateFile(place / contentName, content);
    if (kept) // the manifest comes last: without one there is no backup
        kept = writeManifest(backup);
    if (kept)
        return backup.id;
    std::error_code ignored;
    fs::remove_all(place, ignored);
    return failure(std::move(kept.error()));
}

Result<void> BackupStore::writeManifest(const Backup& backup) const {
    return writePrivateFile(directory_ / backup.id / manifestName, dumpJson(manifestOf(backup)) + "\n");
}

Backup BackupStore::read(const std::string& id) const {
    Backup out;
    out.id = id;
    const Result<std::string> text = readFile(directory_ / id / manifestName, longestManifest);
    if (!text) {
        out.problem = text.error().message;
        return out;
    }
    const Result<Json> manifest = parseJson(*text);
    if (!manifest || !manifest->is_object() || integerAt(*manifest, "version").value_or(0) != 1) {
        out.problem = "its manifest cannot be read";
        return out;
    }
    take(out, *manifest);
    // Without a digest from before there was nothing, and without both nothing is said at all.
    if (!out.target.is_absolute() || (out.digestBefore.empty() && out.digestAfter.empty())) {
        out.problem = "its manifest does not say which file it is of";
        return out;
    }
    out.state = stateOf(out);
    return out;
}

Result<std::vector<Backup>> BackupStore::backups() const {
    std::vector<Backup> out;
    std::error_code failed;
    if (!fs::exists(directory_, failed))
        return out;
    std::vector<std::string> ids;
    for (fs::directory_iterator at(directory_, failed), end; !failed && at != end && ids.size() < mostBackups;
         at.increment(failed)) {
        if (isId(at->path().filename().string()))
            ids.push_back(at->path().filename().string());
    }
    if (failed)
        return failure(ErrorCode::StoreUnavailable,
                       "the backups in " + displaySafe(directory_.string()) + " cannot be read",
                       "Check who may read that directory.");
    std::sort(ids.begin(), ids.end());
    std::map<fs::path, std::size_t> newest; // of those that are not undone
    for (const std::string& id : ids) {
        out.push_back(read(id));
        const Backup& backup = out.back();
        if (backup.state == Backup::State::Damaged || backup.state == Backup::State::Undone)
            continue;
        if (const auto before = newest.find(backup.target); before != newest.end())
            out[before->second].state = Backup::State::Older;
        newest[backup.target] = out.size() - 1;
    }
    return out;
}

Result<std::string> BackupStore::contentOf(const Backup& backup) const {
    Result<std::string> content = readFile(directory_ / backup.id / contentName, JsonText::longestText);
    if (!content)
        return content;
    const std::string digest =
        backup.digestBefore.empty() && content->empty() ? std::string() : digestOf(*content);
    if (digest != backup.digestBefore)
        return failure(ErrorCode::InvalidParams,
                       "the backup " + backup.id + " is damaged: its content is not what was kept",
                       "Look at " + displaySafe((directory_ / backup.id / contentName).string(), 300) +
                           " yourself.");
    return content;
}

Result<void> BackupStore::markUndone(const Backup& backup) {
    Backup marked = backup;
    marked.undone = true;
    return writeManifest(marked);
}

Result<void> BackupStore::forget(const std::string& id) {
    const fs::path place = directory_ / id;
    std::error_code failed;
    if (!isId(id) || !fs::is_directory(fs::symlink_status(place, failed)))
        return failure(ErrorCode::NotFound, "there is no backup " + displaySafe(id, 64),
                       "See: keybearer import --list-backups");
    fs::remove_all(place, failed);
    if (failed)
        return failure(ErrorCode::StoreUnavailable,
                       "the backup " + id + " cannot be erased: " + failed.message(),
                       "Check who may write to " + displaySafe(directory_.string(), 300) + ".");
    return {};
}

} // namespace keybearer
