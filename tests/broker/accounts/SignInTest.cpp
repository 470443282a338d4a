#include "broker/accounts/SignInDesk.h"

#include "tests/broker/accounts/RotationHouse.h"

#include <QNetworkReply>
#include <QUrlQuery>

namespace keybearer {
namespace {

class SignInTest : public ::testing::Test {
protected:
    struct Begun {
        bool done = false;
        Result<SignInDesk::Started> started = failure(ErrorCode::InternalError, "not yet");
    };
    std::shared_ptr<Begun> begin(const std::string& provider, const std::string& flow = "auto") {
        auto begun = std::make_shared<Begun>();
        desk.start({provider, {}, {}, flow, {}}, [begun](Result<SignInDesk::Started> started) {
            begun->started = std::move(started);
            begun->done = true;
        });
        return begun;
    }
    // Plays the browser that comes back from the provider.
    static std::string redirect(const QUrl& authorization, const QString& state = {}) {
        const QUrlQuery query(authorization);
        QUrl back(query.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
        QUrlQuery answer;
        answer.addQueryItem(QStringLiteral("code"), QStringLiteral("c0de"));
        answer.addQueryItem(QStringLiteral("state"),
                            state.isEmpty() ? query.queryItemValue(QStringLiteral("state")) : state);
        back.setQuery(answer);
        return back.toString(QUrl::FullyEncoded).toStdString();
    }

    static constexpr const char* deviceAnswer =
        R"({"device_code":"dev-1","user_code":"WDJB-MJHT","verification_uri":"https://login.example.com/d",)"
        R"("expires_in":900})";

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    SignInDesk desk{house.catalog, house.directory, house.registry, house.http, house.clock};
};

TEST_F(SignInTest, P3_APastedRedirectSignsIn) {
    const auto begun = begin("corp");
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    ASSERT_TRUE(begun->started) << begun->started.error().message;
    SignIn& signIn = **desk.find(begun->started->signIn->id());
    EXPECT_EQ(signIn.state(), SignInState::Waiting);
    EXPECT_FALSE(
        signIn.complete(redirect(begun->started->invitation.authorizationUrl, QStringLiteral("forged"))));
    ASSERT_TRUE(signIn.complete(redirect(begun->started->invitation.authorizationUrl)));
    ASSERT_TRUE(house.requestWaits());
    EXPECT_NE(house.http.waiting.front().body.find("code=c0de"), std::string::npos);
    EXPECT_NE(house.http.waiting.front().body.find("code_verifier="), std::string::npos);
    house.http.answer(200, RotationHouse::tokenJson("at-1", "rt-1"));
    ASSERT_TRUE(spinUntil([&] { return signIn.ended(); }));
    ASSERT_EQ(signIn.state(), SignInState::SignedIn) << signIn.error()->message;
    const Credential* credential = house.registry.find(signIn.sessionId());
    ASSERT_NE(credential, nullptr);
    EXPECT_EQ(house.secrets(signIn.sessionId()).refreshToken.reveal(), "rt-1");
}

TEST_F(SignInTest, TwoSignInsAtOnceDoNotDisturbEachOther) {
    const auto first = begin("corp");
    const auto second = begin("corp");
    ASSERT_TRUE(spinUntil([&] { return first->done && second->done; }));
    EXPECT_NE(first->started->invitation.authorizationUrl, second->started->invitation.authorizationUrl);
    EXPECT_EQ(desk.open(), 2U);
    EXPECT_FALSE((*desk.find(first->started->signIn->id()))
                     ->complete(redirect(second->started->invitation.authorizationUrl)));
}

TEST_F(SignInTest, CancelEndsItAndTheNextOneStartsAtOnce) {
    const auto first = begin("corp");
    ASSERT_TRUE(spinUntil([&] { return first->done; }));
    SignIn& signIn = **desk.find(first->started->signIn->id());
    signIn.cancel();
    EXPECT_EQ(signIn.state(), SignInState::Cancelled);
    EXPECT_FALSE(signIn.complete(redirect(first->started->invitation.authorizationUrl)));
    const auto second = begin("corp");
    ASSERT_TRUE(spinUntil([&] { return second->done; }));
    ASSERT_TRUE(second->started);
    const QUrlQuery before(first->started->invitation.authorizationUrl);
    const QUrlQuery after(second->started->invitation.authorizationUrl);
    EXPECT_NE(before.queryItemValue(QStringLiteral("state")), after.queryItemValue(QStringLiteral("state")));
    EXPECT_NE(before.queryItemValue(QStringLiteral("redirect_uri")),
              after.queryItemValue(QStringLiteral("redirect_uri")));
}

TEST_F(SignInTest, AProviderWithoutAClientIdSaysWhereToRegister) {
    const auto begun = begin("github");
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    ASSERT_FALSE(begun->started);
    EXPECT_EQ(begun->started.error().code, ErrorCode::NotConfigured);
    EXPECT_NE(begun->started.error().action.find("https://github.com"), std::string::npos);
}

TEST_F(SignInTest, AMistypedProviderIsSuggested) {
    const auto begun = begin("gihtub");
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    EXPECT_EQ(std::get<std::string>(*begun->started.error().detail("did_you_mean")), "github");
}

TEST_F(SignInTest, ARefusedCodeFailsAndStoresNothing) {
    const auto begun = begin("corp");
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    SignIn& signIn = **desk.find(begun->started->signIn->id());
    ASSERT_TRUE(signIn.complete(redirect(begun->started->invitation.authorizationUrl)));
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, R"({"error":"invalid_grant"})");
    ASSERT_TRUE(spinUntil([&] { return signIn.ended(); }));
    EXPECT_EQ(signIn.state(), SignInState::Failed);
    EXPECT_TRUE(house.registry.all().empty());
}

TEST_F(SignInTest, P4_ADeviceSignInShowsACodeAndWaits) {
    const auto begun = begin("kiosk");
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(house.http.waiting.front().url, "https://login.example.com/device");
    house.http.answer(200, deviceAnswer);
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    ASSERT_TRUE(begun->started) << begun->started.error().message;
    EXPECT_EQ(begun->started->invitation.flow, SignInFlow::Device);
    EXPECT_EQ(begun->started->invitation.device->userCode, "WDJB-MJHT");
    SignIn& signIn = **desk.find(begun->started->signIn->id());
    EXPECT_EQ(signIn.state(), SignInState::Waiting);
    EXPECT_EQ(signIn.expiresAt(), house.clock.wall() + std::chrono::seconds(900));
    EXPECT_FALSE(signIn.complete("http://127.0.0.1/?code=x&state=y"));
    signIn.cancel();
    EXPECT_EQ(signIn.state(), SignInState::Cancelled);
}

TEST_F(SignInTest, P4_ADeviceCodeThatIsRefusedFailsTheStart) {
    const auto begun = begin("kiosk", "device");
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, R"({"error":"unauthorized_client"})");
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    ASSERT_FALSE(begun->started);
    EXPECT_EQ(begun->started.error().code, ErrorCode::PolicyDenied);
}

TEST_F(SignInTest, T_19_AFlowThatTheProviderDoesNotAllowIsRefusedByName) {
    for (const auto& [provider, flow] : {std::pair("corp", "device"),
                                         {"corp", "client_credentials"},
                                         {"kiosk", "browser"},
                                         {"kiosk", "paste"}}) {
        const auto begun = begin(provider, flow);
        ASSERT_TRUE(spinUntil([&] { return begun->done; }));
        ASSERT_FALSE(begun->started) << provider << flow;
        EXPECT_EQ(begun->started.error().code, ErrorCode::PolicyDenied);
        EXPECT_EQ(std::get<std::string>(*begun->started.error().detail("reason")), "flow_disabled");
        EXPECT_NE(begun->started.error().action.find("flows"), std::string::npos);
    }
    EXPECT_TRUE(house.http.idle());
}

TEST_F(SignInTest, P6_ClientCredentialsEndSignedInWithoutAPerson) {
    const auto begun = begin("kiosk", "client_credentials");
    ASSERT_TRUE(house.requestWaits());
    EXPECT_FALSE(begun->done);
    EXPECT_NE(house.http.waiting.front().body.find("grant_type=client_credentials"), std::string::npos);
    EXPECT_NE(house.http.waiting.front().body.find("scope=read"), std::string::npos) << "nobody to identify";
    EXPECT_EQ(house.http.waiting.front().body.find("openid"), std::string::npos);
    house.http.answer(200, RotationHouse::tokenJson("at-1", "rt-1"));
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    ASSERT_TRUE(begun->started) << begun->started.error().message;
    EXPECT_EQ(begun->started->signIn->state(), SignInState::SignedIn);
    const Credential* credential = house.registry.find(begun->started->signIn->sessionId());
    ASSERT_NE(credential, nullptr);
    EXPECT_EQ(credential->record.kind, CredentialKind::ClientCredentials);
    EXPECT_EQ(credential->record.account.subject, "desk");
    EXPECT_TRUE(house.secrets(credential->record.id).refreshToken.empty());
}

TEST_F(SignInTest, P6_ARefusedClientFailsTheStartAndStoresNothing) {
    const auto begun = begin("kiosk", "client_credentials");
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(401, R"({"error":"invalid_client"})");
    ASSERT_TRUE(spinUntil([&] { return begun->done; }));
    ASSERT_FALSE(begun->started);
    EXPECT_EQ(begun->started.error().code, ErrorCode::ProviderError);
    EXPECT_TRUE(house.registry.all().empty());
}

TEST_F(SignInTest, AnAddressStandsForItsIssuersProvider) {
    const auto begun = std::make_shared<Begun>();
    desk.start({{}, {}, {}, "auto", "https://nobody.example"},
               [begun](Result<SignInDesk::Started> started) { begun->started = std::move(started); });
    ASSERT_FALSE(begun->started);
    EXPECT_EQ(begun->started.error().code, ErrorCode::NotFound);
}

TEST_F(SignInTest, TooManyOpenSignInsAreRefused) {
    for (int i = 0; i < 16; ++i)
        static_cast<void>(begin("corp"));
    spinOnce();
    const auto one = begin("corp");
    ASSERT_TRUE(one->done);
    EXPECT_EQ(one->started.error().code, ErrorCode::RateLimited);
}

} // namespace
} // namespace keybearer
