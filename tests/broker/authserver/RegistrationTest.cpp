#include "broker/authserver/LocalClients.h"
#include "tests/broker/authserver/AuthorityFixture.h"

namespace keybearer {
namespace {

using Registration = AuthorityFixture;

TEST_F(Registration, SEC_S_21_EachClientGetsAnIdThatNobodyGuesses) {
    const AsAnswer answer = registerClient(metadata());
    EXPECT_EQ(answer.status, 201);
    const std::string id = answer.body.at("client_id");
    EXPECT_GE(fromBase64Url(id.substr(4)).size(), 16U);
    EXPECT_EQ(answer.body["redirect_uris"], metadata()["redirect_uris"]);
    EXPECT_FALSE(answer.body.contains("client_secret"));
    EXPECT_NE(newClient(), id);
    EXPECT_TRUE(gate->consents().empty()) << "to register grants nothing";
    EXPECT_EQ(countOf("local_client.registered"), 2U);
}

TEST_F(Registration, SEC_S_05_ABadDocumentGetsTheWordsOfTheRfc) {
    Json document = metadata();
    document["redirect_uris"] = {"javascript:alert(1)"};
    const AsAnswer answer = registerClient(document);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body["error"], "invalid_redirect_uri");
    EXPECT_EQ(registerClient(Json("text")).body["error"], "invalid_client_metadata");
    AsRequest get = make("register", {});
    get.method = "GET";
    EXPECT_EQ(ask(get).status, 405);
    EXPECT_TRUE(server->clients()["clients"].empty());
}

TEST_F(Registration, SEC_S_20_RegistrationsAreLimitedByTheMinute) {
    for (std::size_t i = 0; i < LocalClients::mostAMinute; ++i)
        EXPECT_EQ(registerClient(metadata()).status, 201);
    const AsAnswer answer = registerClient(metadata());
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.body["error"], "temporarily_unavailable");
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(registerClient(metadata()).status, 201);
}

TEST_F(Registration, SEC_S_20_AFloodPushesOutUnusedOnesAndNoneThatWasUsed) {
    const std::string used = newClient();
    EXPECT_TRUE(isGood(signIn(used)));
    for (std::size_t i = 0; i < LocalClients::mostUnused + 20; ++i) {
        clock.advance(std::chrono::seconds(4));
        EXPECT_EQ(registerClient(metadata()).status, 201);
    }
    const Json clients = server->clients()["clients"];
    EXPECT_EQ(clients.size(), LocalClients::mostUnused + 1);
    EXPECT_TRUE(std::any_of(clients.begin(), clients.end(),
                            [&](const Json& one) { return one["client_id"] == used; }));
}

TEST_F(Registration, SEC_S_20_UnusedOnesEndAfterADayAndUsedOnesNever) {
    const std::string used = newClient();
    const Json tokens = signIn(used);
    static_cast<void>(newClient());
    clock.advance(std::chrono::hours(23));
    server->onMinute();
    EXPECT_EQ(server->clients()["clients"].size(), 2U);
    clock.advance(std::chrono::hours(24 * 400));
    server->onMinute();
    ASSERT_EQ(server->clients()["clients"].size(), 1U);
    EXPECT_EQ(server->clients()["clients"][0]["client_id"], used);
    EXPECT_TRUE(isGood(signIn(used))) << "Z9: it comes back after a year";
}

TEST_F(Registration, ARemovedClientLosesWhatItWasGranted) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    ASSERT_TRUE(server->removeClient(client));
    EXPECT_FALSE(isGood(tokens));
    EXPECT_EQ(ended.size(), 1U);
    EXPECT_EQ(refresh(client, tokens["refresh_token"]).status, 401);
    EXPECT_FALSE(server->removeClient(client));
}

TEST_F(Registration, AGrantCanBeEndedByItsId) {
    const Json tokens = signIn(newClient());
    const std::string id = server->grants()["grants"][0]["grant_id"];
    ASSERT_TRUE(server->endGrant(id, "a person ended it"));
    EXPECT_FALSE(isGood(tokens));
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_FALSE(server->endGrant(id, "again"));
}

// Client id metadata documents.
class Document : public AuthorityFixture {
protected:
    static constexpr const char* id = "https://client.example/oauth/metadata";
    void SetUp() override {
        AuthorityFixture::SetUp();
        start(AccessPolicy::Ask, true);
    }
    static Json document() {
        return Json{{"client_id", id},
                    {"client_name", "Claude Code"},
                    {"redirect_uris", {"http://localhost/callback", "http://127.0.0.1/callback"}},
                    {"token_endpoint_auth_method", "none"}};
    }
    AsAnswer answered(int status, const std::string& body, std::vector<HttpHeader> headers = {}) {
        const auto out = begin(make("authorize", authorization(id)));
        EXPECT_EQ(http.waiting.size(), 1U);
        EXPECT_TRUE(http.waiting.front().publicOnly) << "SEC-C-22";
        http.answer(status, body, std::move(headers));
        return out->value_or(AsAnswer());
    }
};

TEST_F(Document, SEC_S_22_IsOffUnlessItIsSwitchedOn) {
    start(AccessPolicy::Ask, false);
    EXPECT_EQ(ask("authorize", authorization(id)).status, 400);
    EXPECT_TRUE(http.idle()) << "nothing is fetched";
}

TEST_F(Document, SEC_S_22_AClientIsKnownByWhatItsAddressSays) {
    const AsAnswer waiting = answered(200, dumpJson(document()));
    ASSERT_TRUE(waiting.page);
    ASSERT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(gate->pending().front().caller.remarks.size(), 1U) << "every program here can pretend to be it";
    answer(ConsentDecision::Allow);
    const AsAnswer back = ask("wait", {{"transaction", transactionOf(waiting)}});
    EXPECT_TRUE(isGood(ask("token", exchange(id, queryOf(back)["code"])).body));
    EXPECT_TRUE(ask("authorize", authorization(id)).page) << "it is remembered for a while";
    EXPECT_TRUE(http.idle());
    clock.advance(std::chrono::minutes(6));
    static_cast<void>(begin(make("authorize", authorization(id))));
    EXPECT_FALSE(http.idle()) << "and then looked at again";
}

TEST_F(Document, SEC_S_22_HowLongItIsKeptIsTheServersWithinBounds) {
    static_cast<void>(answered(200, dumpJson(document()), {{"Cache-Control", "max-age=3600"}}));
    clock.advance(std::chrono::minutes(59));
    EXPECT_TRUE(ask("authorize", authorization(id)).page);
    EXPECT_TRUE(http.idle());
}

TEST_F(Document, SEC_S_22_HostileDocumentsAreRefused) {
    const auto with = [](const char* name, Json value) {
        Json out = document();
        out[name] = std::move(value);
        return dumpJson(out);
    };
    for (const std::string& body : {std::string("not json"), std::string("[]"), std::string("{}"),
                                    with("client_id", "https://other.example/"), with("client_secret", "x"),
                                    with("redirect_uris", {"javascript:alert(1)"}),
                                    with("token_endpoint_auth_method", "client_secret_basic")}) {
        const AsAnswer page = answered(200, body);
        EXPECT_EQ(page.status, 400) << body;
        EXPECT_TRUE(page.redirect.empty());
    }
    EXPECT_EQ(answered(302, "").status, 400);
    EXPECT_EQ(answered(404, dumpJson(document())).status, 400);
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(Document, SEC_S_22_OnlyPlainHttpsAddressesAreFetched) {
    for (const char* bad : {"http://client.example/m", "https://client.example", "https://client.example/",
                            "https://user@client.example/m", "https://client.example/m#x",
                            "https://client.example/a/../m", "https://client.example/%2e%2e/m", "https://"}) {
        Params params = authorization(bad);
        EXPECT_EQ(ask("authorize", params).status, 400) << bad;
        EXPECT_TRUE(http.idle()) << bad;
    }
}

} // namespace
} // namespace keybearer
