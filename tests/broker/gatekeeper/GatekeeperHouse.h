#pragma once

#include "broker/accounts/SignInDesk.h"
#include "broker/gatekeeper/UpstreamAccess.h"

#include "tests/broker/access/ConsentFixture.h"
#include "tests/broker/accounts/ListedAudit.h"
#include "tests/broker/accounts/RotationHouse.h"

#include <QUrlQuery>

namespace keybearer {

// A policy server that says yes and remembers what it was asked.
class WillingPolicy final : public PolicyDecision {
public:
    void decide(const PolicyQuestion& question, Completion<PolicyVerdict> done) override {
        questions.push_back(question);
        PolicyVerdict yes;
        yes.allowed = true;
        done(yes);
    }
    std::vector<PolicyQuestion> questions;
};

// What stands behind the gateway's questions, with a network, a person and a browser that the test plays.
// "mcp.example" is a server that was found out about; its tokens come from where those of "corp" do.
class GatekeeperHouse {
public:
    static constexpr const char* url = "https://mcp.example/mcp";

    explicit GatekeeperHouse(AccessPolicy policy = AccessPolicy::Ask,
                             std::chrono::seconds wait = std::chrono::seconds(45), const Config& config = {},
                             PolicyDecision* policyServer = nullptr)
        : rules(std::move(*AuthRules::compile(config, {}))), gate(gateSetup(policy), shelf, house.clock),
          broker({house.registry, house.refresher, gate, audit, house.catalog, house.clock, &rules, nullptr,
                  policyServer}),
          signIns(signInRooms()), access(upstreamRooms(wait)) {
        house.open();
        adoptServer("mcp.example", "corp");
        QObject::connect(&signIns, &NeededSignIns::ended, &signIns,
                         [this](const std::string& exchange, const std::string&, const std::string& state) {
                             ended.emplace_back(exchange, state);
                         });
    }

    // A server's entry as discovery makes it, with the endpoints and the client of `like`.
    void adoptServer(const std::string& name, const std::string& like, std::vector<std::string> flows = {},
                     const std::string& identifier = url) {
        Provider entry = *house.catalog.find(like);
        entry.name = name;
        entry.displayName = name;
        entry.flows = std::move(flows);
        entry.resource = Provider::Resource{url, identifier, true, false, false, nullptr};
        house.catalog.adopt(std::move(entry));
    }
    Exchange& exchange(const std::string& executable = "/usr/bin/agent") {
        Caller caller;
        caller.uid = 1000;
        caller.pid = 4711;
        caller.startTime = 7;
        caller.executable = executable;
        caller.executableHash = "aa11";
        caller.identity = IdentityClass::Native;
        caller.systemOwned = true;
        return **exchanges.open({caller, target});
    }
    struct Wanted {
        bool done = false;
        Result<UpstreamToken> token = failure(ErrorCode::InternalError, "not yet");
        [[nodiscard]] std::string value() const { return token ? std::string(token->value.reveal()) : ""; }
    };
    std::shared_ptr<Wanted> ask(Exchange& of, const TokenNeed& need = {}) {
        auto wanted = std::make_shared<Wanted>();
        access.token(of, need, [wanted](Result<UpstreamToken> token) {
            EXPECT_FALSE(wanted->done) << "answered twice";
            wanted->done = true;
            wanted->token = std::move(token);
        });
        return wanted;
    }
    static TokenNeed refused(std::string sent = {}, int status = 401, std::string scope = {}) {
        TokenNeed need;
        need.sent = std::move(sent);
        need.challenged = true;
        need.status = status;
        need.scope = std::move(scope);
        need.operation = "tools/call add";
        return need;
    }
    [[nodiscard]] bool questionWaits() {
        return spinUntil([&] { return !gate.pending().empty(); });
    }
    void person(ConsentDecision decision) {
        ASSERT_TRUE(questionWaits());
        ASSERT_TRUE(gate.answer(gate.pending().front().id, decision));
    }
    [[nodiscard]] bool pageOpens(std::size_t count = 1) {
        return spinUntil([&] { return pages.size() >= count; });
    }
    // The person signs in on the page that was opened last, and the server gives this.
    void signsIn(const std::string& token = "at-1", const std::string& more = {}) {
        const QUrlQuery query(QUrl(QString::fromStdString(pages.back().second)));
        QUrl back(query.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
        QUrlQuery answer;
        answer.addQueryItem(QStringLiteral("code"), QStringLiteral("c0de"));
        answer.addQueryItem(QStringLiteral("state"), query.queryItemValue(QStringLiteral("state")));
        back.setQuery(answer);
        SignIn& signIn = **desk.find(pages.back().first);
        ASSERT_TRUE(signIn.complete(back.toString(QUrl::FullyEncoded).toStdString()));
        ASSERT_TRUE(house.requestWaits());
        house.http.answer(200, tokenJson(token, more));
        ASSERT_TRUE(spinUntil([&] { return signIn.ended(); }));
        ASSERT_EQ(signIn.state(), SignInState::SignedIn) << signIn.error()->message;
    }
    static std::string tokenJson(const std::string& token, const std::string& more = {}) {
        return R"({"access_token":")" + token +
               R"(","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-1")" + more + "}";
    }
    // A sign-in at the server from before.
    std::string session(std::vector<std::string> scopes = {"read"},
                        std::chrono::seconds life = std::chrono::hours(1),
                        const std::string& token = "at-1") {
        TokenSet tokens;
        tokens.accessToken = AccessToken(Secret::copyOf(token));
        tokens.tokenType = "Bearer";
        tokens.refreshToken = RefreshToken(Secret::copyOf("rt-1"));
        tokens.expiresIn = life;
        tokens.receivedAt = house.clock.wall();
        AccountRegistry::SignedIn who;
        who.provider = "mcp.example";
        who.issuer = "https://login.example.com";
        who.resource = url;
        who.account = {"42", "ana@example.com"};
        who.askedScopes = std::move(scopes);
        const Result<std::string> id = house.registry.adopt(std::move(who), std::move(tokens));
        EXPECT_TRUE(id);
        return id.value_or("");
    }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    ShelfOfConsents shelf;
    PretendedProcesses processes;
    ListedAudit audit;
    bool personThere = true;
    bool browserThere = true;
    bool programGood = true;
    Result<std::string> prepared = std::string("mcp.example");
    std::vector<TokenNeed> rechecked;
    std::vector<std::pair<std::string, ProofNeed>> proved;  // by session
    std::vector<std::pair<std::string, std::string>> pages; // sign-in, address
    std::vector<std::pair<std::string, std::string>> ended; // exchange, state
    McpTarget target{"example", url, "", "mcp.example", false, {}, std::chrono::seconds(30)};
    AuthRules rules;
    ConsentGate gate;
    TokenBroker broker;
    SignInDesk desk{house.catalog, house.directory, house.registry, house.http, house.clock};
    Exchanges exchanges;
    NeededSignIns signIns;
    UpstreamAccess access;

private:
    ConsentGate::Setup gateSetup(AccessPolicy policy) {
        ConsentGate::Setup setup;
        setup.policy = policy;
        setup.somebodyListens = [this] { return personThere; };
        setup.watchOwner = processes.watcher();
        return setup;
    }
    NeededSignIns::Rooms signInRooms() {
        return {desk,
                gate,
                house.registry,
                house.catalog,
                house.clock,
                [this](const McpTarget&, const TokenNeed&, Completion<std::string> done) { done(prepared); },
                [this](const SignIn& signIn, const std::string& page) {
                    pages.emplace_back(signIn.id(), page);
                    return browserThere;
                },
                [this] { return browserThere; }};
    }
    UpstreamAccess::Rooms upstreamRooms(std::chrono::seconds wait) {
        const auto confirm = [this](const Caller&) {
            return programGood ? Result<void>() : failure(ErrorCode::ConsentDenied, "its key was withdrawn");
        };
        const auto prove = [this](const std::string& session, const ProofNeed& need) -> Result<std::string> {
            proved.emplace_back(session, need);
            return std::string("p.r.oof");
        };
        const auto recheck = [this](const McpTarget&, const TokenNeed& need,
                                    const Completion<std::string>& done) {
            rechecked.push_back(need);
            done(prepared);
        };
        return {broker,      house.registry, house.refresher, rules, signIns,
                house.clock, wait,           confirm,         prove, recheck};
    }
};

} // namespace keybearer
