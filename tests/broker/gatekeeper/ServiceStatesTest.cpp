#include "broker/gatekeeper/ServiceStates.h"

#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class ServiceStatesTest : public ::testing::Test {
protected:
    ServiceStatesTest() {
        QObject::connect(&states_, &ServiceStates::changed, &states_,
                         [this](const std::string& service) { changed_.push_back(service); });
    }
    FakeClock clock_;
    ServiceStates states_{clock_};
    std::vector<std::string> changed_;
};

TEST_F(ServiceStatesTest, M6_WhatTheGatewayFindsIsKeptAndToldWhenItChanges) {
    EXPECT_EQ(states_.toJson("desk"), (Json{{"state", "unknown"}}));
    states_.note({{"service", "desk"}, {"state", "up"}, {"latency_ms", 12}});
    states_.note({{"service", "desk"}, {"state", "up"}, {"latency_ms", 14}});
    EXPECT_EQ(changed_, std::vector<std::string>{"desk"});
    EXPECT_EQ(states_.toJson("desk")["latency_ms"], 14);
    states_.note({{"service", "desk"}, {"state", "down"}, {"why", "refused\x1b[31m"}, {"waiting", 3}});
    EXPECT_EQ(changed_.size(), 2U);
    const Json down = states_.toJson("desk");
    EXPECT_EQ(down["state"], "down");
    EXPECT_EQ(down["waiting"], 3);
    EXPECT_EQ(down["why"].get<std::string>().find('\x1b'), std::string::npos) << "words of servers are shown";
    EXPECT_FALSE(down.contains("latency_ms"));
    states_.note({{"service", "desk"}, {"state", "up"}, {"restarted", true}});
    EXPECT_EQ(states_.toJson("desk")["restarts"], 1);
}

TEST_F(ServiceStatesTest, WhatIsNoStateIsLeftOut) {
    for (const Json& odd : {Json::object(), Json{{"service", "a"}}, Json{{"service", "a"}, {"state", "fine"}},
                            Json{{"state", "up"}}, Json{{"service", 7}, {"state", "up"}}})
        states_.note(odd);
    EXPECT_TRUE(states_.all().empty());
    for (int i = 0; i < 3000; ++i)
        states_.note({{"service", "s" + std::to_string(i)}, {"state", "up"}});
    EXPECT_LE(states_.all().size(), 1100U);
}

TEST_F(ServiceStatesTest, O2_TotalsGoOnOverProcessesAndWhatIsOpenDoesNot) {
    states_.count({{"connections", 4}, {"requests", 10}, {"streams", 2}, {"upstream_errors", 1}});
    states_.processEnded();
    EXPECT_EQ(states_.counts().requests, 10U);
    EXPECT_EQ(states_.counts().connections, 0U);
    states_.count({{"connections", 1}, {"requests", 5}, {"refused", -3}});
    const ServiceStates::Counts counts = states_.counts();
    EXPECT_EQ(counts.requests, 15U);
    EXPECT_EQ(counts.connections, 1U);
    EXPECT_EQ(counts.streams, 0U);
    EXPECT_EQ(counts.upstreamErrors, 1U);
    EXPECT_EQ(counts.refused, 0U);
}

TEST_F(ServiceStatesTest, OfAProcessThatHasEndedNothingIsKnown) {
    states_.note({{"service", "desk"}, {"state", "down"}});
    states_.processEnded();
    EXPECT_EQ(states_.find("desk"), nullptr);
    EXPECT_EQ(changed_.size(), 2U);
}

} // namespace
} // namespace keybearer
