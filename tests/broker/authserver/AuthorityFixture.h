#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/audit/AuditLog.h"
#include "broker/authserver/LocalAuthorizationServer.h"
#include "broker/authserver/LocalServices.h"
#include "broker/base/Random.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/Pkce.h"
#include "broker/stores/state/StateDatabase.h"
#include "tests/support/FakeClock.h"
#include "tests/support/ScriptedTransport.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace keybearer {

// Services that a test makes up.
class PretendedServices final : public LocalServices {
public:
    [[nodiscard]] std::optional<LocalService> find(const std::string& name) const override {
        return name == "notes" || name == "files"
                   ? std::optional(LocalService{name, "The " + name, "https://" + name + ".example/mcp", {}})
                   : std::nullopt;
    }
    [[nodiscard]] std::optional<ServiceSession> session(const std::string& name) const override {
        const auto found = sessions.find(name);
        return found == sessions.end() ? std::nullopt : std::optional(found->second);
    }
    void signIn(const std::string& name, const std::string& next, bool agreed,
                Completion<Step> ready) override {
        begun.push_back({name, next, agreed, std::move(ready)});
    }
    [[nodiscard]] std::optional<Result<ServiceSession>> outcome(const std::string&,
                                                                const std::string& signIn) const override {
        const auto found = outcomes.find(signIn);
        return found == outcomes.end() ? std::nullopt : std::optional(found->second);
    }
    void cancel(const std::string& signIn) override { cancelled.push_back(signIn); }
    [[nodiscard]] bool isUsable(const std::string& sessionId) const override {
        return std::any_of(sessions.begin(), sessions.end(),
                           [&](const auto& one) { return one.second.sessionId == sessionId; });
    }

    struct Begun {
        std::string service;
        std::string next;
        bool agreed;
        Completion<Step> ready;
    };
    std::map<std::string, ServiceSession> sessions{
        {"notes", {"s_1", "notes", "ana@example.com", "https://as.example"}}};
    std::vector<Begun> begun;
    std::map<std::string, Result<ServiceSession>> outcomes;
    std::vector<std::string> cancelled;
};

// The authorization server over a state database in memory, a person who answers when a test says so, and a
// client that does everything right.
class AuthorityFixture : public ::testing::Test {
protected:
    static constexpr const char* base = "http://127.0.0.1:4180";
    static constexpr const char* redirect = "http://127.0.0.1:5001/callback";

    void SetUp() override {
        Result<std::unique_ptr<StateDatabase>> opened = StateDatabase::open(std::filesystem::path());
        ASSERT_TRUE(opened);
        state = std::move(*opened);
        ASSERT_TRUE(state->open(Secret::random(32)));
        start();
    }
    void TearDown() override {
        server.reset();
        gate.reset();
    }
    // What a new start of the broker makes of the same database.
    void start(AccessPolicy policy = AccessPolicy::Ask, bool documents = false) {
        server.reset();
        ConsentGate::Setup setup;
        setup.policy = policy;
        setup.somebodyListens = [this] { return listening; };
        gate = std::make_unique<ConsentGate>(std::move(setup), *state, clock);
        ASSERT_TRUE(gate->load());
        server = std::make_unique<LocalAuthorizationServer>(
            LocalAuthorizationServer::Setup{documents, std::chrono::seconds(300)},
            LocalAuthorizationServer::Rooms{*state, services, *gate, http, clock,
                                            [](const Completion<void>& done) { done({}); },
                                            [this] { return state->isOpen(); },
                                            [this](const AuditEvent& event) { audit.push_back(event); },
                                            [](const std::string& key, const std::string& service) {
                                                return key == "kbk_good" && service == "notes";
                                            },
                                            [this] { return othersAtDoor; }});
        ASSERT_TRUE(server->load());
        server->setBase(base);
        QObject::connect(server.get(), &LocalAuthorizationServer::grantEnded,
                         [this](const std::string& id) { ended.push_back(id); });
    }

    using Params = std::map<std::string, std::string>;
    static AsRequest make(const std::string& endpoint, Params params, const std::string& service = "notes") {
        AsRequest request;
        request.service = service;
        request.endpoint = endpoint;
        request.base = base;
        request.method = endpoint == "authorize" || endpoint == "wait" ? "GET" : "POST";
        request.params = std::move(params);
        return request;
    }
    // Nothing: it is not answered yet.
    std::shared_ptr<std::optional<AsAnswer>> begin(const AsRequest& request) {
        auto out = std::make_shared<std::optional<AsAnswer>>();
        server->request(request, [out](const Result<AsAnswer>& answer) {
            EXPECT_FALSE(*out) << "answered twice";
            EXPECT_TRUE(answer);
            *out = *answer;
        });
        return out;
    }
    AsAnswer ask(const AsRequest& request) {
        const auto out = begin(request);
        EXPECT_TRUE(*out) << "not answered at once";
        return out->value_or(AsAnswer());
    }
    AsAnswer ask(const std::string& endpoint, Params params, const std::string& service = "notes") {
        return ask(make(endpoint, std::move(params), service));
    }

    AsAnswer registerClient(Json document, const std::string& service = "notes") {
        AsRequest request = make("register", {}, service);
        request.document = std::move(document);
        return ask(request);
    }
    static Json metadata() {
        return Json{{"client_name", "Test Client"},
                    {"redirect_uris", {redirect}},
                    {"grant_types", {"authorization_code", "refresh_token"}},
                    {"response_types", {"code"}},
                    {"token_endpoint_auth_method", "none"}};
    }
    std::string newClient() { return registerClient(metadata()).body.at("client_id").get<std::string>(); }

    Params authorization(const std::string& client) const {
        return {{"response_type", "code"},
                {"client_id", client},
                {"redirect_uri", redirect},
                {"state", "st&te"},
                {"code_challenge", pkce.challenge},
                {"code_challenge_method", "S256"},
                {"resource", std::string(base) + "/notes/mcp"}};
    }
    // The person answers the only question.
    void answer(ConsentDecision decision) {
        ASSERT_EQ(gate->pending().size(), 1U);
        ASSERT_TRUE(gate->answer(gate->pending().front().id, decision));
    }
    static std::string transactionOf(const AsAnswer& waiting) {
        const std::string again = waiting.page ? waiting.page->again : std::string();
        const std::size_t at = again.find("transaction=");
        return at == std::string::npos ? std::string() : again.substr(at + 12, 43);
    }
    static Params queryOf(const AsAnswer& redirected) {
        const std::size_t at = redirected.redirect.find('?');
        return decodeForm(at == std::string::npos ? "" : redirected.redirect.substr(at + 1))
            .value_or(Params());
    }
    // From the first request to the redirect back.
    AsAnswer authorize(const std::string& client, ConsentDecision decision = ConsentDecision::Allow) {
        const AsAnswer waiting = ask("authorize", authorization(client));
        answer(decision);
        return ask("wait", {{"transaction", transactionOf(waiting)}});
    }
    std::string codeFor(const std::string& client, ConsentDecision decision = ConsentDecision::Allow) {
        return queryOf(authorize(client, decision))["code"];
    }
    Params exchange(const std::string& client, const std::string& code) const {
        return {{"grant_type", "authorization_code"},
                {"code", code},
                {"client_id", client},
                {"redirect_uri", redirect},
                {"code_verifier", std::string(pkce.verifier.reveal())},
                {"resource", std::string(base) + "/notes/mcp"}};
    }
    Json signIn(const std::string& client) { return ask("token", exchange(client, codeFor(client))).body; }
    AsAnswer refresh(const std::string& client, const std::string& token) {
        return ask("token",
                   {{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", client}});
    }
    std::size_t countOf(const std::string& kind) const {
        return static_cast<std::size_t>(std::count_if(
            audit.begin(), audit.end(), [&](const AuditEvent& event) { return event.kind == kind; }));
    }
    bool isGood(const Json& tokens, const std::string& service = "notes") const {
        return server->verify(tokens.value("access_token", ""), service).has_value();
    }

    FakeClock clock;
    bool listening = true;
    bool othersAtDoor = false;
    Pkce pkce = makePkce();
    std::unique_ptr<StateDatabase> state;
    PretendedServices services;
    ScriptedTransport http;
    std::unique_ptr<ConsentGate> gate;
    std::unique_ptr<LocalAuthorizationServer> server;
    std::vector<AuditEvent> audit;
    std::vector<std::string> ended;
};

} // namespace keybearer
