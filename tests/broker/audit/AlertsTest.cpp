#include "broker/audit/Alerts.h"
#include "tests/broker/audit/AuditFixture.h"

namespace keybearer::test {
namespace {

using namespace std::chrono_literals;

class AlertsTest : public ::testing::Test {
protected:
    static AuditEvent row(const std::string& kind, const std::string& why, const std::string& caller = "/x") {
        AuditEvent event;
        event.kind = kind;
        event.why = why;
        event.caller = caller;
        return event;
    }
    static AuditEvent release(const std::string& session, const std::string& callerClass) {
        AuditEvent event = row("token.released", "c-1");
        event.sessionId = session;
        event.callerClass = callerClass;
        return event;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const Alert& alert : raised)
            out.push_back(alert.name);
        return out;
    }
    using Names = std::vector<std::string>;

    SteadyClock clock;
    std::vector<Alert> raised;
    Alerts alerts{clock, [this](const Alert& alert) { raised.push_back(alert); }};
};

TEST_F(AlertsTest, A7_FiveDenialsInTenMinutesAreToldOnceAnHour) {
    for (int i = 0; i < 4; ++i)
        alerts.onRow(row("token.denied", "consent_denied"));
    EXPECT_TRUE(raised.empty());
    alerts.onRow(row("token.denied", "policy_denied"));
    EXPECT_EQ(names(), Names{"repeated_denials"});
    EXPECT_EQ(raised.front().caller, "/x");
    EXPECT_NE(raised.front().action, "");
    for (int i = 0; i < 50; ++i)
        alerts.onRow(row("token.denied", "consent_denied"));
    EXPECT_EQ(raised.size(), 1U);
    clock.advance(61min);
    for (int i = 0; i < 5; ++i)
        alerts.onRow(row("token.denied", "consent_denied"));
    EXPECT_EQ(raised.size(), 2U);
    EXPECT_EQ(alerts.raisedByName().at("repeated_denials"), 2U);
    EXPECT_EQ(alerts.recent().size(), 2U);
}

TEST_F(AlertsTest, A7_DenialsOfDifferentProgramsOrFarApartDoNotAddUp) {
    for (int i = 0; i < 20; ++i)
        alerts.onRow(row("token.denied", "consent_denied", "/bin/" + std::to_string(i)));
    for (int i = 0; i < 20; ++i) {
        alerts.onRow(row("token.denied", "consent_denied"));
        clock.advance(3min);
    }
    EXPECT_TRUE(raised.empty());
}

TEST_F(AlertsTest, A7_WhatIsNoDenialIsNotCountedAsOne) {
    for (const char* why : {"provider_unavailable", "sign_in_again", "insufficient_scope", "store_locked"}) {
        for (int i = 0; i < 10; ++i)
            alerts.onRow(row("token.denied", why));
    }
    EXPECT_TRUE(raised.empty());
}

TEST_F(AlertsTest, A7_ACallerClassThatIsNewToASessionIsTold) {
    alerts.onRow(release("s-1", "C"));
    alerts.onRow(release("s-1", "C"));
    EXPECT_TRUE(raised.empty()) << "the first one ever is what is usual";
    alerts.onRow(release("s-2", "E"));
    EXPECT_TRUE(raised.empty());
    alerts.onRow(release("s-1", "E"));
    EXPECT_EQ(names(), Names{"new_caller_class"});
    alerts.onRow(release("s-1", "E"));
    EXPECT_EQ(raised.size(), 1U);
    alerts.remember(release("s-3", "D"));
    alerts.onRow(release("s-3", "D"));
    EXPECT_EQ(raised.size(), 1U) << "usual since before this start";
    alerts.onRow(release("s-3", "F"));
    EXPECT_EQ(raised.size(), 1U) << "one an hour about one program";
}

TEST_F(AlertsTest, A7_RateLimitStormsAndBadClientKeysAreTold) {
    for (int i = 0; i < 3; ++i) {
        alerts.onRow(row("token.denied", "rate_limited"));
        alerts.onRow(row("client.refused", "client_unknown"));
    }
    EXPECT_EQ(names(), (Names{"rate_limit_storm", "bad_client_keys"}));
}

TEST_F(AlertsTest, T_50_DamageAndTamperingAreErrors) {
    AuditLog::Verdict verdict;
    alerts.onVerdict(verdict);
    EXPECT_TRUE(raised.empty());
    verdict.intact = false;
    verdict.firstBad = 13;
    verdict.findings.push_back({13, "edited"});
    alerts.onVerdict(verdict);
    alerts.onUnwritable(Error(ErrorCode::StoreUnavailable, "disk full"));
    alerts.onRow(row("audit.set_aside", ""));
    EXPECT_EQ(names(), (Names{"audit_tampered", "audit_unwritable", "audit_damaged"}));
    for (const Alert& alert : raised)
        EXPECT_EQ(alert.level, "error");
    EXPECT_NE(raised.front().message.find("13"), std::string::npos);
}

TEST_F(AlertsTest, A7_RowsOfAlertsRaiseNone) {
    for (int i = 0; i < 10; ++i)
        alerts.onRow(row("alert.raised", "rate_limited"));
    EXPECT_TRUE(raised.empty());
    EXPECT_EQ(alerts.rowsByKind().at("alert.raised"), 10U);
}

TEST_F(AlertsTest, A7_ManyCallersDoNotFillTheMemory) {
    for (int i = 0; i < 20'000; ++i) {
        alerts.onRow(row("token.denied", "consent_denied", "/bin/" + std::to_string(i)));
        alerts.raise({"warning", "x", "m", "a", std::to_string(i), {}});
    }
    EXPECT_EQ(alerts.recent().size(), 100U);
}

TEST(AlertsOfALogTest, A7_ALogTellsItsObserverOfRowsAndFailures) {
    initialiseSecrets();
    SteadyClock clock;
    Alerts alerts(clock, [](const Alert&) {});
    const auto log = openAuditLog({}, clock);
    ASSERT_TRUE(log.has_value());
    (*log)->observe(&alerts);
    AuditEvent event;
    event.kind = "broker.started";
    ASSERT_TRUE((*log)->append(event).has_value());
    (*log)->stage((*log)->prepare(event));
    EXPECT_EQ(alerts.rowsByKind().at("broker.started"), 1U) << "warm rows are not looked at";
}

} // namespace
} // namespace keybearer::test
