#include "broker/gatekeeper/RouteDesk.h"

#include "tests/broker/gatekeeper/GatekeeperHouse.h"

#include <QTemporaryDir>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

Config withRules() {
    const Result<Config> config = parseConfig("auth:\n"
                                              "  tools:\n"
                                              "    weather: {type: api_key, key_ref: sky}\n",
                                              "/etc/kb/config.yaml", {});
    EXPECT_TRUE(config) << config.error().message;
    return *config;
}

// A shell script plays the gateway and says back whatever it is told.
class RouteDeskTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::ofstream(path("gateway")) << "#!/bin/sh\nexec cat <&3 >&3\n";
        ::chmod(path("gateway").c_str(), 0700);
        GatewayProcess::Setup setup;
        setup.program = path("gateway");
        setup.socket = path("run/mcp.sock");
        process_ = std::make_unique<GatewayProcess>(setup, house_.house.clock);
        QObject::connect(process_.get(), &GatewayProcess::received, process_.get(),
                         [this](const std::string& line) { told_.push_back(Json::parse(line)); });
        desk_ = std::make_unique<CoreDesk>(CoreDesk::Setup{}, *process_, tickets_, house_.exchanges,
                                           house_.access);
        service_.target = house_.target;
        service_.target.name = "desk";
        service_.target.scopes = {"read"};
        routes_ = std::make_unique<RouteDesk>(rooms(), *desk_, *process_, house_.exchanges);
        ASSERT_TRUE(process_->want());
    }
    std::string path(const std::string& name) const {
        return directory_.filePath(QString::fromStdString(name)).toStdString();
    }
    RouteDesk::Rooms rooms() {
        return {[this](const std::string& name) {
                    return name == "desk" ? std::optional(service_) : std::nullopt;
                },
                [this](Caller& caller, const std::string& key) -> Result<void> {
                    if (key != "kbk_good")
                        return failure(ErrorCode::ClientUnknown, "no client has this key");
                    caller.role = role_;
                    caller.clientId = "k_1";
                    caller.prior = PriorGrant{"client:robot", allowed_, until_};
                    return {};
                },
                [this](Caller& caller, const std::string& shown) -> Result<void> {
                    if (shown != "kbc_good")
                        return failure(ErrorCode::ClientUnknown, "nobody has issued this capability");
                    seen_ = caller;
                    caller.role = Role::Agent;
                    caller.capability = "cap_1";
                    caller.prior = PriorGrant{"run:notes", allowed_, std::nullopt};
                    return {};
                },
                [this](const std::string& token, const std::string& service) -> Result<LocalToken> {
                    if (token == "expired.b.c")
                        return failure(ErrorCode::ClientExpired, "the token has expired");
                    if (token != "a.b.c" || service != "desk")
                        return failure(ErrorCode::ClientUnknown, "the token is not good");
                    return token_;
                },
                [this](const std::string& grant) { used_.push_back(grant); },
                [this](const std::string& grant, const std::string&) {
                    endedGrants_.push_back(grant);
                    routes_->grantEnded(grant);
                },
                [this](const Caller&) {
                    return good_ ? Result<void>() : failure(ErrorCode::ClientDisabled, "it was switched off");
                },
                [this](const AuditEvent& event) { refused_.push_back(event); },
                house_.rules,
                house_.house.clock};
    }
    struct Answered {
        int times = 0;
        Result<Json> result = failure(ErrorCode::InternalError, "not yet");
        [[nodiscard]] Json operator[](const char* key) const { return result ? (*result)[key] : Json(); }
        [[nodiscard]] std::int64_t number(const char* key) const {
            const auto* value = result ? nullptr : result.error().detail(key);
            return value == nullptr ? -1 : std::get<std::int64_t>(*value);
        }
        [[nodiscard]] std::string text(const char* key) const {
            const auto* value = result ? nullptr : result.error().detail(key);
            return value == nullptr ? "" : std::get<std::string>(*value);
        }
    };
    Answered admit(const std::string& credential, const std::string& service = "desk",
                   const Json& more = Json::object()) {
        Answered answered;
        Json params{{"service", service},
                    {"credential", credential},
                    {"base", "http://127.0.0.1:4180"},
                    {"socket", false}};
        params.update(more);
        routes_->admit(params, {[&](const Result<Json>& result, const std::vector<int>&) {
                           ++answered.times;
                           answered.result = result;
                       }});
        EXPECT_EQ(answered.times, 1);
        return answered;
    }
    // The words of exchange.end, as the gateway gets them.
    bool toldEnd(const std::string& exchange) {
        return spinUntil([&] {
            return std::any_of(told_.begin(), told_.end(), [&](const Json& line) {
                // Answers, which have no method, are among the lines.
                return line.value("method", "") == "exchange.end" && line["params"]["exchange"] == exchange;
            });
        });
    }

    QTemporaryDir directory_;
    GatekeeperHouse house_{AccessPolicy::Ask, std::chrono::seconds(45), withRules()};
    Tickets tickets_{house_.house.clock};
    RouteService service_;
    std::vector<std::string> allowed_{"mcp.example"};
    std::optional<WallTime> until_;
    Role role_ = Role::Agent;
    LocalToken token_{"g_1",
                      "c_1",
                      "lc_1",
                      "Inspector",
                      "desk",
                      "mcp.example",
                      "ana@example.com",
                      "s_1",
                      {"desk"},
                      FakeClock().wall() + std::chrono::minutes(15)};
    Caller seen_;
    bool good_ = true;
    std::vector<std::string> used_, endedGrants_;
    std::vector<AuditEvent> refused_;
    std::vector<Json> told_;
    std::unique_ptr<GatewayProcess> process_;
    std::unique_ptr<CoreDesk> desk_;
    std::unique_ptr<RouteDesk> routes_;
};

TEST_F(RouteDeskTest, M3_AClientKeyOpensWhatItsListNames) {
    const Answered answer = admit("kbk_good");
    ASSERT_TRUE(answer.result) << answer.result.error().message;
    EXPECT_EQ(answer["service"], "desk");
    EXPECT_EQ(answer["url"], GatekeeperHouse::url);
    EXPECT_EQ(answer["client"], "client:robot");
    EXPECT_EQ(answer["pins"], "warn");
    EXPECT_EQ(answer["user_headers"], false);
    EXPECT_EQ(answer["local"], false);
    EXPECT_EQ(answer["valid_seconds"], 3600);
    const Exchange* exchange = house_.exchanges.find(answer["exchange"]);
    ASSERT_NE(exchange, nullptr);
    EXPECT_EQ(exchange->caller.door, Door::Route);
    EXPECT_EQ(exchange->caller.identity, IdentityClass::Capability);
    EXPECT_EQ(exchange->end, nullptr) << "there is no process to watch";
    EXPECT_EQ(routes_->connected()[0]["kind"], "client_key");
}

TEST_F(RouteDeskTest, M3_AServiceMayBeListedByItsName) {
    allowed_ = {"desk"};
    const Answered answer = admit("kbk_good");
    ASSERT_TRUE(answer.result);
    const PriorGrant& prior = *house_.exchanges.find(answer["exchange"])->caller.prior;
    EXPECT_NE(std::find(prior.allowed.begin(), prior.allowed.end(), "mcp.example"), prior.allowed.end())
        << "and then its tokens are";
}

TEST_F(RouteDeskTest, SEC_G_04_NothingIsOpenBecauseItIsLocal) {
    for (const char* bad : {"", "kbk_other", "kbc_other", "a.b", "Bearer kbk_good"}) {
        const Answered answer = admit(bad);
        ASSERT_FALSE(answer.result) << bad;
        EXPECT_EQ(answer.number("status"), 401) << bad;
        EXPECT_EQ(answer.text("error"), "invalid_token") << bad;
        EXPECT_EQ(answer.text("scope"), "desk") << bad;
    }
    EXPECT_EQ(house_.exchanges.count(), 0U);
    ASSERT_EQ(refused_.size(), 3U) << "of keys and capabilities others tell";
    EXPECT_EQ(refused_[1].kind, "route.refused");
    EXPECT_EQ(refused_[1].why, "client_unknown");
    for (const AuditEvent& event : refused_)
        EXPECT_EQ(event.detail.find("a.b"), std::string::npos) << "no credential is written down";
}

TEST_F(RouteDeskTest, WhatIsNotListedIsForbiddenAndNotUnknown) {
    allowed_ = {"github"};
    Answered answer = admit("kbk_good");
    EXPECT_EQ(answer.number("status"), 403);
    EXPECT_EQ(answer.text("error"), "insufficient_scope");
    EXPECT_EQ(admit("kbc_good").number("status"), 403);
    allowed_ = {"mcp.example"};
    role_ = Role::Readonly;
    EXPECT_EQ(admit("kbk_good").number("status"), 403) << "a role that gets no token";
    EXPECT_EQ(admit("kbk_good", "other").number("status"), 404);
    EXPECT_EQ(house_.exchanges.count(), 0U);
}

TEST_F(RouteDeskTest, SEC_G_05_ATokenOfOursIsForExactlyThisService) {
    const Answered answer = admit("a.b.c");
    ASSERT_TRUE(answer.result);
    EXPECT_EQ(answer["client"], "Inspector");
    EXPECT_EQ(answer["valid_seconds"], 900) << "no longer than the token";
    EXPECT_EQ(used_, std::vector<std::string>{"g_1"});
    const Exchange& exchange = *house_.exchanges.find(answer["exchange"]);
    EXPECT_EQ(exchange.caller.localClient, "lc_1");
    EXPECT_TRUE(exchange.caller.clientId.empty());
    EXPECT_EQ(exchange.target.account, "ana@example.com") << "the sign-in that was agreed to";
    EXPECT_EQ(exchange.caller.prior->why, "gateway:lc_1");
    EXPECT_EQ(exchange.caller.prior->until, token_.expiresAt);
    token_.service = "other";
    service_.target.name = "other";
    EXPECT_FALSE(admit("a.b.c", "desk").result) << "it is not for the other one";
}

TEST_F(RouteDeskTest, M4_ATokenOfOursGetsWhatTheRulesNameForToolsOfTheService) {
    const Answered answer = admit("a.b.c");
    const std::vector<std::string>& allowed =
        house_.exchanges.find(answer["exchange"])->caller.prior->allowed;
    EXPECT_EQ(allowed.size(), 2U);
    for (const char* entry : {"mcp.example:ana@example.com", "apikey:sky"})
        EXPECT_NE(std::find(allowed.begin(), allowed.end(), entry), allowed.end()) << entry;
}

TEST_F(RouteDeskTest, TheTokenOfTheServerComesWithoutAQuestionAndWithItsPerson) {
    house_.session();
    service_.userHeaders = true;
    const Answered answer = admit("a.b.c");
    Exchange& exchange = *house_.exchanges.find(answer["exchange"]);
    const auto wanted = house_.ask(exchange);
    ASSERT_TRUE(spinUntil([&] { return wanted->done; }));
    EXPECT_EQ(wanted->value(), "at-1");
    EXPECT_TRUE(house_.gate.pending().empty());
    const Json person = house_.access.personOf(exchange, wanted->token->serial);
    EXPECT_EQ(person["id"], "42");
    EXPECT_EQ(person["email"], "ana@example.com");
    EXPECT_EQ(person["provider"], "mcp.example");
    EXPECT_EQ(person["method"], "oauth");
    EXPECT_FALSE(person.contains("name"));
    EXPECT_EQ(house_.access.personOf(exchange, "none"), (Json{{"method", "none"}}));
    ASSERT_FALSE(house_.audit.rows.empty());
    EXPECT_EQ(house_.audit.rows.back().client, "lc_1");
    EXPECT_EQ(house_.audit.rows.back().why, "gateway:lc_1");
    EXPECT_NE(house_.audit.rows.back().detail.find("over HTTP"), std::string::npos);
}

TEST_F(RouteDeskTest, AnotherAccountThanTheOneAgreedToIsNotGiven) {
    house_.session();
    token_.account = "ben@example.com";
    const Answered answer = admit("a.b.c");
    const auto wanted = house_.ask(*house_.exchanges.find(answer["exchange"]));
    ASSERT_TRUE(spinUntil([&] { return wanted->done; }));
    ASSERT_TRUE(wanted->token);
    EXPECT_EQ(wanted->token->scheme, "none");
}

TEST_F(RouteDeskTest, ASignInThatIsMissingEndsTheGrantAndOpensNoBrowser) {
    desk_->watchRefusals(
        [this](const std::string& exchange, const Error& error) { routes_->onRefused(exchange, error); });
    const std::string id = admit("a.b.c")["exchange"];
    desk_->onLine(Json{{"jsonrpc", "2.0"},
                       {"id", "q1"},
                       {"method", "exchange.token"},
                       {"params", {{"exchange", id}, {"challenge", {{"status", 401}}}}}}
                      .dump());
    ASSERT_TRUE(toldEnd(id));
    EXPECT_EQ(endedGrants_, std::vector<std::string>{"g_1"});
    EXPECT_TRUE(house_.pages.empty());
    EXPECT_EQ(house_.exchanges.find(id), nullptr);
}

TEST_F(RouteDeskTest, SEC_S_23_WhatWasTakenBackEndsWhatItOpenedAndNothingElse) {
    const std::string key = admit("kbk_good")["exchange"];
    const std::string token = admit("a.b.c")["exchange"];
    token_.grantId = "g_2";
    const std::string other = admit("a.b.c")["exchange"];
    routes_->grantEnded("g_1");
    ASSERT_TRUE(toldEnd(token));
    EXPECT_NE(house_.exchanges.find(other), nullptr);
    EXPECT_NE(house_.exchanges.find(key), nullptr);
    routes_->review();
    EXPECT_EQ(house_.exchanges.count(), 2U) << "all is well";
    good_ = false;
    routes_->review();
    ASSERT_TRUE(toldEnd(key));
    EXPECT_EQ(house_.exchanges.count(), 0U);
}

TEST_F(RouteDeskTest, ReviewLeavesConversationsOverStdioAlone) {
    house_.exchange();
    good_ = false;
    routes_->review();
    EXPECT_EQ(house_.exchanges.count(), 1U);
}

TEST_F(RouteDeskTest, SEC_S_26_FailuresAreCountedAndGoodKeysAreNotKeptOutByThem) {
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(admit("kbk_bad").number("status"), 401);
    const Answered limited = admit("kbk_bad");
    EXPECT_EQ(limited.number("status"), 429);
    ASSERT_TRUE(limited.result.error().retryAfter);
    EXPECT_LE(limited.result.error().retryAfter->count(), 60);
    EXPECT_TRUE(admit("kbk_good").result) << "who has a good key is not kept out";
    EXPECT_EQ(admit("expired.b.c").number("status"), 401) << "nor who has to renew a token";
    house_.house.clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(admit("kbk_bad").number("status"), 401);
    EXPECT_EQ(routes_->counters().limited, 1U);
}

TEST_F(RouteDeskTest, ACapabilityIsHeldAgainstTheProcessWhereThereIsOne) {
    ASSERT_TRUE(admit("kbc_good").result);
    EXPECT_EQ(seen_.pid, 0);
    ASSERT_TRUE(admit("kbc_good", "desk", {{"socket", true}, {"pid", ::getpid()}}).result);
    EXPECT_EQ(seen_.pid, ::getpid());
    EXPECT_NE(seen_.startTime, 0U);
    ASSERT_TRUE(admit("kbc_good", "desk", {{"socket", false}, {"pid", ::getpid()}}).result);
    EXPECT_EQ(seen_.pid, 0) << "a number that came over TCP says nothing";
    EXPECT_EQ(routes_->connected()[0]["kind"], "capability");
}

TEST_F(RouteDeskTest, OfSeveralSignInsTheListedOneIsMeant) {
    allowed_ = {"mcp.example:ben@example.com"};
    const Answered answer = admit("kbk_good");
    EXPECT_EQ(house_.exchanges.find(answer["exchange"])->target.account, "ben@example.com");
}

TEST_F(RouteDeskTest, TooManyConversationsAreRefusedWithAWait) {
    for (std::size_t i = 0; i < Exchanges::most; ++i)
        ASSERT_TRUE(admit("kbk_good").result);
    EXPECT_EQ(admit("kbk_good").number("status"), 429);
}

} // namespace
} // namespace keybearer
