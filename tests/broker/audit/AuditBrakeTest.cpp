#include "broker/audit/AuditBrake.h"

#include "broker/audit/Alerts.h"
#include "broker/base/Secret.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class AuditBrakeTest : public ::testing::Test {
protected:
    void SetUp() override {
        initialiseSecrets();
        auto opened = openAuditLog({}, clock_);
        ASSERT_TRUE(opened);
        log_ = std::move(*opened);
        brake_ = std::make_unique<AuditBrake>(*log_, clock_);
    }
    static AuditEvent refusal(const std::string& caller, const std::string& why = "role") {
        AuditEvent event;
        event.kind = "policy.denied";
        event.caller = caller;
        event.why = why;
        event.detail = "session.list as agent";
        return event;
    }
    std::vector<AuditLog::Row> rows() { return *log_->query(10000); } // newest first

    FakeClock clock_;
    std::unique_ptr<AuditLog> log_;
    std::unique_ptr<AuditBrake> brake_;
};

TEST_F(AuditBrakeTest, FloodIsOneRowAndTheNextOneCountsIt) {
    for (int i = 0; i < 1000; ++i)
        brake_->append(refusal("/bin/a"));
    ASSERT_EQ(rows().size(), 1U);
    EXPECT_EQ(rows()[0].event.detail, "session.list as agent");
    clock_.advance(std::chrono::seconds(10));
    brake_->append(refusal("/bin/a"));
    ASSERT_EQ(rows().size(), 2U);
    EXPECT_EQ(rows()[0].event.detail, "session.list as agent; and 999 more like this before");
}

TEST_F(AuditBrakeTest, OtherProgramsAndReasonsHaveRowsOfTheirOwn) {
    brake_->append(refusal("/bin/a"));
    brake_->append(refusal("/bin/b"));
    brake_->append(refusal("/bin/a", "client"));
    EXPECT_EQ(rows().size(), 3U);
}

TEST_F(AuditBrakeTest, FloodThatIsOverIsTold) {
    for (int i = 0; i < 5; ++i)
        brake_->append(refusal("/bin/a"));
    brake_->tell();
    EXPECT_EQ(rows().size(), 1U); // not over yet
    clock_.advance(std::chrono::seconds(10));
    brake_->tell();
    ASSERT_EQ(rows().size(), 2U);
    EXPECT_EQ(rows()[0].event.detail, "session.list as agent; and 3 more like this before");
    clock_.advance(std::chrono::seconds(10));
    brake_->tell();
    EXPECT_EQ(rows().size(), 2U);
}

TEST_F(AuditBrakeTest, A7_WhatAFloodLeavesOutIsCountedForAlertsOnce) {
    std::vector<Alert> raised;
    Alerts alerts(clock_, [&](const Alert& alert) { raised.push_back(alert); });
    log_->observe(&alerts);
    for (int i = 0; i < 4; ++i)
        brake_->append(refusal("/bin/a"));
    clock_.advance(std::chrono::seconds(10));
    brake_->tell(); // its row stands for the last of the four
    EXPECT_TRUE(raised.empty());
    EXPECT_EQ(alerts.leftOut(), 3U);
    brake_->append(refusal("/bin/a"));
    ASSERT_EQ(raised.size(), 1U);
    EXPECT_EQ(raised.front().name, "repeated_denials");
    log_->observe(nullptr);
}

TEST_F(AuditBrakeTest, ManyProgramsAtOnceAreBounded) {
    for (int i = 0; i < 5000; ++i)
        brake_->append(refusal("/tmp/" + std::to_string(i)));
    EXPECT_LE(rows().size(), 257U);
}

} // namespace
} // namespace keybearer
