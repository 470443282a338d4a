#include "broker/pins/PinnedTools.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <algorithm>
#include <set>

namespace keybearer {

namespace {

constexpr std::chrono::hours firstUse{1};     // of a service that never shows a whole list
constexpr std::chrono::hours timesAreKept{1}; // last seen is written this seldom, where nothing else changes
constexpr std::size_t leastOfFingerprint = 8;

ToolVersion* versionIn(ToolRecord& tool, const std::string& fingerprint) {
    const auto found =
        std::find_if(tool.versions.begin(), tool.versions.end(),
                     [&](const ToolVersion& version) { return version.fingerprint == fingerprint; });
    return found == tool.versions.end() ? nullptr : &*found;
}

bool isNewTool(const ToolRecord& tool) {
    return std::none_of(tool.versions.begin(), tool.versions.end(),
                        [](const ToolVersion& version) { return version.approvedAt.has_value(); });
}

Error noTool(const std::string& service, const std::string& tool, const std::string& meant) {
    Error error(ErrorCode::NotFound, displaySafe(service, 64) + " has shown no tool " + displaySafe(tool, 64),
                "See which there are with: keybearer tool list");
    if (!meant.empty())
        error.details.emplace_back("did_you_mean", meant);
    return error;
}

} // namespace

std::string_view toolStateWord(const ToolRecord& tool) {
    return tool.isApproved() ? "approved" : isNewTool(tool) ? "new" : "changed";
}

Result<void> PinnedTools::load() {
    Result<PinStore::Loaded> loaded = store_.loadTools();
    if (!loaded)
        return tl::unexpected(loaded.error());
    for (PinnedService& about : loaded->services)
        services_[about.name].about = about;
    for (ToolRecord& tool : loaded->tools) {
        const auto [service, isNew] = services_.try_emplace(tool.service);
        // The row of the service is gone while those of its tools are there: it was known.
        if (isNew)
            service->second.about = {tool.service, {}, true};
        for (const ToolVersion& version : tool.versions)
            service->second.kept += version.keptBytes;
        service->second.tools[tool.name] = std::move(tool);
    }
    for (const std::string& name : loaded->refused) {
        PinnedService& about = services_[name].about;
        about.name = name;
        about.whole = true;
        Q_EMIT refused(name);
    }
    return {};
}

bool PinnedTools::isKnown(const Service& service, WallTime now) const {
    return service.about.whole || now - service.about.firstSeen > firstUse;
}

Result<PinnedTools::Service*> PinnedTools::serviceFor(const std::string& name, WallTime now) {
    const auto found = services_.find(name);
    if (found != services_.end())
        return &found->second;
    if (services_.size() >= mostServices)
        return failure(ErrorCode::RateLimited, "the tools of too many services are known",
                       "Forget some with: keybearer tool forget SERVICE");
    Service& service = services_[name];
    service.about = {name, now, false};
    return &service;
}

Result<PinnedTools::Verdict> PinnedTools::seen(const std::string& name, const std::vector<Seen>& tools,
                                               bool whole) {
    const WallTime now = clock_.wall();
    Verdict verdict;
    if (tools.empty() && serviceNamed(name) == nullptr)
        return verdict;
    const Result<Service*> found = serviceFor(name, now);
    if (!found)
        return tl::unexpected(found.error());
    Service& service = **found;
    const bool known = isKnown(service, now);
    std::set<std::string> listed;
    std::vector<const ToolRecord*> written;
    for (const Seen& seen : tools) {
        ToolRecord* tool = record(service, seen.name);
        if (tool == nullptr)
            return failure(ErrorCode::RateLimited, displaySafe(name, 64) + " lists more tools than are kept",
                           "Forget those that are gone with: keybearer tool forget " + displaySafe(name, 64));
        listed.insert(seen.name);
        if (note(service, *tool, seen.fingerprint, known))
            written.push_back(tool);
        if (!tool->version(seen.fingerprint)->defined)
            verdict.unknown.push_back(seen.name);
    }
    if (whole && !tools.empty()) {
        service.about.whole = true;
        for (auto& [unused, tool] : service.tools) {
            if (tool.goneSince || listed.contains(tool.name))
                continue;
            tool.goneSince = now;
            written.push_back(&tool);
        }
    }
    if (!written.empty()) {
        if (const Result<void> put = store_.putTools(service.about, written); !put)
            return tl::unexpected(put.error());
    }
    for (const auto& [unused, tool] : service.tools) {
        if (!tool.isApproved())
            verdict.hidden.push_back({tool.name, isNewTool(tool)});
    }
    return verdict;
}

// True: what the store has of it is out of date.
bool PinnedTools::note(Service& service, ToolRecord& tool, const std::string& fingerprint, bool known) {
    const WallTime now = clock_.wall();
    const bool isNew = tool.versions.empty();
    bool write = isNew || tool.goneSince.has_value() || tool.current != fingerprint;
    tool.goneSince.reset();
    tool.current = fingerprint;
    if (tool.version(fingerprint) == nullptr) {
        ToolVersion& made = tool.versions.emplace_back();
        made.fingerprint = fingerprint;
        made.firstSeen = now;
        made.firstUse = isNew && !known;
        made.told = made.firstUse;
        if (made.firstUse)
            made.approvedAt = now;
        trim(service, tool);
    }
    ToolVersion& version = *versionIn(tool, fingerprint);
    write = write || now - version.lastSeen > timesAreKept;
    if (write)
        version.lastSeen = now;
    return write;
}

// The record of that name, made if there is none. Null: there is no room.
ToolRecord* PinnedTools::record(Service& service, const std::string& tool) {
    const auto found = service.tools.find(tool);
    if (found != service.tools.end())
        return &found->second;
    if (service.tools.size() >= mostTools && !makeRoom(service))
        return nullptr;
    ToolRecord& made = service.tools[tool];
    made.service = service.about.name;
    made.name = tool;
    return &made;
}

// What has been gone for the longest time is forgotten.
bool PinnedTools::makeRoom(Service& service) {
    auto oldest = service.tools.end();
    for (auto at = service.tools.begin(); at != service.tools.end(); ++at) {
        if (at->second.goneSince &&
            (oldest == service.tools.end() || at->second.goneSince < oldest->second.goneSince))
            oldest = at;
    }
    if (oldest == service.tools.end())
        return false;
    for (const ToolVersion& version : oldest->second.versions)
        service.kept -= std::min(service.kept, version.keptBytes);
    if (const Result<void> removed = store_.removeTool(service.about.name, oldest->first); !removed)
        qCWarning(logDaemon) << "a tool could not be forgotten";
    service.tools.erase(oldest);
    return true;
}

// What nobody approved goes first, then what has not been seen for the longest time; never the current one.
void PinnedTools::trim(Service& service, ToolRecord& tool) {
    while (tool.versions.size() > mostVersions) {
        auto worst = tool.versions.end();
        for (auto at = tool.versions.begin(); at != tool.versions.end(); ++at) {
            if (at->fingerprint == tool.current)
                continue;
            const bool older = worst == tool.versions.end() || at->lastSeen < worst->lastSeen;
            const bool worse =
                worst != tool.versions.end() && worst->approvedAt.has_value() && !at->approvedAt.has_value();
            const bool better =
                worst != tool.versions.end() && !worst->approvedAt.has_value() && at->approvedAt.has_value();
            if (worse || (older && !better))
                worst = at;
        }
        dropDefinition(service, tool, *worst);
        tool.versions.erase(worst);
    }
}

void PinnedTools::dropDefinition(Service& service, const ToolRecord& tool, const ToolVersion& version) {
    if (version.keptBytes == 0)
        return;
    service.kept -= std::min(service.kept, version.keptBytes);
    if (!store_.removeDefinition({tool.service, tool.name, version.fingerprint}))
        qCWarning(logDaemon) << "an old definition of a tool could not be removed";
}

Result<bool> PinnedTools::define(const std::string& name, ToolPins mode, const std::string& toolName,
                                 const std::string& fingerprint, const std::string& definition) {
    const auto found = services_.find(name);
    const auto tool = found == services_.end() ? std::map<std::string, ToolRecord>::iterator()
                                               : found->second.tools.find(toolName);
    ToolVersion* version = found == services_.end() || tool == found->second.tools.end()
                               ? nullptr
                               : versionIn(tool->second, fingerprint);
    if (version == nullptr)
        return failure(ErrorCode::InvalidRequest, "the tool has not been seen");
    if (!definition.empty() && hex(sha256(definition)) != fingerprint)
        return failure(ErrorCode::InvalidRequest, "the definition is not what its fingerprint says");
    Service& service = found->second;
    if (version->defined)
        return !version->approvedAt.has_value();
    const bool fits = !definition.empty() && definition.size() <= longestDefinition &&
                      service.kept + definition.size() <= mostKept;
    if (fits) {
        if (const Result<void> put = store_.putDefinition({name, toolName, fingerprint}, definition); !put)
            return tl::unexpected(put.error());
        version->keptBytes = definition.size();
        service.kept += definition.size();
    }
    version->defined = true;
    const bool tell = !std::exchange(version->told, true);
    const bool approved = version->approvedAt.has_value();
    if (const Result<void> kept = keep(service, tool->second); !kept)
        return tl::unexpected(kept.error());
    if (tell && !approved)
        tellOf(tool->second, *version, mode);
    return !approved;
}

void PinnedTools::tellOf(const ToolRecord& tool, const ToolVersion& version, ToolPins mode) {
    ToolFinding finding{tool.service,           tool.name, version.fingerprint, isNewTool(tool),
                        mode == ToolPins::Hold, {}};
    if (!finding.isNew)
        finding.differences = differences(tool, version.fingerprint);
    Q_EMIT found(finding);
}

Result<void> PinnedTools::keep(Service& service, const ToolRecord& tool) {
    return store_.putTools(service.about, {&tool});
}

const PinnedTools::Service* PinnedTools::serviceNamed(const std::string& name) const {
    const auto found = services_.find(name);
    return found == services_.end() ? nullptr : &found->second;
}

std::vector<const ToolRecord*> PinnedTools::list(const std::string& service) const {
    std::vector<const ToolRecord*> out;
    for (const auto& [name, known] : services_) {
        if (!service.empty() && service != name)
            continue;
        for (const auto& [unused, tool] : known.tools)
            out.push_back(&tool);
    }
    return out;
}

Result<const ToolRecord*> PinnedTools::find(const std::string& service, const std::string& tool) const {
    const Service* known = serviceNamed(service);
    if (known == nullptr)
        return failure(noTool(service, tool, {}));
    const auto found = known->tools.find(tool);
    if (found != known->tools.end())
        return &found->second;
    std::vector<std::string> names;
    for (const auto& [name, unused] : known->tools)
        names.push_back(name);
    return failure(noTool(service, tool, nearest(tool, names)));
}

std::string PinnedTools::definition(const ToolRecord& tool, const std::string& fingerprint) const {
    const ToolVersion* version = tool.version(fingerprint);
    if (version == nullptr || version->keptBytes == 0)
        return {};
    return store_.definition({tool.service, tool.name, fingerprint}).value_or(std::string());
}

std::vector<ToolDifference> PinnedTools::differences(const ToolRecord& tool,
                                                     const std::string& fingerprint) const {
    const ToolVersion* before = nullptr;
    const ToolVersion* now = tool.version(fingerprint);
    if (now == nullptr)
        return {};
    if (!now->approvedAt) {
        before = tool.approvedBefore();
    } else {
        for (const ToolVersion& version : tool.versions) {
            if (version.fingerprint == fingerprint)
                break;
            before = &version;
        }
    }
    const std::string text = definition(tool, fingerprint);
    const std::string old = before == nullptr ? std::string() : definition(tool, before->fingerprint);
    if (text.empty() || (before != nullptr && old.empty()))
        return {}; // one of them was not kept: nothing can be said
    return toolDifferences(old, text);
}

Result<std::string> PinnedTools::versionOf(const ToolRecord& tool, const std::string& begins) const {
    const auto version =
        std::find_if(tool.versions.begin(), tool.versions.end(), [&](const ToolVersion& each) {
            return begins.empty()
                       ? each.fingerprint == tool.current
                       : begins.size() >= leastOfFingerprint && each.fingerprint.starts_with(begins);
        });
    if (version != tool.versions.end())
        return version->fingerprint;
    return failure(ErrorCode::NotFound,
                   displaySafe(tool.name, 64) + " has had no definition with the fingerprint " +
                       displaySafe(begins, 16),
                   "See its versions with: keybearer tool show " + displaySafe(tool.service, 64) + " " +
                       displaySafe(tool.name, 64));
}

Result<const ToolRecord*> PinnedTools::approve(const std::string& name, const std::string& toolName,
                                               const std::string& fingerprint) {
    const Result<const ToolRecord*> known = find(name, toolName);
    if (!known)
        return known;
    Service& service = services_.find(name)->second;
    ToolRecord& tool = service.tools.find(toolName)->second;
    const Result<std::string> wanted = versionOf(tool, fingerprint);
    if (!wanted)
        return tl::unexpected(wanted.error());
    ToolVersion* version = versionIn(tool, *wanted);
    version->approvedAt = clock_.wall();
    version->firstUse = false;
    version->told = true;
    if (const Result<void> kept = keep(service, tool); !kept)
        return tl::unexpected(kept.error());
    Q_EMIT changed(name);
    return &tool;
}

Result<std::size_t> PinnedTools::forget(const std::string& name, const std::string& toolName) {
    const auto service = services_.find(name);
    if (service == services_.end())
        return failure(noTool(name, toolName, {}));
    std::size_t count = service->second.tools.size();
    if (toolName.empty()) {
        if (const Result<void> removed = store_.removeTools(name); !removed)
            return tl::unexpected(removed.error());
        services_.erase(service);
    } else {
        const Result<const ToolRecord*> known = find(name, toolName);
        if (!known)
            return tl::unexpected(known.error());
        if (const Result<void> removed = store_.removeTool(name, toolName); !removed)
            return tl::unexpected(removed.error());
        for (const ToolVersion& version : (*known)->versions)
            service->second.kept -= std::min(service->second.kept, version.keptBytes);
        service->second.tools.erase(toolName);
        count = 1;
    }
    Q_EMIT changed(name);
    return count;
}

PinnedTools::Counts PinnedTools::counts() const {
    Counts counts;
    for (const auto& [unused, service] : services_) {
        for (const auto& [name, tool] : service.tools) {
            ++(tool.isApproved() ? counts.approved : isNewTool(tool) ? counts.added : counts.changed);
            counts.gone += tool.goneSince ? 1U : 0U;
        }
    }
    return counts;
}

} // namespace keybearer
