#include "broker/gatekeeper/CoreDesk.h"

#include "tests/broker/gatekeeper/GatekeeperHouse.h"

#include <QTemporaryDir>

#include <fstream>
#include <sys/stat.h>

namespace keybearer {
namespace {

// A shell script plays the gateway and says back whatever the desk answers it.
class CoreDeskTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::ofstream(path("gateway")) << "#!/bin/sh\nexec cat <&3 >&3\n";
        ::chmod(path("gateway").c_str(), 0700);
        GatewayProcess::Setup setup;
        setup.program = path("gateway");
        setup.socket = path("run/mcp.sock");
        process_ = std::make_unique<GatewayProcess>(setup, house_.house.clock);
        QObject::connect(process_.get(), &GatewayProcess::received, process_.get(),
                         [this](const std::string& line) { answers_.push_back(Json::parse(line)); });
        QObject::connect(process_.get(), &GatewayProcess::ended, process_.get(), [this] { ++ended_; });
        desk_ =
            std::make_unique<CoreDesk>(CoreDesk::Setup{std::chrono::seconds(45), {{"proxy", "http://p:1"}}},
                                       *process_, tickets_, house_.exchanges, house_.access);
        ASSERT_TRUE(process_->want());
    }
    std::string path(const std::string& name) const {
        return directory_.filePath(QString::fromStdString(name)).toStdString();
    }
    std::string ticket() { return *tickets_.issue({Caller(), house_.target}); }
    void says(const std::string& id, const std::string& method, const Json& params) {
        desk_->onLine(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump());
    }
    Json call(const std::string& method, const Json& params) {
        const std::size_t before = answers_.size();
        says("q" + std::to_string(before), method, params);
        EXPECT_TRUE(spinUntil([&] { return answers_.size() > before; }));
        return answers_.size() > before ? answers_.back() : Json();
    }
    std::string open() { return call("exchange.open", {{"ticket", ticket()}})["result"]["exchange"]; }

    QTemporaryDir directory_;
    GatekeeperHouse house_{AccessPolicy::Trusting};
    Tickets tickets_{house_.house.clock};
    std::vector<Json> answers_;
    int ended_ = 0;
    std::unique_ptr<GatewayProcess> process_;
    std::unique_ptr<CoreDesk> desk_;
};

TEST_F(CoreDeskTest, ATicketOpensOneExchangeAndSaysAllThatIsNeededForIt) {
    const std::string one = ticket();
    const Json answer = call("exchange.open", {{"ticket", one}});
    const Json& result = answer["result"];
    EXPECT_EQ(result["service"], "example");
    EXPECT_EQ(result["url"], GatekeeperHouse::url);
    EXPECT_EQ(result["authorized"], false);
    EXPECT_EQ(result["wait_seconds"], 45);
    EXPECT_EQ(result["timeout_seconds"], 30);
    EXPECT_EQ(result["network"]["proxy"], "http://p:1");
    EXPECT_NE(house_.exchanges.find(result["exchange"]), nullptr);
    EXPECT_TRUE(call("exchange.open", {{"ticket", one}}).contains("error")) << "a ticket is good once";
    EXPECT_EQ(house_.exchanges.count(), 1U);
}

TEST_F(CoreDeskTest, T20_TheGatewayHasTokensOfOpenExchangesOnly) {
    static_cast<void>(house_.session());
    const std::string exchange = open();
    const Json answer = call("exchange.token", {{"exchange", exchange}});
    EXPECT_EQ(answer["result"]["scheme"], "Bearer");
    EXPECT_EQ(answer["result"]["value"], "at-1");
    EXPECT_FALSE(answer["result"].contains("header"));
    desk_->onLine(R"({"jsonrpc":"2.0","method":"exchange.closed","params":{"exchange":")" + exchange +
                  "\"}}");
    EXPECT_EQ(house_.exchanges.count(), 0U);
    for (const std::string& id : {exchange, std::string("x_99"), std::string()}) {
        EXPECT_TRUE(call("exchange.token", {{"exchange", id}}).contains("error")) << id;
        EXPECT_TRUE(call("exchange.proof", {{"exchange", id}}).contains("error")) << id;
    }
}

TEST_F(CoreDeskTest, AProofGoesByTheSerialOfTheToken) {
    static_cast<void>(house_.session());
    const std::string exchange = open();
    const Json token = call("exchange.token", {{"exchange", exchange}});
    const Json answer = call("exchange.proof", {{"exchange", exchange},
                                                {"serial", token["result"]["serial"]},
                                                {"method", "POST"},
                                                {"url", GatekeeperHouse::url},
                                                {"nonce", "n-1"}});
    EXPECT_EQ(answer["result"]["proof"], "p.r.oof");
    ASSERT_EQ(house_.proved.size(), 1U);
    EXPECT_EQ(house_.proved.front().second.nonce, "n-1");
}

TEST_F(CoreDeskTest, WordsOfServersAreCutAndClaimsAreMadeFitToShow) {
    static_cast<void>(house_.session());
    const std::string exchange = open();
    const std::string serial = call("exchange.token", {{"exchange", exchange}})["result"]["serial"];
    says("c", "exchange.token",
         {{"exchange", exchange},
          {"sent", serial},
          {"client", {{"name", "Nice\u202e\nclient"}}},
          {"challenge",
           {{"status", 401},
            {"error", std::string(5000, 'e')},
            {"scope", std::string(5000, 's')},
            {"resource_metadata", 7}}}});
    ASSERT_EQ(house_.rechecked.size(), 1U);
    EXPECT_EQ(house_.rechecked.front().error.size(), 256U);
    EXPECT_EQ(house_.rechecked.front().scope.size(), 4096U);
    EXPECT_EQ(house_.rechecked.front().resourceMetadata, "");
    const std::string claimed = house_.exchanges.find(exchange)->claimedName;
    EXPECT_EQ(claimed.find('\n'), std::string::npos);
    EXPECT_EQ(claimed.find("\u202e"), std::string::npos);
}

TEST_F(CoreDeskTest, AMethodThatIsNoneIsRefused) {
    const Json answer = call("session.list", Json::object());
    EXPECT_TRUE(answer.contains("error")) << "the gateway may ask about exchanges and nothing else";
    EXPECT_EQ(ended_, 0);
}

TEST_F(CoreDeskTest, WhatIsNoRequestEndsTheGateway) {
    desk_->onLine("[]");
    EXPECT_TRUE(spinUntil([&] { return ended_ == 1; }));
}

TEST_F(CoreDeskTest, MoreOpenRequestsThanItCanUseEndTheGateway) {
    const std::string exchange = open();
    const Json need{{"exchange", exchange}, {"challenge", {{"status", 401}}}};
    for (std::size_t at = 0; at < CoreDesk::mostOpen; ++at)
        says(std::to_string(at), "exchange.token", need);
    EXPECT_EQ(desk_->open(), CoreDesk::mostOpen);
    EXPECT_TRUE(process_->running());
    says("one more", "exchange.token", need);
    EXPECT_TRUE(spinUntil([&] { return ended_ == 1; }));
}

TEST_F(CoreDeskTest, AnAnswerToAGatewayThatHasEndedGoesNowhere) {
    const std::string exchange = open();
    says("late", "exchange.token", {{"exchange", exchange}, {"challenge", {{"status", 401}}}});
    ASSERT_EQ(desk_->open(), 1U);
    desk_->onProcessEnded();
    EXPECT_EQ(desk_->open(), 0U);
    const std::size_t before = answers_.size();
    house_.access.exchangeClosed(*house_.exchanges.find(exchange)); // answers it
    EXPECT_EQ(desk_->open(), 0U) << "it was not counted twice";
    EXPECT_TRUE(call("nothing", Json::object()).contains("error"));
    EXPECT_EQ(answers_.size(), before + 1);
}

} // namespace
} // namespace keybearer
