#include "broker/accounts/SharedResources.h"

#include "broker/accounts/ResourceText.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::string_view mark = "s_mcp_"; // what is shared begins with "s_"; sessions have shorter ids
constexpr std::size_t idBytes = 15;
constexpr int textVersion = 1;

std::string idOf(const std::string& url) {
    return std::string(mark) + hex(std::string_view(sha256(url)).substr(0, idBytes));
}

// Grows with every discovery, on whichever machine it was made.
std::uint64_t generationOf(const DiscoveredServer& server) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(1, server.discoveredAt.time_since_epoch().count()));
}

std::string pack(const ResourceDirectory::Findings& findings) {
    Json text{{"v", textVersion}, {"url", findings.server.url}, {"server", toJson(findings.server)}};
    if (findings.registration)
        text["registration"] = toJson(*findings.registration);
    return dumpJson(text);
}

Result<ResourceDirectory::Findings> unpack(const SharedStore::Item& item) {
    const Result<Json> text = parseJson(item.tag.record);
    if (!text || !text->is_object() || integerAt(*text, "v") != textVersion || !text->contains("server"))
        return failure(ErrorCode::ParseError, "what another broker found out about a server makes no sense");
    ResourceDirectory::Findings out{serverFrom(stringAt(*text, "url").value_or(""), text->at("server")),
                                    std::nullopt, item.value.clone()};
    if (text->contains("registration"))
        out.registration = registrationFrom(out.server.issuer, text->at("registration"));
    return out;
}

} // namespace

SharedResources::SharedResources(SharedStore& store, ResourceDirectory& directory)
    : store_(store), directory_(directory) {
    connect(&store_, &SharedStore::connected, this, &SharedResources::compare);
    connect(&store_, &SharedStore::itemChanged, this, [this](const std::string& id, std::uint64_t) {
        if (isOne(id))
            fetch(id);
    });
    connect(&directory_, &ResourceDirectory::discoveredAnew, this, &SharedResources::tell);
}

bool SharedResources::isOne(const std::string& id) {
    return id.size() == mark.size() + 2 * idBytes && id.starts_with(mark);
}

void SharedResources::compare() {
    store_.list([this, alive = QPointer<SharedResources>(this)](
                    const Result<std::vector<SharedStore::Listed>>& listed) {
        if (alive)
            onListed(listed);
    });
}

void SharedResources::onListed(const Result<std::vector<SharedStore::Listed>>& listed) {
    if (!listed)
        return; // compared again when the store is back
    std::map<std::string, std::uint64_t> there;
    for (const SharedStore::Listed& item : *listed) {
        if (isOne(item.id) && !item.erased)
            there[item.id] = item.generation;
    }
    for (const std::string& url : directory_.discoveredServers()) {
        const auto found = there.find(idOf(url));
        const std::uint64_t ours = generationOf(*directory_.discovered(url));
        if (found == there.end() || found->second < ours)
            tell(url);
        if (found != there.end() && found->second <= ours)
            there.erase(found);
    }
    for (const auto& [id, generation] : there)
        fetch(id);
}

void SharedResources::tell(const std::string& url) {
    write(url, 0);
}

void SharedResources::write(const std::string& url, std::uint64_t least) {
    std::optional<ResourceDirectory::Findings> findings = directory_.findings(url);
    if (!findings)
        return;
    ItemTag tag("Keybearer - " + findings->server.name);
    tag.generation = std::max(least, generationOf(findings->server));
    tag.record = pack(*findings);
    store_.write(
        idOf(url), std::move(tag), std::move(findings->secret),
        [this, id = idOf(url), alive = QPointer<SharedResources>(this)](const Result<void>& written) {
            if (alive && !written && isSuperseded(written.error()))
                fetch(id);
        });
}

void SharedResources::fetch(const std::string& id) {
    if (!fetching_.insert(id).second)
        return;
    store_.fetch(id,
                 [this, id, alive = QPointer<SharedResources>(this)](const Result<SharedStore::Item>& item) {
                     if (!alive)
                         return;
                     fetching_.erase(id);
                     onFetched(item);
                 });
}

void SharedResources::onFetched(const Result<SharedStore::Item>& item) {
    if (!item)
        return;
    Result<ResourceDirectory::Findings> theirs = unpack(*item);
    if (!theirs) {
        qCWarning(logStore).noquote() << QString::fromStdString(theirs.error().message);
        return;
    }
    const std::string url = theirs->server.url;
    const Result<bool> adopted = directory_.adoptFindings(std::move(*theirs));
    if (!adopted)
        qCWarning(logStore).noquote() << "what another broker found out could not be kept:"
                                      << QString::fromStdString(adopted.error().message);
    else if (!*adopted)
        write(url, item->tag.generation + 1);
}

} // namespace keybearer
