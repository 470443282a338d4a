#include "broker/gatekeeper/PermissionNews.h"

#include "broker/protocol/RpcMessage.h"
#include "tests/broker/gatekeeper/GatekeeperHouse.h"

namespace keybearer {
namespace {

class PermissionNewsTest : public ::testing::Test {
protected:
    PermissionNewsTest() {
        QObject::connect(&news, &PermissionNews::exchangesEnded, &news, [this] { ++ended; });
    }
    // An exchange that a person allowed to use the session, which it does.
    Exchange& allowed(const std::string& session) {
        Exchange& exchange = house.exchange();
        const auto wanted = house.ask(exchange);
        house.person(ConsentDecision::Allow);
        EXPECT_TRUE(spinUntil([&] { return wanted->done; }));
        EXPECT_EQ(wanted->value(), "at-1");
        EXPECT_TRUE(exchange.uses(session));
        spinOnce();
        sent.clear();
        return exchange;
    }

    GatekeeperHouse house;
    std::vector<std::string> sent;
    PermissionNews news{house.exchanges, house.gate,
                        [this](const std::string& line) { sent.push_back(line); }};
    int ended = 0;
};

TEST_F(PermissionNewsTest, WhatWasGivenIsStaleWhenAnyPermissionChangedOnceForAllOfATurn) {
    const std::string id = house.exchange().id;
    house.gate.withheldChanged();
    house.gate.withheldChanged();
    EXPECT_TRUE(sent.empty()) << "more may come in this turn";
    spinOnce();
    EXPECT_EQ(sent, std::vector<std::string>{notificationLine("exchange.stale", Json{{"exchange", id}})});
}

TEST_F(PermissionNewsTest, IsToldAtOnceWhereSomebodyWaitsForTheAnswerAndNotTwice) {
    const std::string id = house.exchange().id;
    house.gate.withheldChanged();
    news.tell();
    EXPECT_EQ(sent.size(), 1U);
    news.tell();
    spinOnce();
    EXPECT_EQ(sent.size(), 1U);
}

TEST_F(PermissionNewsTest, TheConversationEndsWithThePermissionThatWasTakenBack) {
    const std::string id = allowed(house.session()).id;
    const std::string other = house.exchange("/usr/bin/other").id;
    ASSERT_EQ(house.gate.consents().size(), 1U);
    ASSERT_TRUE(house.gate.revoke(house.gate.consents().front()->id));
    EXPECT_NE(house.exchanges.find(id), nullptr) << "not from inside the change";
    news.tell();
    EXPECT_EQ(house.exchanges.find(id), nullptr);
    EXPECT_EQ(sent,
              (std::vector<std::string>{exchangeEndLine(id, "the permission to use it was taken back"),
                                        notificationLine("exchange.stale", Json{{"exchange", other}})}));
    EXPECT_EQ(ended, 1);
    spinOnce();
    EXPECT_EQ(sent.size(), 2U);
}

} // namespace
} // namespace keybearer
