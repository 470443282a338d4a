#include "broker/base/PrivateFile.h"
#include "tests/broker/stores/vault/VaultHouse.h"
#include "tests/support/FakeClock.h"
#include "tests/support/ScriptedTransport.h"

#include <QTemporaryDir>

namespace keybearer::test {

namespace {

class VaultSessionTest : public VaultHouse {
protected:
    VaultConfig appRole() {
        VaultConfig config = vaultConfig(server);
        config.token = nullptr;
        config.auth = "approle";
        config.roleId = "the-role";
        config.secretId = sealedText("the-secret-id");
        return config;
    }
    int signIns() { return server.tell().value("signIns", -1); }
    [[nodiscard]] std::filesystem::path file(const char* name, const std::string& content) const {
        const std::filesystem::path path = directory.path().toStdString() + "/" + name;
        EXPECT_TRUE(writePrivateFile(path, content));
        return path;
    }
    static void expectProblem(const RemoteRecords& records, const std::string& message,
                              const std::string& action) {
        ASSERT_TRUE(unavailable(records));
        EXPECT_NE(records.health().problem.find(message), std::string::npos) << records.health().problem;
        EXPECT_NE(records.health().action.find(action), std::string::npos) << records.health().action;
    }
    QTemporaryDir directory;
};

TEST_F(VaultSessionTest, SignsInByAppRole) {
    const auto records = vaultRecords(appRole());
    ASSERT_TRUE(ready(*records)) << records->health().problem;
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
    EXPECT_EQ(signIns(), 1) << "once, however many requests";
}

TEST_F(VaultSessionTest, SignsInByAppRoleMountedElsewhereWithASecretIdFile) {
    server.command(Json{{"do", "set"}, {"options", {{"authMounts", {{"team/robots", "approle"}}}}}});
    VaultConfig config = appRole();
    config.secretId = nullptr;
    config.secretIdFile = file("secret-id", "the-secret-id\n");
    config.authMount = "team/robots/";
    EXPECT_TRUE(ready(*vaultRecords(std::move(config))));
}

TEST_F(VaultSessionTest, SignsInByKubernetesAndReadsTheJwtEachTime) {
    VaultConfig config = vaultConfig(server);
    config.token = nullptr;
    config.auth = "kubernetes";
    config.role = "keybearer";
    config.jwtFile = file("jwt", "the-jwt\n");
    const auto records = vaultRecords(std::move(config));
    ASSERT_TRUE(ready(*records)) << records->health().problem;
    server.command(Json{{"do", "set"}, {"options", {{"jwt", "the-next-jwt"}}}});
    [[maybe_unused]] const auto path = file("jwt", "the-next-jwt");
    server.command("revoke");
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
    EXPECT_EQ(signIns(), 2);
}

TEST_F(VaultSessionTest, ATokenThatWasRevokedIsReplacedAndTheRequestSentOnceMore) {
    const auto records = vaultRecords(appRole());
    ASSERT_TRUE(ready(*records));
    ASSERT_TRUE(put(*records, "item/x", 0, "one"));
    server.command("revoke");
    EXPECT_EQ(get(*records, "item/x")->sealed, "one");
    EXPECT_EQ(signIns(), 2);
    EXPECT_EQ(records->health().state, Health::State::Ready);
}

TEST_F(VaultSessionTest, ATokenIsRenewedBeforeItEnds) {
    server.command(Json{{"do", "set"}, {"options", {{"tokenSeconds", 3}}}});
    const auto records = vaultRecords(appRole());
    ASSERT_TRUE(ready(*records));
    ASSERT_TRUE(spinUntil([&] { return server.tell().value("renewals", 0) >= 2; }));
    EXPECT_EQ(signIns(), 1);
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
}

TEST_F(VaultSessionTest, ATokenThatCannotBeRenewedIsReplacedBeforeItEnds) {
    server.command(Json{{"do", "set"}, {"options", {{"tokenSeconds", 2}, {"renewable", false}}}});
    const auto records = vaultRecords(appRole());
    ASSERT_TRUE(ready(*records));
    ASSERT_TRUE(spinUntil([&] { return signIns() >= 2; }));
    EXPECT_EQ(records->health().problem, "");
    EXPECT_EQ(server.tell().value("renewals", -1), 0);
}

TEST_F(VaultSessionTest, NearTheEndOfAllItsTimeATokenIsReplaced) {
    server.command(Json{{"do", "set"}, {"options", {{"tokenSeconds", 3}, {"maxTokenSeconds", 4}}}});
    const auto records = vaultRecords(appRole());
    ASSERT_TRUE(ready(*records));
    ASSERT_TRUE(spinUntil([&] { return signIns() >= 2; }, 15'000));
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
    EXPECT_EQ(records->health().problem, "");
}

TEST_F(VaultSessionTest, ARenewalThatFailsIsTriedAgain) {
    server.command(Json{{"do", "set"}, {"options", {{"tokenSeconds", 6}}}});
    fault(Json{{"match", "renew-self"}, {"status", 503}, {"errors", Json::array()}});
    const auto records = vaultRecords(appRole());
    ASSERT_TRUE(ready(*records));
    ASSERT_TRUE(spinUntil([&] { return server.tell().value("renewals", 0) >= 1; }, 15'000));
    EXPECT_EQ(signIns(), 1);
}

TEST_F(VaultSessionTest, ATokenFileIsReadAgainWhenItsTokenIsRefused) {
    server.command(Json{{"do", "token"}, {"id", "first"}, {"root", true}});
    server.command(Json{{"do", "token"}, {"id", "second"}, {"root", true}});
    VaultConfig config = vaultConfig(server);
    config.token = nullptr;
    config.tokenFile = file("token", "first\n");
    const auto records = vaultRecords(std::move(config));
    ASSERT_TRUE(ready(*records));
    server.command(Json{{"do", "revoke"}, {"root", true}});
    server.command(Json{{"do", "token"}, {"id", "second"}, {"root", true}});
    [[maybe_unused]] const auto path = file("token", "second\n");
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
}

TEST_F(VaultSessionTest, ARefusedSignInSaysWhatToDoAndNeverTheSecret) {
    VaultConfig config = appRole();
    config.secretId = sealedText("wrong-secret-id");
    const auto records = vaultRecords(std::move(config));
    expectProblem(*records, "refuses our sign-in by approle (HTTP 400: invalid role or secret ID)",
                  "secret id");
    const Result<void> refused = put(*records, "item/x", 0, "one");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(refused.error().message.find("wrong-secret"), std::string::npos);
    EXPECT_EQ(records->description().find("wrong-secret"), std::string::npos);
}

TEST_F(VaultSessionTest, AnEndedTokenOfTheConfigurationIsToldAsThat) {
    VaultConfig config = vaultConfig(server);
    config.token = sealedText("no-such-token");
    expectProblem(*vaultRecords(std::move(config)), "refuses our sign-in by token", "store.vault.token");
}

TEST_F(VaultSessionTest, AnAuthMethodThatIsNotThereIsNamed) {
    VaultConfig config = appRole();
    config.authMount = "elsewhere";
    expectProblem(*vaultRecords(std::move(config)), "no auth method approle", "vault auth enable");
}

TEST_F(VaultSessionTest, AFileThatIsNotThereIsNamed) {
    VaultConfig config = vaultConfig(server);
    config.token = nullptr;
    config.tokenFile = "/nowhere/token";
    expectProblem(*vaultRecords(std::move(config)), "store.vault.token_file", "store.vault.token_file");
}

TEST_F(VaultSessionTest, TheNamespaceGoesWithEveryRequestButHealth) {
    server.command(Json{{"do", "set"}, {"options", {{"namespace", "team-a/sub"}}}});
    VaultConfig config = appRole();
    config.nameSpace = "team-a/sub/";
    const auto records = vaultRecords(std::move(config));
    ASSERT_TRUE(ready(*records)) << records->health().problem;
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
}

// --- what is sent, exactly ---

struct Sent final : HttpTransport {
    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                     Completion<HttpResponse> done) override {
        last = {};
        last.method = request.method;
        last.headers = request.headers;
        last.contentType = request.contentType;
        return scripted.send(std::move(request), std::move(done));
    }
    [[nodiscard]] std::string header(const std::string& name) const {
        for (const HttpHeader& header : last.headers) {
            if (header.name == name)
                return header.value;
        }
        return {};
    }
    void json(int status, std::string body) {
        scripted.answer(status, std::move(body), {{"Content-Type", "application/json"}});
    }
    [[nodiscard]] bool idle() const { return scripted.idle(); }
    [[nodiscard]] const ScriptedTransport::Waiting& front() const { return scripted.waiting.front(); }
    ScriptedTransport scripted;
    HttpRequest last;
};

struct VaultRequests : ::testing::Test {
    void SetUp() override {
        initialiseSecrets();
        config.url = "https://vault.example.com:8200/behind/";
        config.nameSpace = "team";
        config.auth = "approle";
        config.roleId = "r";
        config.secretId = sealedText("s");
        session = std::make_unique<VaultSession>(config, http, clock);
    }
    void signIn() {
        ASSERT_TRUE(spinUntil([&] { return !http.idle(); }));
        http.json(200, R"({"auth":{"client_token":"hvs.token","lease_duration":3600,"renewable":true}})");
        ASSERT_TRUE(spinUntil([&] { return !http.idle(); }));
    }
    void send(VaultCall call) {
        session->send(std::move(call),
                      [this](Result<VaultAnswer> answer) { answers.push_back(std::move(answer)); });
    }
    VaultConfig config;
    Sent http;
    FakeClock clock;
    std::unique_ptr<VaultSession> session;
    std::vector<Result<VaultAnswer>> answers;
};

TEST_F(VaultRequests, HaveTheTokenTheNamespaceAndTheMark) {
    VaultCall call;
    call.method = HttpRequest::Method::Post;
    call.path = "secret/data/keybearer/header";
    call.body = Json{{"data", Json::object()}};
    send(call);
    ASSERT_TRUE(spinUntil([&] { return !http.idle(); }));
    EXPECT_EQ(http.front().url, "https://vault.example.com:8200/behind/v1/auth/approle/login");
    EXPECT_EQ(http.front().body, R"({"role_id":"r","secret_id":"s"})");
    EXPECT_EQ(http.header("X-Vault-Token"), "");
    signIn();
    EXPECT_EQ(http.front().url, "https://vault.example.com:8200/behind/v1/secret/data/keybearer/header");
    EXPECT_EQ(http.front().body, R"({"data":{}})");
    EXPECT_EQ(http.header("X-Vault-Token"), "hvs.token");
    EXPECT_EQ(http.header("X-Vault-Namespace"), "team");
    EXPECT_EQ(http.header("X-Vault-Request"), "true");
    EXPECT_EQ(http.last.contentType, "application/json");
    http.scripted.answer(204, "");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0]->status, 204);
}

TEST_F(VaultRequests, ListIsAGetThatSaysSo) {
    VaultCall call;
    call.path = "secret/metadata/keybearer";
    call.list = true;
    send(call);
    signIn();
    EXPECT_EQ(http.front().url,
              "https://vault.example.com:8200/behind/v1/secret/metadata/keybearer?list=true");
}

TEST_F(VaultRequests, NotMoreThanAFewAreUnderWayAtATime) {
    for (int i = 0; i < 50; ++i)
        send(VaultCall{HttpRequest::Method::Get, "secret/data/x"});
    signIn();
    EXPECT_EQ(http.scripted.waiting.size(), 6U);
    http.json(404, R"({"errors":[]})");
    ASSERT_TRUE(spinUntil([&] { return http.scripted.waiting.size() == 6; }));
    EXPECT_EQ(http.scripted.sent, 1 + 7);
}

TEST_F(VaultRequests, AServerThatIsAwayFailsEverybodyAtOnce) {
    for (int i = 0; i < 20; ++i)
        send(VaultCall{HttpRequest::Method::Get, "secret/data/x"});
    signIn();
    while (!http.idle())
        http.scripted.fail(Error(ErrorCode::ProviderUnavailable, "No answer from vault.example.com: refused")
                               .with("sent", false));
    ASSERT_TRUE(spinUntil([&] { return answers.size() == 20; }));
    for (const Result<VaultAnswer>& answer : answers) {
        EXPECT_EQ(answer.error().code, ErrorCode::StoreUnavailable);
        EXPECT_NE(answer.error().action, "");
    }
    EXPECT_LT(http.scripted.sent, 20) << "whoever still waited was not sent into the same";
}

TEST_F(VaultRequests, AServerThatDoesNotAnswerInTimeFailsEverybodyToo) {
    for (int i = 0; i < 20; ++i)
        send(VaultCall{HttpRequest::Method::Get, "secret/data/x"});
    signIn();
    clock.advance(std::chrono::seconds(16));
    const int sent = http.scripted.sent;
    while (!http.idle())
        http.scripted.fail(Error(ErrorCode::ProviderUnavailable, "No answer in time from vault.example.com")
                               .with("sent", true));
    ASSERT_TRUE(spinUntil([&] { return answers.size() == 20; }));
    EXPECT_EQ(http.scripted.sent, sent) << "there is no time left for another try";
}

TEST_F(VaultRequests, APauseThatIsLongerThanTheDeadlineIsNotWaitedFor) {
    send(VaultCall{HttpRequest::Method::Get, "secret/data/x"});
    signIn();
    http.scripted.answer(429, R"({"errors":["quota"]})",
                         {{"Content-Type", "application/json"}, {"Retry-After", "60"}});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].error().retryAfter, std::chrono::seconds(60));
}

TEST_F(VaultRequests, DestructionCancels) {
    send(VaultCall{HttpRequest::Method::Get, "secret/data/x"});
    signIn();
    send(VaultCall{HttpRequest::Method::Get, "secret/data/y"});
    session.reset();
    while (!http.idle())
        http.json(200, "{}");
    spinOnce();
    EXPECT_TRUE(answers.empty());
}

} // namespace

} // namespace keybearer::test
