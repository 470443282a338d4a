// What may change while a person, a provider or a policy server is waited for, and what a permission that
// came before is then still worth.
#include "broker/accounts/TokenBroker.h"

#include "tests/broker/accounts/ListedAudit.h"
#include "tests/broker/accounts/RotationHouse.h"

#include <csignal>
#include <sys/wait.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class TokenMeanwhileTest : public ::testing::Test {
protected:
    TokenMeanwhileTest() {
        caller.executable = "/usr/bin/curl";
        caller.executableHash = "aa11";
        caller.identity = IdentityClass::Native;
        caller.systemOwned = true;
        caller.pid = ::getpid();
    }
    struct Outcome {
        bool done = false;
        Result<TokenGrant> grant = failure(ErrorCode::InternalError, "no answer yet");
        [[nodiscard]] bool refused(ErrorCode code) const {
            return done && !grant && grant.error().code == code;
        }
    };
    std::shared_ptr<Outcome> ask(CredentialSelector selector = {"corp", std::nullopt, std::nullopt}) {
        auto outcome = std::make_shared<Outcome>();
        TokenWish wish;
        wish.selector = std::move(selector);
        broker.request(1, caller, std::move(wish), [outcome](Result<TokenGrant> grant) {
            outcome->grant = std::move(grant);
            outcome->done = true;
        });
        return outcome;
    }
    void answer(ConsentDecision decision) {
        ASSERT_EQ(gate.pending().size(), 1U);
        ASSERT_TRUE(gate.answer(gate.pending().front().id, decision));
    }
    static std::string tokenWith(const std::string& scope) {
        return R"({"access_token":"at-2","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-2",)"
               R"("scope":")" +
               scope + R"("})";
    }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    NoConsents consents;
    ListedAudit audit;
    bool same = true;
    ConsentGate gate{{AccessPolicy::Ask, {}, "", [] { return true; }, [this](const Caller&) { return same; }},
                     consents,
                     house.clock};
    TokenBroker broker{{house.registry, house.refresher, gate, audit, house.catalog, house.clock}};
    Caller caller;
};

TEST_F(TokenMeanwhileTest, R1_ATokenThatGotMoreScopesWhileAPersonWasAskedIsAskedAboutAnew) {
    const std::string id = house.signIn();
    const auto outcome = ask();
    const std::string question = gate.pending().front().id;
    CredentialSecrets more = house.secrets(id);
    ++more.generation;
    more.scopes = {"read", "write"};
    ASSERT_TRUE(house.registry.publish(id, more)); // a new sign-in of the same account does the same
    ASSERT_TRUE(gate.answer(question, ConsentDecision::AllowOnce));
    EXPECT_FALSE(outcome->done) << "what was allowed was read, and this is read and write";
    ASSERT_EQ(gate.pending().size(), 1U);
    EXPECT_EQ(gate.pending().front().subject.scopes, (std::vector<std::string>{"read", "write"}));
    answer(ConsentDecision::AllowOnce);
    ASSERT_TRUE(outcome->done && outcome->grant);
    EXPECT_EQ(outcome->grant->record.scopes.size(), 2U);
}

TEST_F(TokenMeanwhileTest, R1_ARefreshThatBringsMoreScopesIsAskedAboutAnew) {
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto outcome = ask();
    answer(ConsentDecision::Allow);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, tokenWith("read admin"));
    ASSERT_TRUE(spinUntil([&] { return !gate.pending().empty() || outcome->done; }));
    EXPECT_FALSE(outcome->done);
    answer(ConsentDecision::Deny);
    EXPECT_TRUE(outcome->refused(ErrorCode::ConsentDenied));
    for (const AuditEvent& row : audit.rows)
        EXPECT_NE(row.kind, "token.released");
}

TEST_F(TokenMeanwhileTest, ARefreshThatBringsFewerScopesIsNoQuestion) {
    house.clock.advance(1s);
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto outcome = ask();
    answer(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, tokenWith("read"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->grant);
}

TEST_F(TokenMeanwhileTest, AConsentThatEndsWhileTheProviderIsWaitedForDoesNotCount) {
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto first = ask();
    answer(ConsentDecision::Allow);
    ASSERT_TRUE(house.requestWaits());
    house.clock.advance(std::chrono::hours(24 * 30));
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return !gate.pending().empty() || first->done; }));
    EXPECT_FALSE(first->done) << "thirty days were over";
}

TEST_F(TokenMeanwhileTest, T03_AProgramThatExecutesAnotherWhileTheProviderIsWaitedForGetsNothing) {
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto outcome = ask();
    answer(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.requestWaits());
    same = false;
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->refused(ErrorCode::ConsentDenied));
    EXPECT_EQ(audit.rows.back().kind, "token.denied");
}

TEST_F(TokenMeanwhileTest, T03_PreparedAnswersEndWithinASecondWhenTheProcessIsAnother) {
    static_cast<void>(house.signIn());
    const pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    caller.process = std::make_shared<const PeerProcess>(
        PeerProcess{{1000, child}, ProcessPin::ofProcess(child), markOf(child)});
    const auto outcome = ask();
    answer(ConsentDecision::Allow);
    ASSERT_TRUE(outcome->grant && outcome->grant->warm);
    WarmTerms terms = *outcome->grant->warm;
    house.clock.advance(1s);
    EXPECT_TRUE(broker.renew(terms));
    const std::size_t rows = audit.staged.size();
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    house.clock.advance(1s);
    EXPECT_FALSE(broker.renew(terms));
    EXPECT_EQ(audit.staged.size(), rows) << "no row for what did not leave";
}

TEST_F(TokenMeanwhileTest, WhatIsNotListedTellsNothingOfItself) {
    const std::string id = house.signIn();
    house.registry.markNeedsSignIn(id, "revoked", "the provider has ended it");
    caller.prior = PriorGrant{"client:ci", {"corp:somebody@example.com"}, std::nullopt};
    const auto outcome = ask();
    ASSERT_TRUE(outcome->refused(ErrorCode::PolicyDenied)) << "not: sign_in_again";
    EXPECT_EQ(outcome->grant.error().message.find("42@"), std::string::npos);
    EXPECT_EQ(audit.rows.back().account, "42@example.com") << "the log says what it was about";
}

TEST_F(TokenMeanwhileTest, NobodyCanTryOutThroughTheAgentSocketWhatThereIs) {
    static_cast<void>(house.signIn());
    caller.door = Door::Agent;
    caller.prior = PriorGrant{"agent", {"corp:somebody@example.com"}, std::nullopt};
    const auto there = ask({"corp", std::nullopt, "42@example.com"});
    const auto nowhere = ask({"corp", std::nullopt, "43@example.com"});
    const auto resource = ask({std::nullopt, "https://mcp.example.com", std::nullopt});
    for (const auto& outcome : {there, nowhere, resource}) {
        ASSERT_TRUE(outcome->refused(ErrorCode::PolicyDenied));
        EXPECT_EQ(outcome->grant.error().message, there->grant.error().message);
        EXPECT_TRUE(outcome->grant.error().details.empty());
    }
    EXPECT_TRUE(ask({"corp", std::nullopt, "somebody@example.com"})->refused(ErrorCode::NotFound))
        << "what is listed may be told of";
}

} // namespace
} // namespace keybearer
