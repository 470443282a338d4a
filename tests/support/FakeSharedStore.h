#pragma once

#include "broker/accounts/SharedStore.h"

#include <QTimer>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

// A shared store in memory. Every broker of a test has one of its own on the same ground; the test says when
// the server is away, what it has lost, and whether news travels.
class FakeSharedStore final : public SharedStore {
public:
    struct Ground {
        struct Kept {
            ItemTag tag;
            SealedSecret value;
            bool erased = false;
        };
        struct Held {
            const FakeSharedStore* by = nullptr; // null: nobody
            std::uint64_t fence = 0;
            bool abandoned = false;
        };
        std::map<std::string, Kept> items;
        std::map<std::string, Held> leases;
        std::set<FakeSharedStore*> brokers;
        bool tells = true; // news travels
    };
    explicit FakeSharedStore(Ground& ground) : ground_(ground) { ground_.brokers.insert(this); }
    ~FakeSharedStore() override { ground_.brokers.erase(this); }

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override {
        if (tag.generation == 0) {
            own_[id] = SealedSecret(value);
            return later(std::move(done), Result<void>());
        }
        if (down)
            return later(std::move(done), Result<void>(away()));
        Ground::Kept& kept = ground_.items[id];
        if (kept.tag.generation >= tag.generation)
            return later(std::move(done),
                         Result<void>(failure(Error(ErrorCode::InvalidRequest, "a newer one is there")
                                                  .with("superseded", std::int64_t{1}))));
        ++writes;
        const std::uint64_t generation = tag.generation;
        kept = {std::move(tag), SealedSecret(value), false};
        later(std::move(done), Result<void>());
        tell([id, generation](FakeSharedStore& other) { Q_EMIT other.itemChanged(id, generation); });
    }
    void read(std::string id, Completion<Secret> done) override {
        if (const auto own = own_.find(id); own != own_.end())
            return laterWith(own->second, std::move(done));
        const auto found = ground_.items.find(id);
        if (down)
            return later(std::move(done), Result<Secret>(away()));
        if (found == ground_.items.end() || found->second.erased)
            return later(std::move(done), Result<Secret>(failure(ErrorCode::NotFound, "absent")));
        laterWith(found->second.value, std::move(done));
    }
    void erase(std::string id, Completion<void> done) override {
        if (down)
            return later(std::move(done), Result<void>(away()));
        ground_.items[id].erased = true;
        later(std::move(done), Result<void>());
        tell([id](FakeSharedStore& other) { Q_EMIT other.itemErased(id); });
    }
    [[nodiscard]] Health health() const override {
        return {down ? Health::State::Unavailable : Health::State::Ready, "fake", {}, {}};
    }
    void list(Completion<std::vector<Listed>> done) override {
        std::vector<Listed> all;
        for (const auto& [id, kept] : ground_.items)
            all.push_back({id, kept.tag.generation, kept.erased});
        later(std::move(done),
              down ? Result<std::vector<Listed>>(away()) : Result<std::vector<Listed>>(std::move(all)));
    }
    void fetch(std::string id, Completion<Item> done) override {
        ++fetches;
        QTimer::singleShot(0, &later_, [this, id = std::move(id), done = std::move(done)] {
            const auto found = ground_.items.find(id);
            if (down)
                return done(away());
            if (found == ground_.items.end() || found->second.erased)
                return done(failure(ErrorCode::NotFound, "absent"));
            done(Item{found->second.tag, found->second.value.open()});
        });
    }
    void lease(std::string id, Completion<Lease> done) override {
        ++leases;
        QTimer::singleShot(0, &later_, [this, id = std::move(id), done = std::move(done)] {
            if (down)
                return done(away());
            Ground::Held& held = ground_.leases[id];
            if (held.by != nullptr && held.by != this)
                return done(failure(
                    Error(ErrorCode::RateLimited, "another broker has it").retry(std::chrono::seconds(1))));
            held.by = this;
            done(Lease{++held.fence, ground_.items[id].tag.generation, std::exchange(held.abandoned, false)});
        });
    }
    void giveBack(const std::string& id) override {
        ++given;
        if (ground_.leases[id].by == this)
            ground_.leases[id].by = nullptr;
    }

    bool down = false;
    int writes = 0, fetches = 0, leases = 0, given = 0;

private:
    static tl::unexpected<Error> away() {
        return failure(ErrorCode::StoreUnavailable, "the shared store does not answer");
    }
    template <typename T>
    void later(Completion<T> done, Result<T> result) {
        auto held = std::make_shared<Result<T>>(std::move(result));
        QTimer::singleShot(0, &later_, [done = std::move(done), held] { done(std::move(*held)); });
    }
    void laterWith(const SealedSecret& value, Completion<Secret> done) {
        QTimer::singleShot(0, &later_, [done = std::move(done), value] { done(value.open()); });
    }
    template <typename News>
    void tell(const News& news) {
        for (FakeSharedStore* other : ground_.brokers) {
            if (other != this && ground_.tells)
                QTimer::singleShot(0, other, [other, news] { news(*other); });
        }
    }

    Ground& ground_;
    std::map<std::string, SealedSecret> own_;
    QObject later_;
};

} // namespace keybearer
