#include "broker/authserver/LocalClients.h"

#include "broker/base/Random.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t idBytes = 16;     // 128 bits (SEC-S-21)
constexpr std::size_t secretBytes = 32; // 256 bits: a plain hash of it is enough
constexpr std::chrono::seconds window{60};

} // namespace

Result<void> LocalClients::load() {
    Result<std::vector<LocalClient>> stored = store_.loadLocalClients();
    if (!stored)
        return tl::unexpected(stored.error());
    for (LocalClient& client : *stored)
        clients_[client.id] = std::move(client);
    return {};
}

Result<LocalClients::Registered> LocalClients::add(LocalClient client, const std::string& service) {
    const BootTime now = clock_.boot();
    while (!registered_.empty() && now - registered_.front() >= window)
        registered_.pop_front();
    if (registered_.size() >= mostAMinute)
        return failure(Error(ErrorCode::RateLimited, "too many clients register at once", "Wait a minute.")
                           .retry(window));
    if (auto room = makeRoom(); !room)
        return tl::unexpected(room.error());
    Registered out;
    client.id = "kbl_" + randomToken(idBytes);
    client.kind = LocalClient::Kind::Registered;
    client.service = service;
    client.createdAt = clock_.wall();
    if (!client.isPublic()) {
        std::string secret = "kbs_" + randomToken(secretBytes);
        client.secretHash = base64Url(sha256(secret));
        out.secret = Secret::takeFrom(secret);
    }
    if (auto kept = store_.putLocalClient(client); !kept)
        return tl::unexpected(kept.error());
    registered_.push_back(now);
    out.client = client;
    const std::string id = client.id;
    clients_[id] = std::move(client);
    return out;
}

std::vector<const LocalClient*> LocalClients::unused() const {
    std::vector<const LocalClient*> out;
    for (const auto& [id, client] : clients_) {
        if (!client.used())
            out.push_back(&client);
    }
    std::sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->createdAt < b->createdAt; });
    return out;
}

// A flood of registrations pushes out others that were never used, and none that was.
Result<void> LocalClients::makeRoom() {
    const std::vector<const LocalClient*> idle = unused();
    if (idle.size() < mostUnused && clients_.size() < most)
        return {};
    if (idle.empty())
        return failure(Error(ErrorCode::RateLimited, "there are too many clients already",
                             "Remove some with: keybearer gateway clients --remove ID")
                           .retry(std::chrono::hours(1)));
    return remove(std::string(idle.front()->id));
}

Result<void> LocalClients::keepDocument(LocalClient client) {
    client.kind = LocalClient::Kind::Document;
    client.createdAt = clock_.wall();
    if (const LocalClient* known = find(client.id)) {
        client.createdAt = known->createdAt;
        client.lastUsedAt = known->lastUsedAt;
    } else if (auto room = makeRoom(); !room)
        return room;
    if (auto kept = store_.putLocalClient(client); !kept)
        return kept;
    const std::string id = client.id;
    clients_[id] = std::move(client);
    return {};
}

const LocalClient* LocalClients::find(const std::string& id) const {
    const auto found = clients_.find(id);
    return found == clients_.end() ? nullptr : &found->second;
}

const LocalClient* LocalClients::find(const std::string& id, const std::string& service) const {
    const LocalClient* client = find(id);
    return client != nullptr && (client->service.empty() || client->service == service) ? client : nullptr;
}

Result<void> LocalClients::noteUse(const std::string& id) {
    const auto found = clients_.find(id);
    if (found == clients_.end())
        return failure(ErrorCode::NotFound, "there is no such client");
    LocalClient next = found->second;
    next.lastUsedAt = clock_.wall();
    if (auto kept = store_.putLocalClient(next); !kept)
        return kept;
    found->second = std::move(next);
    return {};
}

Result<void> LocalClients::remove(const std::string& id) {
    if (!clients_.contains(id))
        return failure(ErrorCode::NotFound, "there is no such client",
                       "See them with: keybearer gateway clients");
    if (auto removed = store_.removeLocalClient(id); !removed)
        return removed;
    clients_.erase(id);
    return {};
}

void LocalClients::forgetUnused() {
    for (const LocalClient* client : unused()) {
        if (clock_.wall() - client->createdAt < unusedLife)
            return;
        if (!remove(std::string(client->id)))
            return; // the next minute
    }
}

std::vector<LocalClient> LocalClients::all() const {
    std::vector<LocalClient> out;
    for (const auto& [id, client] : clients_)
        out.push_back(client);
    return out;
}

} // namespace keybearer
