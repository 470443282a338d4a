#include "app/import/Import.h"

#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestShown = 300; // of a path in an error
constexpr std::size_t longestName = 256;  // of a server in a manifest
constexpr std::uint32_t ownerOnly = 0600;

bool isAmong(const std::vector<FilePlan>& plans, const ClientFile& file) {
    return std::any_of(plans.begin(), plans.end(),
                       [&file](const FilePlan& plan) { return plan.file.path == file.path; });
}

// Clients that are not imported this time may still need mcp-remote's tokens.
void addOthers(McpRemoteServers& servers, const ImportWish& wish, const std::vector<FilePlan>& plans) {
    ImportRules rules = wish.rules;
    rules.only.clear();
    for (const ImportSource source : allSources()) {
        if (source == ImportSource::McpRemote)
            continue;
        for (const ClientFile& file : clientFiles(source, wish.surroundings)) {
            ImportNames scratch;
            if (!isAmong(plans, file))
                servers.add(planFile(file, rules, scratch), false);
        }
    }
}

Backup backupOf(const FilePlan& plan, const std::vector<KeyToStore>& keys) {
    Backup backup;
    backup.source = wordOf(plan.file.source);
    backup.file = plan.file.id();
    backup.path = plan.file.path;
    backup.target = plan.content.path;
    backup.mode = plan.content.mode;
    backup.owner = plan.content.owner;
    backup.group = plan.content.group;
    backup.digestBefore = plan.createsFile ? std::string() : digestOf(plan.content.text);
    backup.digestAfter = plan.removesFile ? std::string() : digestOf(plan.after);
    for (const ServerPlan& server : plan.servers) {
        if (!server.change)
            continue;
        backup.servers.push_back(displaySafe(server.entry.name, longestName));
    }
    for (const KeyToStore& key : keys)
        backup.keys.push_back({key.name, key.digest});
    return backup;
}

// Each name once; without the values.
std::vector<KeyToStore> keysOf(const FilePlan& plan) {
    std::vector<KeyToStore> out;
    for (const ServerPlan& server : plan.servers) {
        if (!server.change)
            continue;
        for (const KeyToStore& key : server.change->keys) {
            const bool there = std::any_of(
                out.begin(), out.end(), [&key](const KeyToStore& other) { return other.name == key.name; });
            if (!there)
                out.push_back({key.name, {}, key.description, key.digest, key.isNew});
        }
    }
    return out;
}

Result<void> checkPlan(const FilePlan& plan) {
    if (!isValidUtf8(plan.file.path.string()) || !isValidUtf8(plan.content.path.string()))
        return failure(ErrorCode::InvalidParams,
                       "the path " + displaySafe(plan.file.path.string(), longestShown) + " is no UTF-8",
                       "Rename it, or change the file by hand.");
    if (plan.removesFile || plan.isConfig)
        return {};
    if (const Result<JsonText> read = JsonText::read(plan.after); !read)
        return failure(ErrorCode::InternalError, "the changed file would be no JSON: " + read.error().message,
                       "Nothing was changed; please report this.");
    return {};
}

Result<void> putInPlace(const FilePlan& plan) {
    if (plan.removesFile)
        return removeFile(plan.content);
    ClientFileContent target = plan.content;
    if (plan.isConfig)
        target.mode &= ownerOnly; // secrets may stand in it now
    if (!plan.createsFile)
        return exchangeFile(target, plan.after);
    target.text = plan.after;
    return recreateFile(target);
}

ClientFileContent asItWas(const Backup& backup, std::string content) {
    return {backup.target, std::move(content), backup.mode, backup.owner, backup.group, true};
}

tl::unexpected<Error> changedSince(const Backup& backup) {
    Error error(ErrorCode::InvalidRequest,
                displaySafe(backup.target.string(), longestShown) + " was changed after the import",
                "Undo with --force puts the old file back and keeps this one as another backup; or change "
                "the file by "
                "hand.");
    error.details.emplace_back("reason", std::string("changed_since"));
    return failure(std::move(error));
}

// Puts the old content where `now` is, or where nothing is.
Result<void> putBack(const Backup& backup, const std::optional<ClientFileContent>& now, std::string content) {
    const ClientFileContent before = asItWas(backup, std::move(content));
    if (!now)
        return recreateFile(before);
    ClientFileContent target = *now;
    target.mode = before.mode;
    target.owner = before.owner;
    target.group = before.group;
    return exchangeFile(target, before.text);
}

Result<void> undo(UndoneFile& out, BackupStore& backups, bool force, WallTime moment) {
    const Backup& backup = out.backup;
    Result<std::string> content = backups.contentOf(backup);
    if (!content)
        return failure(std::move(content.error()));
    Result<ClientFileContent> read = readClientFile(backup.target);
    if (!read && read.error().code != ErrorCode::NotFound)
        return failure(std::move(read.error()));
    const std::optional<ClientFileContent> now = read ? std::optional(std::move(*read)) : std::nullopt;
    const std::string digest = now ? digestOf(now->text) : std::string();
    if (digest == backup.digestBefore)
        return backups.markUndone(backup);
    if (digest != backup.digestAfter && !force)
        return changedSince(backup);
    if (now && digest != backup.digestAfter) {
        Backup newer = backup;
        newer.keys.clear();
        newer.digestBefore = digest;
        newer.digestAfter = backup.digestBefore;
        newer.undone = true; // it is kept, not offered
        const Result<std::string> kept = backups.keep(newer, now->text, moment);
        if (!kept)
            return failure(kept.error());
        out.kept = *kept;
    }
    // Nothing was there before: what the import made goes again.
    Result<void> put =
        backup.digestBefore.empty() && now ? removeFile(*now) : putBack(backup, now, std::move(*content));
    if (!put)
        return put;
    return backups.markUndone(backup);
}

} // namespace

std::vector<FilePlan> planImport(const ImportWish& wish, ImportNames& names) {
    std::vector<ClientFile> clients;
    std::vector<ClientFile> tokens;
    for (const ImportSource source : wish.sources) {
        for (ClientFile& file : clientFiles(source, wish.surroundings))
            (source == ImportSource::McpRemote ? tokens : clients).push_back(std::move(file));
    }
    for (const std::filesystem::path& path : wish.files) {
        ClientFile file = namedFile(path);
        (file.source == ImportSource::McpRemote ? tokens : clients).push_back(std::move(file));
    }
    std::vector<FilePlan> plans;
    McpRemoteServers servers;
    for (const ClientFile& file : clients) {
        if (isAmong(plans, file))
            continue;
        FilePlan plan = planFile(file, wish.rules, names);
        servers.add(plan, true);
        if (plan.state != FilePlan::State::Missing || wish.listsMissing)
            plans.push_back(std::move(plan));
    }
    if (!tokens.empty())
        addOthers(servers, wish, plans);
    for (const ClientFile& file : tokens) {
        if (!isAmong(plans, file))
            plans.push_back(planTokenFile(file, wish.rules, servers));
    }
    return plans;
}

Result<void> ImportRun::store(FilePlan& plan) {
    for (ServerPlan& server : plan.servers) {
        if (!server.change)
            continue;
        for (const KeyToStore& key : server.change->keys) {
            if (stored_.contains(key.name))
                continue;
            if (Result<void> stored = target_.storeKey(key); !stored)
                return stored;
            stored_.insert(key.name);
            newKeys_.push_back(key.name);
        }
    }
    return {};
}

void ImportRun::takeBack() {
    for (const std::string& name : newKeys_) {
        target_.dropKey(name);
        stored_.erase(name);
    }
}

Result<std::string> ImportRun::carryOut(FilePlan& plan, AppliedFile& out, WallTime now) {
    if (Result<void> checked = checkPlan(plan); !checked)
        return failure(std::move(checked.error()));
    if (Result<void> free = checkNeeds(plan); !free)
        return failure(std::move(free.error()));
    if (plan.isConfig) {
        if (Result<void> good = target_.approve(plan.content.path, plan.after); !good)
            return failure(std::move(good.error()));
    }
    if (Result<void> stored = store(plan); !stored)
        return failure(std::move(stored.error()));
    const std::vector<KeyToStore> keys = keysOf(plan);
    Result<std::string> kept = backups_.keep(backupOf(plan, keys), plan.content.text, now);
    if (!kept)
        return kept;
    Result<void> done = putInPlace(plan);
    if (!done) {
        static_cast<void>(backups_.forget(*kept)); // the file is as it was: nothing would be undone by it
        return failure(std::move(done.error()));
    }
    for (const KeyToStore& key : keys)
        out.keys.push_back(key.name);
    return kept;
}

Result<void> ImportRun::checkNeeds(const FilePlan& plan) const {
    for (const std::string& id : plan.needs) {
        if (const auto found = failed_.find(id); found != failed_.end())
            return failure(found->second,
                           "the tokens stay, for the settings that use them could not be changed",
                           "Put right what is said about that file, then import again.");
    }
    return {};
}

AppliedFile ImportRun::apply(FilePlan& plan, WallTime now) {
    AppliedFile out;
    newKeys_.clear();
    if (plan.changes() == 0) {
        // Nothing to do is no failure; what cannot be read or written is.
        if (plan.problem && plan.state != FilePlan::State::Missing &&
            plan.state != FilePlan::State::ReadOnly) {
            out.outcome = AppliedFile::Outcome::Failed;
            out.error = plan.problem;
        }
        return out;
    }
    Result<std::string> kept = plan.isApplicable()
                                   ? carryOut(plan, out, now)
                                   : Result<std::string>(failure(plan.problem.value_or(Error())));
    for (ServerPlan& server : plan.servers) {
        if (!server.change)
            continue;
        for (KeyToStore& key : server.change->keys)
            wipe(key.value);
        if (!kept)
            continue;
        out.servers.push_back(server.entry.id);
        if (!server.change->signIn.empty())
            out.signIn.push_back(server.change->signIn);
    }
    if (kept) {
        out.outcome = AppliedFile::Outcome::Applied;
        out.backup = *kept;
    } else {
        takeBack();
        out.outcome = AppliedFile::Outcome::Failed;
        out.error = std::move(kept.error());
        failed_[plan.file.id()] = out.error->code;
    }
    return out;
}

UndoneFile undoBackup(const Backup& backup, BackupStore& backups, bool force, WallTime now) {
    UndoneFile out;
    out.backup = backup;
    if (Result<void> done = undo(out, backups, force, now); !done)
        out.error = std::move(done.error());
    return out;
}

} // namespace keybearer
