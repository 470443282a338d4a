#pragma once

#include "broker/stores/shared/SealedSharedStore.h"
#include "broker/stores/state/StateDatabase.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"
#include "tests/support/MemoryRecords.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace keybearer {

// One broker's part of a shared store: its key file, its local state, its connection.
struct SharedBroker {
    std::unique_ptr<StateDatabase> ledger = std::move(*StateDatabase::open(std::filesystem::path()));
    FakeClock clock;
    std::unique_ptr<SealedSharedStore> store;
    std::vector<std::string> news; // "changed s_a 3", "erased s_a", "connected"
    QObject listener;
};

// Several brokers over one server in memory.
class SharedStoreFixture : public ::testing::Test {
protected:
    void SetUp() override {
        initialiseSecrets();
        std::string name = "/tmp/kb-shared-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        key = makeKey("key");
    }
    void TearDown() override {
        a.store.reset();
        b.store.reset();
        std::filesystem::remove_all(directory);
    }
    std::filesystem::path makeKey(const std::string& name) const {
        const std::filesystem::path file = directory / name;
        std::ofstream(file, std::ios::binary) << Secret::random(storeKeyBytes).reveal();
        std::filesystem::permissions(file, std::filesystem::perms::owner_read |
                                               std::filesystem::perms::owner_write);
        return file;
    }
    [[nodiscard]] StoreKeySource fileSource() const { return {StoreKeyKind::KeyFile, key, {}}; }
    static StoreKeySource phraseSource() { return {StoreKeyKind::Passphrase, {}, {}}; }

    // Connected, or refused.
    void start(SharedBroker& broker, const StoreKeySource& source,
               std::chrono::milliseconds settling = std::chrono::milliseconds(0)) {
        begin(broker, source, settling);
        ASSERT_TRUE(spinUntil(
            [&] { return broker.store->health().state != CredentialStore::Health::State::Unknown; }));
        spinOnce();
    }
    void begin(SharedBroker& broker, const StoreKeySource& source,
               std::chrono::milliseconds settling = std::chrono::milliseconds(0)) {
        broker.store.reset();
        broker.news.clear();
        PassphraseCost cheap{64 << 10, 1, 8 << 10};
        broker.store = std::make_unique<SealedSharedStore>(
            SealedSharedStore::Setup{"redis", std::make_unique<MemoryRecords>(server), source, *broker.ledger,
                                     broker.clock, nullptr, cheap, settling});
        QObject::connect(broker.store.get(), &SharedStore::itemChanged, &broker.listener,
                         [&broker](const std::string& id, std::uint64_t generation) {
                             broker.news.push_back("changed " + id + " " + std::to_string(generation));
                         });
        QObject::connect(broker.store.get(), &SharedStore::itemErased, &broker.listener,
                         [&broker](const std::string& id) { broker.news.push_back("erased " + id); });
        QObject::connect(broker.store.get(), &SharedStore::connected, &broker.listener,
                         [&broker] { broker.news.push_back("connected"); });
    }
    template <typename Value, typename Call>
    static Result<Value> wait(Call call) {
        auto answer = std::make_shared<std::optional<Result<Value>>>();
        call([answer](Result<Value> result) { answer->emplace(std::move(result)); });
        EXPECT_FALSE(answer->has_value()) << "later, not from inside the call";
        if (!spinUntil([&] { return answer->has_value(); }))
            return failure(ErrorCode::TimedOut, "no answer");
        return std::move(**answer);
    }
    static Result<void> write(SharedBroker& to, const std::string& id, std::uint64_t generation,
                              const std::string& value) {
        ItemTag tag("Keybearer - github - ana@example.com");
        tag.generation = generation;
        tag.record = generation == 0 ? std::string() : "record " + std::to_string(generation);
        return wait<void>([&](auto done) { to.store->write(id, tag, Secret::copyOf(value), done); });
    }
    // The value; or the words of the failure, in angle brackets.
    static std::string valueOf(SharedBroker& of, const std::string& id) {
        const Result<Secret> item = wait<Secret>([&](auto done) { of.store->read(id, std::move(done)); });
        return item ? std::string(item->reveal()) : std::string("<").append(item.error().message) + ">";
    }
    static Result<void> erase(SharedBroker& of, const std::string& id) {
        return wait<void>([&](auto done) { of.store->erase(id, done); });
    }
    static Result<void> unlock(SharedBroker& of, const std::string& phrase) {
        return wait<void>([&](auto done) { of.store->unlock(Secret::copyOf(phrase), done); });
    }
    // "s_a 3, s_b 2 erased"
    static std::string listOf(SharedBroker& of) {
        const auto rows =
            wait<std::vector<SharedStore::Listed>>([&](auto done) { of.store->list(std::move(done)); });
        if (!rows)
            return std::string("<").append(rows.error().message) + ">";
        std::string out;
        for (const SharedStore::Listed& row : *rows)
            out.append(out.empty() ? "" : ", ")
                .append(row.id)
                .append(" ")
                .append(std::to_string(row.generation))
                .append(row.erased ? " erased" : "");
        return out;
    }
    static Result<SharedStore::Lease> lease(SharedBroker& of, const std::string& id) {
        return wait<SharedStore::Lease>([&](auto done) { of.store->lease(id, std::move(done)); });
    }
    static bool heard(const SharedBroker& broker, const std::string& news) {
        return spinUntil(
            [&] { return std::find(broker.news.begin(), broker.news.end(), news) != broker.news.end(); });
    }
    static std::string problemOf(const SharedBroker& broker) { return broker.store->health().problem; }

    std::filesystem::path directory;
    std::filesystem::path key;
    std::shared_ptr<MemoryServer> server = std::make_shared<MemoryServer>();
    SharedBroker a;
    SharedBroker b;
};

} // namespace keybearer
