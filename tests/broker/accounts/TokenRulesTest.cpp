// The order of checks before a token leaves: rate limit, rules, selection, consent, policy server, release.
#include "broker/accounts/TokenBroker.h"

#include "tests/broker/accounts/ListedAudit.h"
#include "tests/broker/accounts/RotationHouse.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

// Answers when the test says so.
class ScriptedPolicy final : public PolicyDecision {
public:
    void decide(const PolicyQuestion& question, Completion<PolicyVerdict> done) override {
        questions.push_back(question);
        waiting.push_back(std::move(done));
    }
    void answer(Result<PolicyVerdict> verdict) {
        const Completion<PolicyVerdict> done = std::move(waiting.front());
        waiting.erase(waiting.begin());
        done(std::move(verdict));
    }
    std::vector<PolicyQuestion> questions;
    std::vector<Completion<PolicyVerdict>> waiting;
};

struct Outcome {
    bool done = false;
    Result<TokenGrant> grant = failure(ErrorCode::InternalError, "no answer yet");
    [[nodiscard]] ErrorCode code() const { return grant ? ErrorCode::InternalError : grant.error().code; }
};

class TokenRulesTest : public ::testing::Test {
protected:
    TokenRulesTest() {
        caller.executable = "/usr/bin/curl";
        caller.pid = ::getpid();
    }

    // The rules of the text; providers are those of the house.
    void rulesOf(const std::string& text) {
        const Result<Config> config = parseConfig(text, "/etc/kb/config.yaml", {});
        ASSERT_TRUE(config) << config.error().message;
        Result<AuthRules> compiled = AuthRules::compile(*config, house.catalog.names());
        ASSERT_TRUE(compiled) << compiled.error().message;
        rules = std::make_unique<AuthRules>(std::move(*compiled));
    }
    void build(RateLimit limit = {}, PolicyDecision* opinion = nullptr) {
        limiter = std::make_unique<RateLimiter>(limit, RateLimit{}, house.clock);
        broker = std::make_unique<TokenBroker>(
            TokenBroker::Rooms{house.registry, house.refresher, gate, audit, house.catalog, house.clock,
                               rules.get(), limiter.get(), opinion, &brake});
    }
    std::shared_ptr<Outcome> ask(TokenWish wish) {
        auto outcome = std::make_shared<Outcome>();
        broker->request(1, caller, std::move(wish), [outcome](Result<TokenGrant> grant) {
            EXPECT_FALSE(outcome->done) << "completed twice";
            outcome->grant = std::move(grant);
            outcome->done = true;
        });
        return outcome;
    }
    std::shared_ptr<Outcome> askTool(const std::string& tool, const std::string& service = "") {
        TokenWish wish;
        wish.tool = tool;
        wish.service = service;
        return ask(std::move(wish));
    }
    std::shared_ptr<Outcome> askProvider(const std::string& provider, const std::string& tool = "") {
        TokenWish wish;
        wish.selector.provider = provider;
        wish.tool = tool;
        return ask(std::move(wish));
    }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    NoConsents consents;
    ListedAudit audit;
    AuditBrake brake{audit, house.clock};
    ConsentGate gate{{AccessPolicy::Ask, {{"/usr/bin/curl", {"corp", "apikey"}}}, "", [] { return false; }},
                     consents,
                     house.clock};
    ScriptedPolicy policy;
    std::unique_ptr<AuthRules> rules;
    std::unique_ptr<RateLimiter> limiter;
    std::unique_ptr<TokenBroker> broker;
    Caller caller;
};

TEST_F(TokenRulesTest, A4_AToolAloneGetsWhatItsRuleSays) {
    const std::string ana = house.signIn("ana");
    const std::string bea = house.signIn("bea", "rt-2");
    rulesOf("auth:\n"
            "  tools:\n"
            "    calendar.read: {provider: corp, account: ana@example.com}\n"
            "    calendar.write: {provider: corp, account: bea@example.com}\n");
    build();
    EXPECT_EQ(askTool("calendar.read")->grant->record.id, ana) << "two tools of one server, two accounts";
    EXPECT_EQ(askTool("calendar.write")->grant->record.id, bea);
    EXPECT_EQ(audit.rows.back().tool, "calendar.write");
    EXPECT_EQ(audit.rows.back().detail, "rule: tool calendar.write (config.yaml:4)");
    EXPECT_EQ(broker->counters().providers.at("corp").released, 2U) << "counted where it came from";
    const auto nothing = askTool("weather");
    EXPECT_EQ(nothing->code(), ErrorCode::NotConfigured);
    EXPECT_NE(nothing->grant.error().action.find("auth explain"), std::string::npos);
}

TEST_F(TokenRulesTest, A4_ARuleCanChooseAnApiKey) {
    house.open();
    ASSERT_TRUE(house.registry.addApiKey("weather", {}, Secret::copyOf("k-1"), std::nullopt));
    rulesOf("auth: {service_overrides: {sky: {type: api_key, key_ref: weather}}}");
    build();
    const auto outcome = askTool("forecast", "sky");
    ASSERT_TRUE(outcome->grant) << outcome->grant.error().message;
    EXPECT_EQ(outcome->grant->accessToken.reveal(), "k-1");
    EXPECT_EQ(askProvider("apikey", "sky.forecast")->grant->accessToken.reveal(), "k-1");
}

TEST_F(TokenRulesTest, A4_WhatIsNamedMustNotContradictTheToolsRule) {
    static_cast<void>(house.signIn());
    rulesOf("auth: {default_auth: {provider: robots}, service_overrides: {kiosk: {provider: kiosk}}}");
    build();
    EXPECT_TRUE(askProvider("corp", "weather")->grant) << "a default is for who names nothing";
    const auto other = askProvider("corp", "kiosk.print");
    EXPECT_EQ(other->code(), ErrorCode::PolicyDenied);
    EXPECT_EQ(std::get<std::string>(*other->grant.error().detail("rule")), "auth.service_overrides.kiosk");
    EXPECT_EQ(audit.rows.back().kind, "policy.denied");
    EXPECT_EQ(audit.rows.back().tool, "kiosk.print");
}

TEST_F(TokenRulesTest, A4_ASignInByResourceMustBeOfTheToolsProvider) {
    static_cast<void>(house.signIn());
    rulesOf("auth: {tools: {print: {provider: kiosk}}}");
    build();
    TokenWish wish;
    wish.selector.resource = "https://login.example.com"; // the issuer of corp's sign-in
    EXPECT_TRUE(ask(wish)->grant);
    wish.tool = "print";
    EXPECT_EQ(ask(wish)->code(), ErrorCode::PolicyDenied);
}

TEST_F(TokenRulesTest, TheAddressOfAServiceMeansItsProvider) {
    static_cast<void>(house.signIn());
    rulesOf("services: {hub: {url: \"https://hub.example/mcp\", provider: corp}}");
    build();
    TokenWish wish;
    wish.selector.resource = "https://hub.example/mcp";
    EXPECT_TRUE(ask(wish)->grant);
    wish.selector.resource = "https://HUB.example/mcp";
    EXPECT_TRUE(ask(wish)->grant);
    wish.selector.resource = "https://other.example/mcp";
    EXPECT_FALSE(ask(wish)->grant);
}

TEST_F(TokenRulesTest, A4_TheScopesOfARuleMustBeCovered) {
    static_cast<void>(house.signIn()); // read
    rulesOf(
        "auth: {tools: {save: {provider: corp, scopes: [write]}, look: {provider: corp, scopes: [read]}}}");
    build();
    EXPECT_EQ(askTool("save")->code(), ErrorCode::InsufficientScope);
    EXPECT_TRUE(askTool("look")->grant);
}

TEST_F(TokenRulesTest, A4_AnotherAccountThanTheRulesIsRefused) {
    static_cast<void>(house.signIn("ana"));
    static_cast<void>(house.signIn("bea", "rt-2"));
    rulesOf("auth: {tools: {read: {provider: corp, account: ana@example.com}}}");
    build();
    TokenWish wish;
    wish.tool = "read";
    wish.selector.account = "bea@example.com";
    EXPECT_EQ(ask(wish)->code(), ErrorCode::PolicyDenied);
    wish.selector.account = "ana@example.com";
    EXPECT_TRUE(ask(wish)->grant);
}

TEST_F(TokenRulesTest, A4_AServiceIsKnownByItsNameAlsoWhereAProviderIsAskedFor) {
    static_cast<void>(house.signIn());
    rulesOf("services:\n"
            "  calculator: {url: 'https://calc.example.com/mcp', provider: corp, scopes: [read]}\n"
            "  linear: {url: 'https://mcp.example.com/mcp'}\n");
    build();
    EXPECT_TRUE(askTool("", "calculator")->grant);
    EXPECT_TRUE(askProvider("calculator")->grant);
    EXPECT_EQ(askTool("", "linear")->code(), ErrorCode::NotConfigured);
    const auto unknown = askTool("", "calculater");
    EXPECT_EQ(unknown->code(), ErrorCode::NotFound);
    EXPECT_EQ(std::get<std::string>(*unknown->grant.error().detail("did_you_mean")), "calculator");
}

TEST_F(TokenRulesTest, A4_WhoHasToSignInFirstIsToldTheWayOfTheRule) {
    rulesOf("auth: {tools: {a: {type: device_code, provider: kiosk}, b: {type: service_account, provider: "
            "robots}}}");
    build();
    const Error device = askTool("a")->grant.error();
    EXPECT_EQ(device.code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(std::get<std::string>(*device.detail("auth_type")), "device_code");
    EXPECT_EQ(std::get<std::string>(*device.detail("instructions")), "Run: keybearer login kiosk --device");
    EXPECT_EQ(std::get<std::string>(*askTool("b")->grant.error().detail("auth_type")), "service_account");
}

TEST_F(TokenRulesTest, A4_AServiceAccountIsNotAPersonsSignIn) {
    static_cast<void>(house.signIn());
    rulesOf("auth: {tools: {b: {type: service_account, provider: corp}}}");
    build();
    EXPECT_EQ(askTool("b")->code(), ErrorCode::AuthorizationRequired);
}

TEST_F(TokenRulesTest, A6_TheLimitComesFirstAndCountsWarmAnswersToo) {
    static_cast<void>(house.signIn());
    build({60, 60s, 4});
    const auto first = askProvider("corp");
    ASSERT_TRUE(first->grant && first->grant->warm);
    WarmTerms terms = *first->grant->warm;
    EXPECT_TRUE(broker->renew(terms));
    EXPECT_TRUE(broker->renew(terms));
    EXPECT_TRUE(broker->renew(terms));
    EXPECT_FALSE(broker->renew(terms)) << "the fifth";
    EXPECT_EQ(audit.staged.size(), 3U);
    const auto refused = askProvider("corp");
    EXPECT_EQ(refused->code(), ErrorCode::RateLimited);
    EXPECT_EQ(refused->grant.error().retryAfter, 1s);
    house.clock.advance(1s);
    EXPECT_TRUE(broker->renew(terms)) << "what was prepared is still good";
}

TEST_F(TokenRulesTest, T07_AStormIsOneRowInTenSeconds) {
    static_cast<void>(house.signIn());
    build({60, 60s, 1});
    for (int i = 0; i < 1000; ++i) {
        static_cast<void>(askProvider("corp"));
        house.clock.advance(5ms);
    }
    house.clock.advance(10s);
    brake.tell();
    std::vector<std::string> storms;
    for (const AuditEvent& row : audit.rows) {
        if (row.kind == "rate.limited")
            storms.push_back(row.detail);
    }
    ASSERT_EQ(storms.size(), 2U);
    EXPECT_NE(storms.back().find("more like this"), std::string::npos);
    EXPECT_EQ(broker->counters().providers.at("corp").released, 5U);
}

TEST_F(TokenRulesTest, R10_ThePolicyServerIsAskedAfterTheConsentAndCanOnlyRefuse) {
    static_cast<void>(house.signIn());
    build({}, &policy);
    caller.executable = "/tmp/unknown";
    EXPECT_EQ(askProvider("corp")->code(), ErrorCode::ConsentUnavailable);
    EXPECT_TRUE(policy.questions.empty()) << "no yes of a server stands for a person's";

    caller.executable = "/usr/bin/curl";
    caller.clientId = "c1";
    const auto allowed = askProvider("corp", "calendar.read");
    ASSERT_EQ(policy.questions.size(), 1U);
    const PolicyQuestion& question = policy.questions.front();
    EXPECT_EQ(question.action, "token.get");
    EXPECT_EQ(question.executable, "/usr/bin/curl");
    EXPECT_EQ(question.client, "c1");
    EXPECT_EQ(question.provider, "corp");
    EXPECT_EQ(question.account, "42@example.com");
    EXPECT_EQ(question.tool, "calendar.read");
    EXPECT_EQ(question.scopes, std::vector<std::string>{"read"});
    EXPECT_FALSE(allowed->done);
    policy.answer(PolicyVerdict{true, house.clock.boot() + 5s});
    ASSERT_TRUE(allowed->done && allowed->grant);
    EXPECT_EQ(audit.rows.back().detail, "policy: allowed");

    const auto denied = askProvider("corp");
    policy.answer(PolicyVerdict{false, house.clock.boot() + 5s});
    EXPECT_EQ(denied->code(), ErrorCode::PolicyDenied);
    EXPECT_EQ(audit.rows.back().kind, "policy.denied");
    const auto silent = askProvider("corp");
    policy.answer(failure(ErrorCode::PolicyUnavailable, "no answer in time"));
    EXPECT_EQ(silent->code(), ErrorCode::PolicyUnavailable);
    EXPECT_EQ(audit.rows.back().kind, "policy.unavailable");
    EXPECT_EQ(audit.rows.back().detail, "no answer in time");
}

TEST_F(TokenRulesTest, R10_AWarmAnswerEndsWithThePolicysDecision) {
    static_cast<void>(house.signIn());
    build({}, &policy);
    const auto outcome = askProvider("corp");
    policy.answer(PolicyVerdict{true, house.clock.boot() + 5s});
    ASSERT_TRUE(outcome->grant && outcome->grant->warm);
    house.clock.advance(4999ms);
    EXPECT_TRUE(broker->renew(*outcome->grant->warm));
    house.clock.advance(1ms);
    EXPECT_FALSE(broker->renew(*outcome->grant->warm));
    const auto uncached = askProvider("corp");
    policy.answer(PolicyVerdict{true, house.clock.boot()});
    ASSERT_TRUE(uncached->grant);
    EXPECT_FALSE(uncached->grant->warm) << "without a cache every answer is decided anew";
}

TEST_F(TokenRulesTest, R1_PermissionsThatChangeWhileAServerIsAskedAreLookedAtAgain) {
    static_cast<void>(house.signIn());
    build({}, &policy);
    const auto outcome = askProvider("corp");
    Q_EMIT gate.changed();
    policy.answer(PolicyVerdict{true, house.clock.boot() + 5s});
    ASSERT_EQ(policy.waiting.size(), 1U) << "the gate and the server are asked again";
    EXPECT_FALSE(outcome->done);
    policy.answer(PolicyVerdict{true, house.clock.boot() + 5s});
    EXPECT_TRUE(outcome->done && outcome->grant);
}

TEST_F(TokenRulesTest, R1_ASessionThatIsRemovedWhileAServerIsAskedIsNotReleased) {
    const std::string id = house.signIn();
    build({}, &policy);
    const auto outcome = askProvider("corp");
    house.registry.erase(id, [](const Result<void>&) {});
    policy.answer(PolicyVerdict{true, house.clock.boot() + 5s});
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->code(), ErrorCode::NotFound);
}

} // namespace
} // namespace keybearer
