#pragma once

#include "broker/stores/redis/RedisRecords.h"
#include "tests/support/EventLoop.h"
#include "tests/support/RedisServer.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace keybearer::testing {

using Health = CredentialStore::Health;

inline const Clock& systemClock() {
    static const SystemClock clock;
    return clock;
}

inline RedisConfig redisConfig(const std::string& url) {
    initialiseSecrets();
    RedisConfig config;
    config.url = url;
    return config;
}

// One broker's view of a server, started, with waiting calls.
class TestRecords {
public:
    explicit TestRecords(RedisConfig config, const std::string& prefix = "test/one", RedisPauses pauses = {})
        : records(std::make_unique<RedisRecords>(
              RedisRecords::Setup{std::move(config), prefix, systemClock(), pauses})) {
        QObject::connect(records.get(), &RemoteRecords::connected, records.get(), [this] { ++connections; });
        started = records->start().has_value();
    }
    explicit TestRecords(const RedisServer& server, const std::string& prefix = "test/one")
        : TestRecords(redisConfig(server.url()), prefix) {}

    [[nodiscard]] bool isReady() const { return records->health().state == Health::State::Ready; }
    [[nodiscard]] bool becomesReady(int milliseconds = 15'000) const {
        return spinUntil([&] { return isReady(); }, milliseconds);
    }
    // The trouble that it reports, once it does.
    [[nodiscard]] Health trouble(int milliseconds = 15'000) const {
        EXPECT_TRUE(
            spinUntil([&] { return records->health().state == Health::State::Unavailable; }, milliseconds));
        return records->health();
    }

    template <typename Value>
    static Result<Value> wait(const std::function<void(Completion<Value>)>& call) {
        const auto answer = std::make_shared<std::optional<Result<Value>>>();
        call([answer](Result<Value> result) { answer->emplace(std::move(result)); });
        if (!spinUntil([&] { return answer->has_value(); }, 40'000))
            return failure(ErrorCode::InternalError, "never completed");
        return std::move(**answer);
    }
    Result<RemoteRecords::Record> get(const std::string& name) const {
        return wait<RemoteRecords::Record>([&](auto done) { records->get(name, std::move(done)); });
    }
    Result<void> put(RemoteRecords::Write write) const {
        return wait<void>([&](auto done) { records->put(std::move(write), std::move(done)); });
    }
    Result<void> put(const std::string& name, std::uint64_t expected, const std::string& sealed) const {
        return put({name, expected, {expected + 1, sealed}});
    }
    Result<void> erase(const std::string& name, std::uint64_t expected) const {
        return wait<void>([&](auto done) { records->erase(name, expected, std::move(done)); });
    }
    Result<std::vector<RemoteRecords::Listed>> list(const std::string& beginning) const {
        return wait<std::vector<RemoteRecords::Listed>>(
            [&](auto done) { records->list(beginning, std::move(done)); });
    }
    Result<RemoteRecords::Lease> lease(const std::string& name, const std::string& owner,
                                       std::chrono::milliseconds life = std::chrono::seconds(30)) const {
        return wait<RemoteRecords::Lease>(
            [&](auto done) { records->lease(name, owner, life, std::move(done)); });
    }

    std::unique_ptr<RedisRecords> records;
    int connections = 0;
    bool started = false;
};

} // namespace keybearer::testing
