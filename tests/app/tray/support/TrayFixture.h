#pragma once

#include "app/tray/look/Countdown.h"
#include "app/tray/mirror/BrokerMirror.h"
#include "tests/app/tray/support/ScriptedBroker.h"

#include <QTest>
#include <gtest/gtest.h>

namespace keybearer::test {

// A countdown that ends when the test says so.
class ManualCountdown final : public Countdown {
public:
    explicit ManualCountdown(ManualCountdown** self = nullptr) {
        if (self != nullptr)
            *self = this;
    }
    void begin(std::chrono::milliseconds length) override {
        running = true;
        ++begins;
        lastLength = length;
    }
    void cancel() override { running = false; }
    void fire() {
        if (std::exchange(running, false))
            Q_EMIT elapsed();
    }

    bool running = false;
    int begins = 0;
    std::chrono::milliseconds lastLength{0};
};

inline Json sessionJson(const std::string& id, const std::string& provider, const std::string& label,
                        const std::string& state = "active") {
    return {{"session_id", id},
            {"provider", provider},
            {"issuer", "https://" + provider + ".example"},
            {"account", {{"label", label}, {"subject", "42"}}},
            {"scopes", {"repo", "email"}},
            {"state", state},
            {"expires_at", "2100-01-01T00:00:00Z"},
            {"refreshed_at", "2026-01-01T00:00:00Z"},
            {"last_used", nullptr}};
}

inline Json requestJson(const std::string& id) {
    return {{"consent_id", id},
            {"caller",
             {{"pid", 7},
              {"executable", "/usr/bin/node"},
              {"script", "/home/ana/src/github-mcp/index.js"},
              {"started_by", "/usr/share/code/code"},
              {"claimed_name", "github-mcp"}}},
            {"provider", "github"},
            {"provider_name", "GitHub"},
            {"account", {{"label", "ana@example.com"}}},
            {"session_id", "s1"},
            {"scopes", {"repo"}},
            {"reason", "List issues"}};
}

inline Json providersJson() {
    return {{"providers",
             {{{"name", "github"}, {"display_name", "GitHub"}, {"configured", true}},
              {{"name", "rd"}, {"display_name", "R&D"}, {"configured", true}},
              {{"name", "slack"},
               {"display_name", "Slack"},
               {"configured", false},
               {"note", "<b>Register</b>"}}}}};
}

// A mirror on a scripted broker.
class TrayFixture : public ::testing::Test {
protected:
    TrayFixture() : client(options()), mirror(client) { broker.answer("provider.list", providersJson()); }

    BrokerClient::Options options() {
        BrokerClient::Options options;
        options.socket = broker.path();
        options.name = QStringLiteral("test");
        options.firstDelay = std::chrono::milliseconds(1);
        options.lastDelay = std::chrono::milliseconds(5);
        return options;
    }
    // Connected, loaded, and every change announced.
    void connectAll() {
        broker.start();
        client.start();
        ASSERT_TRUE(wait([&] { return mirror.isLoaded() && !mirror.health().storeState.isEmpty(); }));
        settle();
    }
    // One turn there and back: what the broker has sent until now has been handled.
    void settle() {
        bool done = false;
        client.call("provider.list", Json::object(), &client, [&](const Result<Json>&) { done = true; });
        ASSERT_TRUE(wait([&] { return done; }));
        QTest::qWait(0);
    }
    static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition); }

    ScriptedBroker broker;
    BrokerClient client;
    BrokerMirror mirror;
};

} // namespace keybearer::test
