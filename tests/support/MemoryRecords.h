#pragma once

#include "broker/stores/shared/RemoteRecords.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace keybearer {

class MemoryRecords;

// The server behind MemoryRecords: as many brokers as a test wants use one. It can be switched off, forget,
// go back in time, and answer slowly.
class MemoryServer {
public:
    using Millis = std::chrono::milliseconds;
    struct Entry {
        RemoteRecords::Record record;
        std::optional<Millis> until;
    };
    struct Held {
        std::string owner;
        Millis until{0};
        std::uint64_t fence = 0;
    };

    std::map<std::string, Entry> entries;
    std::map<std::string, Held> leases;          // given and not given back
    std::map<std::string, std::uint64_t> fences; // highest so far
    std::set<std::string> damaged;               // something else lies under these names
    int losesWrites = 0;                         // so many writes are confirmed and not kept
    int supersedes = 0;                          // so many writes fail as if another broker had been faster
    Millis delay{0};                             // of every answer
    std::map<std::string, int> calls;            // by kind: "get", "put" ...

    [[nodiscard]] Millis now() const {
        return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch()) +
               skipped_;
    }
    // Time goes by for the server alone.
    void pass(Millis by) { skipped_ += by; }
    [[nodiscard]] bool isOut() const { return out_; }
    inline void setOut(bool out);
    // As a restart that everybody notices: connections break and come back.
    void bounce() {
        setOut(true);
        setOut(false);
    }

    [[nodiscard]] std::map<std::string, Entry> dump() const { return entries; }
    // An older dump is put back: everything else is lost.
    void restore(std::map<std::string, Entry> old) {
        entries = std::move(old);
        leases.clear();
        fences.clear();
        bounce();
    }
    // Everything that is written down, in one text.
    [[nodiscard]] std::string bytes() const {
        std::string out;
        for (const auto& [name, entry] : entries)
            out.append(name).append("\n").append(entry.record.sealed).append("\n");
        return out;
    }
    [[nodiscard]] Entry* find(const std::string& name) {
        const auto found = entries.find(name);
        if (found != entries.end() && found->second.until && *found->second.until <= now()) {
            entries.erase(found);
            return nullptr;
        }
        return found == entries.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::uint64_t revisionOf(const std::string& name) {
        const Entry* entry = find(name);
        return entry == nullptr ? 0 : entry->record.revision;
    }
    inline void tell(const std::string& name, std::uint64_t revision);

private:
    friend class MemoryRecords;
    std::vector<MemoryRecords*> clients_;
    Millis skipped_{0};
    bool out_ = false;
};

// RemoteRecords in memory. Every call takes effect at once and is answered later.
class MemoryRecords final : public RemoteRecords {
public:
    explicit MemoryRecords(std::shared_ptr<MemoryServer> server) : server_(std::move(server)) {
        server_->clients_.push_back(this);
        QTimer::singleShot(0, this, [this] { look(); });
    }
    ~MemoryRecords() override {
        auto& clients = server_->clients_;
        clients.erase(std::remove(clients.begin(), clients.end(), this), clients.end());
    }

    void get(std::string name, Completion<Record> done) override {
        ++server_->calls["get"];
        if (auto refused = check(name))
            return answer<Record>(std::move(done), failure(*refused));
        const MemoryServer::Entry* entry = server_->find(name);
        if (entry == nullptr)
            return answer<Record>(std::move(done), failure(ErrorCode::NotFound, "there is no such record"));
        answer<Record>(std::move(done), entry->record);
    }
    void put(Write write, Completion<void> done) override {
        ++server_->calls["put"];
        if (auto refused = check(write.name))
            return answer<void>(std::move(done), failure(*refused));
        const std::uint64_t revision = server_->revisionOf(write.name);
        const bool lateLease = write.fence != 0 && server_->fences[write.name] > write.fence;
        if (server_->supersedes > 0 || revision != write.expected || lateLease) {
            server_->supersedes = std::max(0, server_->supersedes - 1);
            return answer<void>(std::move(done), failure(superseded(revision)));
        }
        if (server_->losesWrites > 0) {
            --server_->losesWrites;
            return answer<void>(std::move(done), {});
        }
        MemoryServer::Entry& entry = server_->entries[write.name];
        entry.record = std::move(write.next);
        entry.until.reset();
        if (write.life.count() > 0)
            entry.until = server_->now() + write.life;
        server_->tell(write.name, entry.record.revision);
        answer<void>(std::move(done), {});
    }
    void erase(std::string name, std::uint64_t expected, Completion<void> done) override {
        if (auto refused = check(name))
            return answer<void>(std::move(done), failure(*refused));
        const std::uint64_t revision = server_->revisionOf(name);
        if (revision != 0 && revision != expected)
            return answer<void>(std::move(done), failure(superseded(revision)));
        server_->entries.erase(name);
        server_->tell(name, 0);
        answer<void>(std::move(done), {});
    }
    void list(std::string beginning, Completion<std::vector<Listed>> done) override {
        ++server_->calls["list"];
        if (auto refused = check(""))
            return answer<std::vector<Listed>>(std::move(done), failure(*refused));
        std::vector<std::string> names;
        for (const auto& [name, entry] : server_->entries) {
            if (name.rfind(beginning, 0) == 0)
                names.push_back(name);
        }
        std::vector<Listed> out;
        for (const std::string& name : names) {
            if (const std::uint64_t revision = server_->revisionOf(name); revision != 0)
                out.push_back({name, revision});
        }
        answer<std::vector<Listed>>(std::move(done), std::move(out));
    }
    void lease(std::string name, std::string owner, std::chrono::milliseconds life,
               Completion<Lease> done) override {
        ++server_->calls["lease"];
        if (auto refused = check(""))
            return answer<Lease>(std::move(done), failure(*refused));
        const auto held = server_->leases.find(name);
        const bool there = held != server_->leases.end();
        if (there && held->second.until > server_->now() && held->second.owner != owner)
            return answer<Lease>(std::move(done),
                                 failure(Error(ErrorCode::RateLimited, "another broker has the lease")
                                             .retry(std::chrono::seconds(1))));
        Lease lease;
        lease.revision = server_->revisionOf(name);
        if (there && held->second.until > server_->now()) {
            held->second.until = server_->now() + life;
            lease.fence = held->second.fence;
            return answer<Lease>(std::move(done), lease);
        }
        lease.abandoned = there;
        lease.fence = ++server_->fences[name];
        server_->leases[name] = {owner, server_->now() + life, lease.fence};
        answer<Lease>(std::move(done), lease);
    }
    void giveBack(std::string name, std::string owner, std::uint64_t fence) override {
        const auto held = server_->leases.find(name);
        if (!server_->isOut() && held != server_->leases.end() && held->second.owner == owner &&
            held->second.fence == fence)
            server_->leases.erase(held);
    }

    [[nodiscard]] CredentialStore::Health health() const override {
        if (!seen_)
            return {CredentialStore::Health::State::Unknown, "memory", {}, {}};
        if (server_->isOut())
            return {CredentialStore::Health::State::Unavailable, "memory", "the server is switched off",
                    "Switch it on."};
        return {CredentialStore::Health::State::Ready, "memory", {}, {}};
    }
    [[nodiscard]] std::string description() const override { return "a server in memory"; }

    // What the server does shows here.
    void look() {
        seen_ = true;
        Q_EMIT healthChanged();
        if (!server_->isOut())
            Q_EMIT connected();
    }

private:
    [[nodiscard]] std::optional<Error> check(const std::string& name) const {
        if (server_->isOut())
            return Error(ErrorCode::StoreUnavailable, "the server is switched off", "Switch it on.");
        if (server_->damaged.contains(name))
            return Error(ErrorCode::ParseError, "something else lies under this name");
        return std::nullopt;
    }
    template <typename Value>
    void answer(Completion<Value> done, Result<Value> result) {
        QTimer::singleShot(server_->delay, this,
                           [done = std::move(done), result = std::move(result)] { done(result); });
    }

    std::shared_ptr<MemoryServer> server_;
    bool seen_ = false;
};

inline void MemoryServer::setOut(bool out) {
    out_ = out;
    for (MemoryRecords* client : clients_)
        client->look();
}

inline void MemoryServer::tell(const std::string& name, std::uint64_t revision) {
    for (MemoryRecords* client : clients_)
        QTimer::singleShot(delay, client,
                           [client, name, revision] { Q_EMIT client->changed(name, revision); });
}

} // namespace keybearer
