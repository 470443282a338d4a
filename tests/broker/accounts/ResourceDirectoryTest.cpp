#include "broker/accounts/ResourceDirectory.h"

#include "broker/accounts/SignInDesk.h"
#include "broker/base/Json.h"
#include "tests/broker/accounts/RotationHouse.h"

#include <gmock/gmock.h>

#include <QUrlQuery>

namespace keybearer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* server = "https://mcp.example/mcp";
constexpr const char* metadataUrl = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
constexpr const char* issuer = "https://as.example";

std::string resourceJson(const std::string& as = issuer, const std::string& more = {}) {
    return R"({"resource":"https://mcp.example/mcp","authorization_servers":[")" + as + "\"]" + more + "}";
}

std::string serverJson(const std::string& as = issuer, const std::string& more = {}) {
    return R"({"issuer":")" + as + R"(","authorization_endpoint":")" + as +
           R"(/authorize","token_endpoint":")" + as +
           R"(/token","code_challenge_methods_supported":["S256"])" + more + "}";
}

std::string registration(const std::string& as = issuer) {
    return R"(,"registration_endpoint":")" + as + R"(/register")";
}

class ResourceDirectoryTest : public ::testing::Test {
protected:
    void SetUp() override { build(); }
    void build() {
        directory.reset();
        house = std::make_unique<RotationHouse>(disk);
        if (service)
            config.services = {*service};
        Config all = RotationHouse::config();
        all.services = config.services;
        house->catalog = std::move(*ProviderCatalog::load(all));
        directory = std::make_unique<ResourceDirectory>(
            ResourceDirectory::Rooms{config, house->catalog, house->directory, house->registry, *disk.state,
                                     house->http, house->clock});
        ASSERT_TRUE(directory->load());
        house->open();
    }
    void prepare(ResourceChallenge challenge = {401, {}, {}, {}}) {
        done = false;
        directory->prepare(*directory->find(server), std::move(challenge), [this](Result<std::string> name) {
            done = true;
            result = std::move(name);
        });
    }
    [[nodiscard]] std::string asked() const {
        return house->http.waiting.empty() ? std::string() : house->http.waiting.front().url;
    }
    void answer(const std::string& url, const std::string& body, int status = 200) {
        ASSERT_EQ(asked(), url);
        house->http.answer(status, body);
        spinOnce();
    }
    // The whole walk with a server that registers our client.
    void prepareRegistered(const std::string& clientId = "c1") {
        prepare();
        answer(metadataUrl, resourceJson());
        answer("https://as.example/.well-known/oauth-authorization-server",
               serverJson(issuer, registration()));
        answer("https://as.example/register", R"({"client_id":")" + clientId + "\"}", 201);
        ASSERT_TRUE(done);
        ASSERT_TRUE(result) << result.error().message;
    }
    const Provider& entry() { return *house->catalog.find(*result); }

    RotationHouse::Disk disk;
    std::unique_ptr<RotationHouse> house;
    Config config;
    std::optional<ServiceConfig> service;
    std::unique_ptr<ResourceDirectory> directory;
    bool done = false;
    Result<std::string> result = failure(ErrorCode::InternalError, "not yet");
};

TEST_F(ResourceDirectoryTest, P10_AnAddressBecomesAnEntryWithARegisteredClient) {
    prepareRegistered();
    EXPECT_EQ(*result, "mcp.example");
    EXPECT_EQ(entry().clientId, "c1");
    EXPECT_EQ(entry().issuer, issuer);
    EXPECT_EQ(entry().resource->identifier, server);
    EXPECT_TRUE(entry().resource->discovered);
    EXPECT_EQ(directory->find("mcp.example")->url, server);
}

TEST_F(ResourceDirectoryTest, WhatWasFoundIsThereAfterARestart) {
    prepareRegistered();
    build();
    const Provider* again = house->catalog.find("mcp.example");
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(again->clientId, "c1");
    EXPECT_FALSE(again->quirks.redirectPath.empty());
    EXPECT_NE(again->quirks.redirectPort, 0);
}

TEST_F(ResourceDirectoryTest, SEC_C_23_ASecretIsKeptByIssuerAndComesBack) {
    prepare();
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    answer("https://as.example/register",
           R"({"client_id":"c1","client_secret":"hush","token_endpoint_auth_method":"client_secret_post"})",
           201);
    ASSERT_TRUE(done && result);
    build();
    bool found = false;
    house->directory.resolve("mcp.example", [&](Result<ServerAccess> access) {
        ASSERT_TRUE(access) << access.error().message;
        found = true;
        EXPECT_EQ(access->client.clientSecret->open().reveal(), "hush");
        EXPECT_EQ(access->client.method, ClientAuthMethod::ClientSecretPost);
    });
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson());
    EXPECT_TRUE(found);
}

TEST_F(ResourceDirectoryTest, AskersOfOneServerShareOneWalk) {
    prepare();
    bool second = false;
    directory->prepare(*directory->find(server), {401, {}, {}, {}},
                       [&](Result<std::string> name) { second = name.has_value(); });
    EXPECT_EQ(house->http.sent, 1);
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    EXPECT_TRUE(done && second);
}

TEST_F(ResourceDirectoryTest, C1_WithoutAChallengeTheServerIsAskedForOne) {
    prepare({});
    ASSERT_EQ(asked(), server);
    EXPECT_THAT(house->http.waiting.front().body, HasSubstr("initialize"));
    house->http.answer(401, "",
                       {{"WWW-Authenticate", "Basic realm=\"x\""},
                        {"WWW-Authenticate", "Bearer scope=\"one two\", "
                                             "resource_metadata=\"https://mcp.example/meta\""}});
    spinOnce();
    answer("https://mcp.example/meta", resourceJson(issuer, R"(,"scopes_supported":["all"])"));
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    ASSERT_TRUE(done && result);
    EXPECT_THAT(entry().scopes, ElementsAre("one", "two")); // C16: the challenge has authority
}

TEST_F(ResourceDirectoryTest, C16_WithoutScopesInTheChallengeAllThatTheServerKnowsAreAskedFor) {
    prepare();
    answer(metadataUrl, resourceJson(issuer, R"(,"scopes_supported":["a","b"])"));
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    EXPECT_THAT(entry().scopes, ElementsAre("a", "b"));
}

TEST_F(ResourceDirectoryTest, C19_OfflineAccessIsAskedForOnlyWhereItIsListed) {
    prepare({401, {}, "a", {}});
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server",
           serverJson(issuer, registration() + R"(,"scopes_supported":["a","offline_access"])"));
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    EXPECT_THAT(entry().scopes, ElementsAre("a", "offline_access"));
}

TEST_F(ResourceDirectoryTest, C4_AForeignResourceStopsBeforeTheAuthorizationServerIsAsked) {
    prepare();
    house->http.answer(
        200, R"({"resource":"https://evil.example/mcp","authorization_servers":["https://as.example"]})");
    spinOnce();
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::ProviderError);
    EXPECT_EQ(house->http.sent, 1);
}

TEST_F(ResourceDirectoryTest, C11_AnotherAuthorizationServerGetsAClientOfItsOwnAndOldSessionsEnd) {
    prepareRegistered();
    TokenSet tokens;
    tokens.accessToken = AccessToken(Secret::copyOf("at-1"));
    tokens.tokenType = "Bearer";
    AccountRegistry::SignedIn who;
    who.provider = "mcp.example";
    who.issuer = issuer;
    who.resource = server;
    who.account = {"default", "mcp.example"};
    const Result<std::string> session = house->registry.adopt(std::move(who), std::move(tokens));
    ASSERT_TRUE(session);
    house->clock.advance(std::chrono::minutes(1));
    prepare();
    answer(metadataUrl, resourceJson("https://new.example"));
    answer("https://new.example/.well-known/oauth-authorization-server",
           serverJson("https://new.example", registration("https://new.example")));
    answer("https://new.example/register", R"({"client_id":"c2"})", 201);
    ASSERT_TRUE(done && result);
    EXPECT_EQ(entry().clientId, "c2");
    EXPECT_EQ(entry().issuer, "https://new.example");
    EXPECT_TRUE(house->registry.find(*session)->record.needsSignIn);
}

TEST_F(ResourceDirectoryTest, C11_AConfiguredClientIsNotShownToAnotherAuthorizationServer) {
    service = ServiceConfig{};
    service->name = "partner";
    service->url = server;
    service->clientId = "abc";
    service->issuer = issuer;
    build();
    prepare();
    answer(metadataUrl, resourceJson("https://evil.example"));
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::NotConfigured);
    EXPECT_TRUE(house->http.idle());
}

TEST_F(ResourceDirectoryTest, C7_AConfiguredClientComesFirst) {
    service = ServiceConfig{};
    service->name = "partner";
    service->url = server;
    service->clientId = "abc";
    build();
    prepare();
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    ASSERT_TRUE(done && result);
    EXPECT_EQ(*result, "partner");
    EXPECT_EQ(entry().clientId, "abc");
}

TEST_F(ResourceDirectoryTest, C8_TheMetadataDocumentComesBeforeARegistration) {
    config.clientMetadataUrl = "https://keybearer.example/client-metadata.json";
    build();
    prepare();
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server",
           serverJson(issuer, registration() + R"(,"client_id_metadata_document_supported":true)"));
    ASSERT_TRUE(done && result);
    EXPECT_EQ(entry().clientId, "https://keybearer.example/client-metadata.json");
    EXPECT_EQ(entry().quirks.redirectPath, "/callback");
}

TEST_F(ResourceDirectoryTest, C10_WhereNothingHelpsAClientIdIsAskedFor) {
    prepare();
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson());
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::NotConfigured);
    EXPECT_THAT(result.error().action, HasSubstr("services: {mcp.example: {url: https://mcp.example/mcp"));
}

TEST_F(ResourceDirectoryTest, C25_AServerOfTheFirstRevisionHasFixedEndpoints) {
    prepare();
    for (int i = 0; i < 2; ++i) {
        house->http.answer(404, "");
        spinOnce();
    }
    answer("https://mcp.example/.well-known/oauth-authorization-server", "", 404);
    answer("https://mcp.example/.well-known/openid-configuration", "", 404);
    answer("https://mcp.example/register", R"({"client_id":"c1"})", 201);
    ASSERT_TRUE(done && result) << result.error().message;
    EXPECT_EQ(entry().endpoints->tokenEndpoint, QUrl(QStringLiteral("https://mcp.example/token")));
}

TEST_F(ResourceDirectoryTest, C25_AServerThatIsDownIsNoServerOfTheFirstRevision) {
    prepare();
    for (int i = 0; i < 2; ++i) {
        house->http.answer(404, "");
        spinOnce();
    }
    answer("https://mcp.example/.well-known/oauth-authorization-server", "", 503);
    answer("https://mcp.example/.well-known/openid-configuration", "", 404);
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::ProviderUnavailable);
}

TEST_F(ResourceDirectoryTest, AServerThatWantsNoSignInIsSaidToBeOne) {
    prepare({});
    answer(server, "{}");
    for (int i = 0; i < 2; ++i) {
        house->http.answer(404, "");
        spinOnce();
    }
    ASSERT_TRUE(done);
    EXPECT_EQ(result.error().code, ErrorCode::InvalidRequest);
}

TEST_F(ResourceDirectoryTest, AForgottenClientIsRegisteredOnceMore) {
    prepareRegistered("c1");
    house->directory.refuseClient("mcp.example");
    prepare();
    answer(metadataUrl, resourceJson());
    answer("https://as.example/register", R"({"client_id":"c2"})", 201); // its metadata are remembered
    ASSERT_TRUE(done && result);
    EXPECT_EQ(entry().clientId, "c2");
}

TEST_F(ResourceDirectoryTest, AnUnreachableServerDoesNotTakeAwayWhatIsKnown) {
    prepareRegistered();
    house->clock.advance(std::chrono::minutes(1));
    prepare();
    house->http.fail(Error(ErrorCode::ProviderUnavailable, "no route"));
    spinOnce();
    house->http.fail(Error(ErrorCode::ProviderUnavailable, "no route"));
    spinOnce();
    ASSERT_TRUE(done);
    EXPECT_TRUE(result);
}

TEST_F(ResourceDirectoryTest, C13_TheResourceStandsInEveryRequestOfASignIn) {
    SignInDesk desk{house->catalog, house->directory, house->registry,
                    house->http,    house->clock,     directory.get()};
    SignIn::Wish wish;
    wish.url = server;
    wish.challenge.status = 401;
    QUrl url;
    const SignIn* signIn = nullptr;
    desk.start(std::move(wish), [&](Result<SignInDesk::Started> started) {
        ASSERT_TRUE(started) << started.error().message;
        url = started->invitation.authorizationUrl;
        signIn = started->signIn;
    });
    ASSERT_TRUE(spinUntil([&] { return !house->http.idle(); }));
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    ASSERT_TRUE(spinUntil([&] { return signIn != nullptr; }));
    const QUrlQuery query(url);
    EXPECT_EQ(query.queryItemValue(QStringLiteral("resource"), QUrl::FullyDecoded),
              QString::fromLatin1(server));
    EXPECT_FALSE(query.hasQueryItem(QStringLiteral("scope")));
    const std::string back =
        query.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded).toStdString() +
        "?code=c0de&state=" + query.queryItemValue(QStringLiteral("state")).toStdString();
    ASSERT_TRUE((*desk.find(signIn->id()))->complete(back));
    ASSERT_TRUE(spinUntil([&] { return !house->http.idle(); }));
    EXPECT_THAT(house->http.waiting.front().body, HasSubstr("resource=https%3A%2F%2Fmcp.example%2Fmcp"));
    house->http.answer(200, RotationHouse::tokenJson("at-1", "rt-1"));
    ASSERT_TRUE(spinUntil([&] { return signIn->ended(); }));
    const CredentialRecord record = house->registry.find(signIn->sessionId())->record;
    EXPECT_EQ(record.resource, server);
    EXPECT_EQ(record.account.label, "mcp.example");
    static_cast<void>(house->refresh(signIn->sessionId()));
    ASSERT_TRUE(spinUntil([&] { return !house->http.idle(); }));
    EXPECT_THAT(house->http.waiting.front().body, HasSubstr("resource=https%3A%2F%2Fmcp.example%2Fmcp"));
}

TEST_F(ResourceDirectoryTest, AnAddressThatMayNotBeSpokenToIsNoServer) {
    for (const char* bad :
         {"http://mcp.example/mcp", "https://ana:pw@mcp.example/", "https://mcp.example/#x"})
        EXPECT_FALSE(directory->find(bad)) << bad;
    EXPECT_EQ(directory->find("linaer").error().code, ErrorCode::NotFound);
}

TEST_F(ResourceDirectoryTest, ServersOfOneHostHaveDifferentNames) {
    EXPECT_EQ(directory->find("https://h.example/a")->name, "h.example");
    EXPECT_EQ(directory->find("https://h.example/b")->name, "h.example-b");
    EXPECT_EQ(directory->find("http://localhost:3001/mcp")->name, "localhost-3001");
    EXPECT_EQ(directory->find("https://h.example:443/a")->name, "h.example");
}

TEST_F(ResourceDirectoryTest, ARegistrationIsWideEnoughForOtherServersThere) {
    prepare({401, {}, "read", {}});
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server",
           serverJson(issuer, registration() + R"(,"scopes_supported":["read","write"])"));
    ASSERT_EQ(asked(), "https://as.example/register");
    EXPECT_THAT(house->http.waiting.front().body, HasSubstr(R"("scope":"read write")"));
}

TEST_F(ResourceDirectoryTest, ASignInThatNobodyCameBackFromGetsANewClientNextTime) {
    SignInDesk desk{house->catalog, house->directory, house->registry,
                    house->http,    house->clock,     directory.get()};
    SignIn::Wish wish;
    wish.url = server;
    wish.challenge.status = 401;
    const SignIn* signIn = nullptr;
    desk.start(std::move(wish), [&](Result<SignInDesk::Started> started) {
        ASSERT_TRUE(started) << started.error().message;
        signIn = started->signIn;
    });
    ASSERT_TRUE(spinUntil([&] { return !house->http.idle(); }));
    answer(metadataUrl, resourceJson());
    answer("https://as.example/.well-known/oauth-authorization-server", serverJson(issuer, registration()));
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    ASSERT_TRUE(spinUntil([&] { return signIn != nullptr; }));
    (*desk.find(signIn->id()))->cancel();
    prepare();
    answer(metadataUrl, resourceJson());
    answer("https://as.example/register", R"({"client_id":"c2"})", 201);
    ASSERT_TRUE(done && result);
    EXPECT_EQ(entry().clientId, "c2");
}

TEST_F(ResourceDirectoryTest, C12_WhereNoPkceIsAnnouncedTheKeyThatHelpsIsNamed) {
    SignInDesk desk{house->catalog, house->directory, house->registry,
                    house->http,    house->clock,     directory.get()};
    SignIn::Wish wish;
    wish.url = server;
    wish.challenge.status = 401;
    std::optional<Error> error;
    desk.start(std::move(wish), [&](Result<SignInDesk::Started> started) { error = started.error(); });
    ASSERT_TRUE(spinUntil([&] { return !house->http.idle(); }));
    answer(metadataUrl, resourceJson());
    answer(
        "https://as.example/.well-known/oauth-authorization-server",
        R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
        R"("token_endpoint":"https://as.example/token","registration_endpoint":"https://as.example/register"})");
    answer("https://as.example/register", R"({"client_id":"c1"})", 201);
    ASSERT_TRUE(spinUntil([&] { return error.has_value(); }));
    EXPECT_THAT(error->action, HasSubstr("pkce_without_metadata: true"));
}

} // namespace
} // namespace keybearer
