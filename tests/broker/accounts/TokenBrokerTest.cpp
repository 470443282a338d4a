#include "broker/accounts/TokenBroker.h"

#include "broker/accounts/ResourceEntries.h"
#include "tests/broker/accounts/ListedAudit.h"
#include "tests/broker/accounts/RotationHouse.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class TokenBrokerTest : public ::testing::Test {
protected:
    TokenBrokerTest() {
        caller.executable = "/usr/bin/curl";
        caller.pid = ::getpid();
    }
    struct Outcome {
        bool done = false;
        Result<TokenGrant> grant = failure(ErrorCode::InternalError, "no answer yet");
    };
    std::shared_ptr<Outcome> ask(const std::string& provider = "corp", std::chrono::seconds minValid = 0s,
                                 std::vector<std::string> scopes = {}) {
        auto outcome = std::make_shared<Outcome>();
        TokenWish wish;
        wish.selector.provider = provider;
        wish.minValid = minValid;
        wish.scopes = std::move(scopes);
        broker.request(1, caller, std::move(wish), [outcome](Result<TokenGrant> grant) {
            outcome->grant = std::move(grant);
            outcome->done = true;
        });
        return outcome;
    }

    std::shared_ptr<Outcome> askKey(const std::string& name) {
        auto outcome = std::make_shared<Outcome>();
        TokenWish wish;
        wish.selector.provider = apiKeyProvider;
        wish.selector.account = name;
        broker.request(1, caller, std::move(wish), [outcome](Result<TokenGrant> grant) {
            outcome->grant = std::move(grant);
            outcome->done = true;
        });
        return outcome;
    }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    NoConsents consents;
    ListedAudit audit;
    AccessPolicy policy = AccessPolicy::Ask;
    ConsentGate gate{{AccessPolicy::Ask,
                      {{"/usr/bin/curl", {"corp", "files"}}, {"/usr/bin/git", {"apikey"}}},
                      "",
                      [] { return false; }},
                     consents,
                     house.clock};
    TokenBroker broker{{house.registry, house.refresher, gate, audit, house.catalog, house.clock}};
    Caller caller;
};

TEST_F(TokenBrokerTest, R8_AFreshTokenIsReleasedAtOnceAfterItsAuditRow) {
    const std::string id = house.signIn();
    const auto outcome = ask();
    ASSERT_TRUE(outcome->done && outcome->grant);
    EXPECT_EQ(outcome->grant->accessToken.reveal(), "at-1");
    ASSERT_EQ(audit.rows.size(), 1U);
    EXPECT_EQ(audit.rows.front().kind, "token.released");
    EXPECT_EQ(audit.rows.front().sessionId, id);
    EXPECT_EQ(audit.rows.front().why, "callers");
    EXPECT_EQ(house.registry.find(id)->record.lastUsedBy, "/usr/bin/curl");
}

// In the configuration, or in a directory of servers, a name may come to mean another server.
TEST_F(TokenBrokerTest, T25_SEC_C_19_ATokenOfOneServerIsNotThatOfAnotherWithItsName) {
    house.open();
    TokenSet tokens;
    tokens.accessToken = AccessToken(Secret::copyOf("at-1"));
    tokens.tokenType = "Bearer";
    tokens.expiresIn = 3600s;
    tokens.receivedAt = house.clock.wall();
    AccountRegistry::SignedIn who;
    who.provider = "files";
    who.providerName = "files";
    who.issuer = "https://as.example";
    who.resource = "https://files.example/mcp";
    who.account = {"42", "42"};
    ASSERT_TRUE(house.registry.adopt(std::move(who), std::move(tokens)));
    const auto means = [&](const std::string& url) {
        house.catalog.adopt(undiscoveredEntry("files", url));
        return ask("files");
    };
    EXPECT_TRUE(means("https://files.example/mcp")->grant);
    for (const char* other : {"https://other.example/mcp", "https://files.example/other",
                              "https://files.example:8443/mcp", "https://files.example/mcp2"}) {
        const auto outcome = means(other);
        ASSERT_FALSE(outcome->grant) << other;
        EXPECT_EQ(outcome->grant.error().code, ErrorCode::AuthorizationRequired) << other;
    }
}

TEST_F(TokenBrokerTest, T50_WithoutAnAuditRowNoTokenLeaves) {
    static_cast<void>(house.signIn());
    audit.broken = true;
    const auto outcome = ask();
    ASSERT_TRUE(outcome->done);
    ASSERT_FALSE(outcome->grant);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::StoreUnavailable);
}

TEST_F(TokenBrokerTest, T02_AnUnknownCallerGetsNothingAndIsWrittenDown) {
    static_cast<void>(house.signIn());
    caller.executable = "/tmp/unknown";
    const auto outcome = ask();
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::ConsentUnavailable);
    ASSERT_EQ(audit.rows.size(), 1U);
    EXPECT_EQ(audit.rows.front().kind, "token.denied");
    EXPECT_EQ(audit.rows.front().why, "consent_unavailable");
}

TEST_F(TokenBrokerTest, O2_EveryOutcomeIsCountedByProviderAndTimed) {
    static_cast<void>(house.signIn());
    const auto first = ask();
    ASSERT_TRUE(first->grant && first->grant->warm);
    WarmTerms terms = *first->grant->warm;
    ASSERT_TRUE(broker.renew(terms));
    ASSERT_TRUE(broker.renew(terms));
    static_cast<void>(ask("nobody-knows-this"));
    caller.executable = "/tmp/unknown";
    static_cast<void>(ask());
    const TokenCounters& counters = broker.counters();
    EXPECT_EQ(counters.providers.at("corp").released, 3U) << "warm ones count";
    EXPECT_EQ(counters.providers.at("corp").refused.at("consent_unavailable"), 1U);
    EXPECT_EQ(counters.providers.at("").refused.at("not_found"), 1U);
    EXPECT_FALSE(counters.providers.contains("nobody-knows-this")) << "anybody can invent labels";
    std::uint64_t timed = 0;
    for (const std::uint64_t count : counters.latency.counts)
        timed += count;
    EXPECT_EQ(timed, 3U) << "warm answers are not timed";
}

TEST_F(TokenBrokerTest, A7_TheRowSaysHowLongTheAnswerTook) {
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto outcome = ask(); // has to be refreshed first
    ASSERT_TRUE(house.requestWaits());
    house.clock.advance(250ms);
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    ASSERT_FALSE(audit.rows.empty());
    EXPECT_GE(audit.rows.back().latencyMicroseconds, 250'000);
    EXPECT_EQ(house.refresher.counters().at("corp").at("ok"), 1U);
}

TEST_F(TokenBrokerTest, AnExpiredTokenIsRefreshedFirst) {
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto outcome = ask();
    EXPECT_FALSE(outcome->done);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->grant->accessToken.reveal(), "at-2");
}

TEST_F(TokenBrokerTest, MinValidSecondsForcesARefresh) {
    static_cast<void>(house.signIn());
    house.clock.advance(600s);
    EXPECT_TRUE(ask("corp", 2900s)->done);
    EXPECT_FALSE(ask("corp", 3100s)->done);
}

TEST_F(TokenBrokerTest, ATokenThatStillLivesIsServedWhenTheRefreshFails) {
    static_cast<void>(house.signIn());
    house.clock.advance(3595s);
    const auto outcome = ask();
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(503, "busy", {{"Retry-After", "60"}});
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    ASSERT_TRUE(outcome->grant);
    EXPECT_EQ(outcome->grant->accessToken.reveal(), "at-1");
}

TEST_F(TokenBrokerTest, AnExpiredTokenIsNeverServedWhenTheRefreshFails) {
    static_cast<void>(house.signIn());
    house.clock.advance(3601s);
    const auto outcome = ask();
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(503, "busy", {{"Retry-After", "60"}});
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(outcome->grant.error().retryAfter, 60s);
}

TEST_F(TokenBrokerTest, ScopesThatWereNotGrantedAreNamed) {
    static_cast<void>(house.signIn());
    const auto outcome = ask("corp", 0s, {"read", "write"});
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::InsufficientScope);
    EXPECT_NE(outcome->grant.error().message.find("write"), std::string::npos);
}

TEST_F(TokenBrokerTest, AMistypedProviderIsSuggested) {
    const auto outcome = ask("crop");
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::NotFound);
    EXPECT_EQ(std::get<std::string>(*outcome->grant.error().detail("did_you_mean")), "corp");
}

TEST_F(TokenBrokerTest, ADeadSignInSaysSoWithItsReason) {
    const std::string id = house.signIn();
    house.registry.markNeedsSignIn(id, "revoked", "gone");
    const auto outcome = ask();
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::SignInAgain);
    EXPECT_EQ(std::get<std::string>(*outcome->grant.error().detail("reason")), "revoked");
}

TEST_F(TokenBrokerTest, TheWarmPathStagesARowEachTime) {
    static_cast<void>(house.signIn());
    auto outcome = ask();
    ASSERT_TRUE(outcome->grant->warm);
    EXPECT_TRUE(broker.renew(*outcome->grant->warm));
    EXPECT_TRUE(broker.renew(*outcome->grant->warm));
    EXPECT_EQ(audit.staged.size(), 2U);
}

TEST_F(TokenBrokerTest, TheWarmPathEndsWithTheTokenTheSessionAndTheConsent) {
    const std::string id = house.signIn();
    auto first = ask();
    house.clock.advance(301s);
    EXPECT_FALSE(broker.renew(*first->grant->warm)) << "never longer than five minutes";
    auto second = ask();
    house.registry.setProblem(id, "something changed");
    EXPECT_FALSE(broker.renew(*second->grant->warm));
    auto third = ask();
    Q_EMIT gate.changed();
    EXPECT_FALSE(broker.renew(*third->grant->warm));
    house.clock.advance(3600s - 301s - 15s);
    auto fourth = ask();
    ASSERT_TRUE(fourth->done && fourth->grant->warm);
    house.clock.advance(6s);
    EXPECT_FALSE(broker.renew(*fourth->grant->warm)) << "the token is no longer fresh";
}

TEST_F(TokenBrokerTest, AWallClockThatJumpsDoesNotProlongTheWarmPath) {
    static_cast<void>(house.signIn());
    auto outcome = ask();
    house.clock.advance(301s);
    house.clock.jumpWall(-3600s);
    EXPECT_FALSE(broker.renew(*outcome->grant->warm));
}

TEST_F(TokenBrokerTest, P8_AnApiKeyIsServedWarmLikeAToken) {
    caller.executable = "/usr/bin/git";
    house.open();
    ASSERT_TRUE(house.registry.addApiKey("weather", {}, Secret::copyOf("k-1"), std::nullopt));
    const auto outcome = askKey("weather");
    ASSERT_TRUE(outcome->done);
    ASSERT_TRUE(outcome->grant) << outcome->grant.error().message;
    EXPECT_EQ(outcome->grant->accessToken.reveal(), "k-1");
    EXPECT_EQ(outcome->grant->tokenType, "ApiKey");
    ASSERT_TRUE(outcome->grant->warm);
    EXPECT_TRUE(broker.renew(*outcome->grant->warm));
    ApiKeyTerms off = outcome->grant->record.apiKey;
    off.active = false;
    ASSERT_TRUE(house.registry.setApiKeyTerms(outcome->grant->record.id, off));
    EXPECT_FALSE(broker.renew(*outcome->grant->warm)) << "a key that is off is not handed out from memory";
    EXPECT_EQ(askKey("weather")->grant.error().code, ErrorCode::PolicyDenied);
}

TEST_F(TokenBrokerTest, P8_AnExpiredApiKeyIsNotServed) {
    caller.executable = "/usr/bin/git";
    house.open();
    ASSERT_TRUE(house.registry.addApiKey("weather", {}, Secret::copyOf("k-1"),
                                         house.clock.wall() + std::chrono::hours(1)));
    const auto before = askKey("weather");
    ASSERT_TRUE(before->done && before->grant);
    house.clock.advance(std::chrono::hours(1));
    EXPECT_FALSE(broker.renew(*before->grant->warm));
    const auto outcome = askKey("weather");
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::SignInAgain);
    EXPECT_EQ(std::get<std::string>(*outcome->grant.error().detail("reason")), "expired");
    EXPECT_NE(outcome->grant.error().action.find("apikey rotate weather"), std::string::npos);
}

TEST_F(TokenBrokerTest, P8_AnApiKeyNeedsConsentAsATokenDoes) {
    house.open();
    ASSERT_TRUE(house.registry.addApiKey("weather", {}, Secret::copyOf("k-1"), std::nullopt));
    EXPECT_EQ(askKey("weather")->grant.error().code, ErrorCode::ConsentUnavailable);
}

TEST_F(TokenBrokerTest, P8_AnUnknownApiKeyIsSuggested) {
    EXPECT_EQ(askKey("weather")->grant.error().code, ErrorCode::NotFound);
    EXPECT_EQ(ask("apikey")->grant.error().code, ErrorCode::AuthorizationRequired);
    house.open();
    ASSERT_TRUE(house.registry.addApiKey("weather", {}, Secret::copyOf("k-1"), std::nullopt));
    const auto outcome = askKey("wether");
    EXPECT_EQ(std::get<std::string>(*outcome->grant.error().detail("did_you_mean")), "weather");
}

} // namespace
} // namespace keybearer
