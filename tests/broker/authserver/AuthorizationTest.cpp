#include "tests/broker/authserver/AuthorityFixture.h"

namespace keybearer {
namespace {

class Authorization : public AuthorityFixture {
protected:
    AsAnswer with(const std::string& client, Params change, const std::vector<std::string>& without = {}) {
        Params params = authorization(client);
        for (auto& [name, value] : change)
            params[name] = value;
        for (const std::string& name : without)
            params.erase(name);
        return ask("authorize", params);
    }
    static std::string errorOf(const AsAnswer& answer) { return queryOf(answer)["error"]; }
};

TEST_F(Authorization, SEC_S_06_APersonAgreesAndTheCodeGoesBackWithStateAndIss) {
    const std::string client = newClient();
    const AsAnswer waiting = ask("authorize", authorization(client));
    ASSERT_TRUE(waiting.page);
    EXPECT_EQ(waiting.page->state, AsPage::State::Waiting);
    EXPECT_TRUE(waiting.redirect.empty());
    const auto late = begin(make("wait", {{"transaction", transactionOf(waiting)}}));
    EXPECT_FALSE(*late) << "nobody has answered";
    answer(ConsentDecision::Allow);
    ASSERT_TRUE(*late);
    EXPECT_EQ((*late)->status, 303) << "SEC-S-11";
    EXPECT_TRUE((*late)->redirect.starts_with(std::string(redirect) + "?"));
    const Params query = queryOf(**late);
    EXPECT_GE(query.at("code").size(), 43U);
    EXPECT_EQ(query.at("state"), "st&te");
    EXPECT_EQ(query.at("iss"), std::string(base) + "/as/notes") << "SEC-S-12";
    const AsAnswer again = ask("wait", {{"transaction", transactionOf(waiting)}});
    ASSERT_TRUE(again.page);
    EXPECT_EQ(again.page->state, AsPage::State::Done) << "a code is given once";
}

TEST_F(Authorization, SEC_S_08_TheQuestionShowsWhatIsClaimedAndWhereTheAnswerGoes) {
    static_cast<void>(ask("authorize", authorization(newClient())));
    ASSERT_EQ(gate->pending().size(), 1U);
    const PendingConsent question = gate->pending().front();
    EXPECT_EQ(question.subject.purpose, ConsentPurpose::Connect);
    EXPECT_EQ(question.evidence.clientName, "Test Client");
    EXPECT_EQ(question.subject.redirect, "a program on this computer");
    EXPECT_EQ(question.subject.providerName, "The notes");
    EXPECT_EQ(question.subject.accountLabel, "ana@example.com");
    EXPECT_EQ(question.subject.resource, "https://notes.example/mcp");
    EXPECT_EQ(question.subject.scopes, std::vector<std::string>{"notes"});
    EXPECT_EQ(question.longest, ConsentSpan::UntilRevoked);
    EXPECT_TRUE(services.begun.empty()) << "nothing is begun upstream before somebody has agreed";
}

TEST_F(Authorization, SEC_S_01_PkceWithS256IsDemandedOfEveryClient) {
    const std::string client = newClient();
    EXPECT_EQ(errorOf(with(client, {}, {"code_challenge"})), "invalid_request");
    EXPECT_EQ(errorOf(with(client, {}, {"code_challenge_method"})), "invalid_request");
    EXPECT_EQ(errorOf(with(client, {{"code_challenge_method", "plain"}})), "invalid_request");
    EXPECT_EQ(errorOf(with(client, {{"code_challenge_method", "s256"}})), "invalid_request");
    for (const std::string& challenge : {std::string("short"), std::string(43, '!'), std::string(44, 'A')})
        EXPECT_EQ(errorOf(with(client, {{"code_challenge", challenge}})), "invalid_request") << challenge;
    EXPECT_TRUE(gate->pending().empty()) << "nobody is asked about any of it";
}

TEST_F(Authorization, Z2_ErrorsGoBackWithStateAndIss) {
    const Params query = queryOf(with(newClient(), {{"response_type", "token"}}));
    EXPECT_EQ(query.at("error"), "unsupported_response_type");
    EXPECT_EQ(query.at("state"), "st&te");
    EXPECT_EQ(query.at("iss"), std::string(base) + "/as/notes");
    EXPECT_FALSE(query.contains("code"));
    EXPECT_FALSE(queryOf(with(newClient(), {{"prompt", "none"}}, {"state"})).contains("state"));
}

TEST_F(Authorization, SEC_S_15_ResourceNamesThisRouteOrNothing) {
    const std::string client = newClient();
    for (const char* good :
         {"http://127.0.0.1:4180/notes/mcp", "http://localhost:4180/notes/mcp", "http://[::1]:4180/notes/mcp",
          "http://127.0.0.1:4180", "http://localhost:4180/", "http://127.0.0.1:4180/notes/mcp/", ""}) {
        EXPECT_TRUE(with(client, {{"resource", good}}).page) << good;
        gate->connectionClosed(0);
    }
    EXPECT_TRUE(with(client, {}, {"resource"}).page) << "Z10";
    for (const char* bad :
         {"http://127.0.0.1:4180/files/mcp", "http://127.0.0.1:4181/notes/mcp",
          "https://127.0.0.1:4180/notes/mcp", "https://notes.example/mcp", "http://evil.example/notes/mcp",
          "http://127.0.0.1:4180/notes/mcp?x=1", "http://127.0.0.1:4180@evil.example/notes/mcp",
          "http://127.0.0.1:4180/notes/mcp/../files/mcp", "notes"})
        EXPECT_EQ(errorOf(with(client, {{"resource", bad}})), "invalid_target") << bad;
}

TEST_F(Authorization, SEC_S_04_ABadClientOrAddressGetsAPageAndNoRedirect) {
    const std::string client = newClient();
    const std::string elsewhere = registerClient(metadata(), "files").body.at("client_id").get<std::string>();
    for (const AsAnswer& answer :
         {with("kbl_unknown", {}), with("", {}), with(elsewhere, {}),
          with(client, {{"redirect_uri", "https://evil.example/"}}),
          with(client, {{"redirect_uri", "http://127.0.0.1:5001/callback/"}}),
          with(client, {}, {"redirect_uri"}), with(client, {{"redirect_uri", "javascript:alert(1)"}})}) {
        EXPECT_EQ(answer.status, 400);
        EXPECT_TRUE(answer.redirect.empty());
        ASSERT_TRUE(answer.page);
        EXPECT_EQ(answer.page->state, AsPage::State::Failed);
        EXPECT_TRUE(answer.page->again.empty());
    }
    EXPECT_EQ(ask("authorize", authorization(client), "unheard-of").status, 404);
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(Authorization, SEC_S_03_ThePortOfALoopbackAddressIsTheClients) {
    const std::string client = newClient();
    const AsAnswer waiting = with(client, {{"redirect_uri", "http://localhost:61000/callback"}});
    answer(ConsentDecision::Allow);
    EXPECT_TRUE(ask("wait", {{"transaction", transactionOf(waiting)}})
                    .redirect.starts_with("http://localhost:61000/callback?code="));
}

TEST_F(Authorization, APersonWhoSaysNoSendsTheBrowserBackAtOnce) {
    const Params query = queryOf(authorize(newClient(), ConsentDecision::Deny));
    EXPECT_EQ(query.at("error"), "access_denied");
    EXPECT_EQ(countOf("local_grant.refused"), 1U);
    EXPECT_TRUE(gate->consents().empty());
}

TEST_F(Authorization, WhereNobodyCanBeAskedThePageSaysWhyAndTheClientIsTold) {
    listening = false;
    const AsAnswer page = ask("authorize", authorization(newClient()));
    ASSERT_TRUE(page.page);
    EXPECT_EQ(page.page->state, AsPage::State::Failed);
    EXPECT_NE(page.page->text.find("neither tray nor terminal"), std::string::npos) << page.page->text;
    const AsAnswer back = ask("wait", {{"transaction", transactionOf(page)}, {"leave", "1"}});
    EXPECT_EQ(queryOf(back)["error"], "access_denied");
}

TEST_F(Authorization, InTheModeLockedNobodyIsAskedAndNothingIsGranted) {
    start(AccessPolicy::Locked);
    const AsAnswer page = ask("authorize", authorization(newClient()));
    ASSERT_TRUE(page.page);
    EXPECT_EQ(page.page->state, AsPage::State::Failed);
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(Authorization, InTheModeTrustingNobodyIsAskedAndItCanBeTakenBackAllTheSame) {
    start(AccessPolicy::Trusting);
    const std::string client = newClient();
    const AsAnswer back = ask("authorize", authorization(client));
    const Json tokens = ask("token", exchange(client, queryOf(back)["code"])).body;
    EXPECT_TRUE(isGood(tokens));
    ASSERT_EQ(gate->consents().size(), 1U);
    ASSERT_TRUE(gate->revoke(gate->consents().front()->id));
    EXPECT_FALSE(isGood(tokens));
}

TEST_F(Authorization, TrustedAreProgramsOfThisPersonAndNotOfOthersAtThePort) {
    start(AccessPolicy::Trusting);
    othersAtDoor = true;
    const std::string client = newClient();
    EXPECT_TRUE(ask("authorize", authorization(client)).page);
    ASSERT_EQ(gate->pending().size(), 1U);
    AsRequest overSocket = make("authorize", authorization(client));
    overSocket.socket = true; // which lets in nobody else
    EXPECT_FALSE(ask(overSocket).redirect.empty());
}

TEST_F(Authorization, SEC_S_09_WhatAClientWasAllowedBeforeSparesNobodyTheQuestion) {
    const std::string client = newClient();
    EXPECT_TRUE(isGood(signIn(client)));
    const AsAnswer again = ask("authorize", authorization(client));
    EXPECT_TRUE(again.page);
    EXPECT_EQ(gate->pending().size(), 1U);
}

TEST_F(Authorization, ANewRequestOfTheSameClientTakesThePlaceOfTheOneBefore) {
    const std::string client = newClient();
    const AsAnswer first = ask("authorize", authorization(client));
    const auto waits = begin(make("wait", {{"transaction", transactionOf(first)}}));
    const AsAnswer second = ask("authorize", authorization(client));
    ASSERT_TRUE(*waits);
    EXPECT_EQ((*waits)->page->state, AsPage::State::Failed);
    EXPECT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(ask("wait", {{"transaction", transactionOf(first)}}).status, 404);
    answer(ConsentDecision::Allow);
    EXPECT_EQ(ask("wait", {{"transaction", transactionOf(second)}}).status, 303);
}

TEST_F(Authorization, SEC_S_26_ATransactionIsNotFoundByGuessingNorAtAnotherService) {
    const AsAnswer waiting = ask("authorize", authorization(newClient()));
    for (const std::string& guess : {std::string(), std::string("x"), std::string(43, 'A')})
        EXPECT_EQ(ask("wait", {{"transaction", guess}}).status, 404);
    EXPECT_EQ(ask("wait", {{"transaction", transactionOf(waiting)}}, "files").status, 404);
}

TEST_F(Authorization, WhatNobodyComesForEndsWithItsPermission) {
    const AsAnswer waiting = ask("authorize", authorization(newClient()));
    answer(ConsentDecision::Allow);
    EXPECT_EQ(gate->consents().size(), 1U);
    clock.advance(std::chrono::minutes(11));
    server->onMinute();
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_EQ(ask("wait", {{"transaction", transactionOf(waiting)}}).status, 404);
}

TEST_F(Authorization, SEC_S_06_ACodeThatNobodyRedeemsEndsThePermission) {
    const std::string client = newClient();
    const std::string code = codeFor(client);
    clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(ask("token", exchange(client, code)).body["error"], "invalid_grant");
    server->onMinute();
    EXPECT_TRUE(gate->consents().empty());
}

// The service "files" has no stored sign-in yet.
class ChainedSignIn : public Authorization {
protected:
    AsAnswer toFiles(const std::string& client) {
        Params params = authorization(client);
        params.erase("resource");
        return ask("authorize", params, "files");
    }
    std::string transaction_;
    std::string client_;
    void agree() {
        client_ = registerClient(metadata(), "files").body.at("client_id").get<std::string>();
        transaction_ = transactionOf(toFiles(client_));
        EXPECT_TRUE(services.begun.empty()) << "Z8: consent comes before anything upstream";
        answer(ConsentDecision::Allow);
        ASSERT_EQ(services.begun.size(), 1U);
    }
    AsAnswer wait(Params more = {}) {
        more["transaction"] = transaction_;
        return ask("wait", more, "files");
    }
};

TEST_F(ChainedSignIn, TheSameBrowserGoesOnThroughTheSignInAndComesBack) {
    agree();
    EXPECT_TRUE(services.begun.front().agreed);
    EXPECT_EQ(services.begun.front().next,
              std::string(base) + "/as/files/wait?transaction=" + transaction_ + "&signed_in=1");
    services.begun.front().ready(LocalServices::Step{"i_1", "https://as.example/authorize?x=1", ""});
    EXPECT_EQ(wait().redirect, "https://as.example/authorize?x=1");
    const auto back = begin(make("wait", {{"transaction", transaction_}, {"signed_in", "1"}}, "files"));
    EXPECT_FALSE(*back) << "the tokens are on their way";
    services.sessions["files"] = {"s_2", "files", "ben@example.com", "https://as.example"};
    services.outcomes["i_1"] = services.sessions["files"];
    server->signInProgressed("i_1");
    ASSERT_TRUE(*back);
    const std::string code = queryOf(**back)["code"];
    Params params = exchange(client_, code);
    params.erase("resource");
    const Json tokens = ask("token", params, "files").body;
    const Result<LocalToken> token = server->verify(tokens.value("access_token", ""), "files");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->account, "ben@example.com");
    EXPECT_EQ(token->sessionId, "s_2");
    EXPECT_EQ(gate->consents().front()->subject.accountLabel, "ben@example.com");
}

TEST_F(ChainedSignIn, AServiceThatNeedsNoSignInIsConnectedAtOnce) {
    agree();
    services.begun.front().ready(LocalServices::Step{});
    EXPECT_TRUE(queryOf(wait()).contains("code"));
}

TEST_F(ChainedSignIn, WhereNoBrowserHelpsThePageSaysWhatDoes) {
    agree();
    services.begun.front().ready(
        LocalServices::Step{"i_1", "", "Open https://x and type the code AB-CD there."});
    const auto page = begin(make("wait", {{"transaction", transaction_}}, "files"));
    EXPECT_FALSE(*page);
    clock.advance(std::chrono::seconds(21));
    server->onMinute();
    EXPECT_TRUE(toFiles(client_).page);
}

TEST_F(ChainedSignIn, ASignInThatFailsEndsThePermissionAndIsToldToBoth) {
    agree();
    services.begun.front().ready(LocalServices::Step{"i_1", "https://as.example/authorize", ""});
    services.outcomes["i_1"] = tl::unexpected(Error(ErrorCode::Cancelled, "the sign-in was cancelled"));
    server->signInProgressed("i_1");
    const AsAnswer page = wait();
    ASSERT_TRUE(page.page);
    EXPECT_NE(page.page->text.find("cancelled"), std::string::npos);
    EXPECT_EQ(queryOf(wait({{"leave", "1"}}))["error"], "access_denied");
    EXPECT_TRUE(gate->consents().empty());
}

TEST_F(ChainedSignIn, ASignInThatCannotBeginIsToldToBoth) {
    agree();
    services.begun.front().ready(
        tl::unexpected(Error(ErrorCode::NotConfigured, "there is no client id yet", "Write one.")));
    EXPECT_NE(wait().page->text.find("no client id yet. Write one."), std::string::npos);
}

TEST_F(ChainedSignIn, InTheModeTrustingNobodyHasAgreedToTheSignIn) {
    start(AccessPolicy::Trusting);
    const std::string client = registerClient(metadata(), "files").body.at("client_id").get<std::string>();
    EXPECT_TRUE(toFiles(client).page);
    ASSERT_EQ(services.begun.size(), 1U);
    EXPECT_FALSE(services.begun.front().agreed);
}

} // namespace
} // namespace keybearer
