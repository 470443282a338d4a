#include "app/tray/signin/SignInAttempt.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QLabel>
#include <QPushButton>

namespace keybearer::test {
namespace {

class SignInTest : public TrayFixture {
protected:
    SignInTest() {
        broker.answer("signin.start",
                      Json{{"signin_id", "i1"},
                           {"flow", "browser"},
                           {"provider", "github"},
                           {"authorization_url", "https://github.com@evil.example/authorize?x=1"}});
        broker.answer("signin.cancel", Json{{"signin_id", "i1"}, {"state", "cancelled"}});
    }
    void begin() {
        connectAll();
        attempt = std::make_unique<SignInAttempt>(client, mirror, "github", [this](const QUrl& url) {
            opened.push_back(url.toString().toStdString());
            return browserStarts;
        });
        QObject::connect(attempt.get(), &SignInAttempt::noticed, attempt.get(),
                         [this](const Notice& n) { notices.push_back(n); });
        QObject::connect(attempt.get(), &SignInAttempt::finished, attempt.get(), [this] { ++finished; });
        attempt->start();
    }
    QString text(const char* name) {
        return attempt->dialog().findChild<QLabel*>(QLatin1String(name))->text();
    }

    std::unique_ptr<SignInAttempt> attempt;
    std::vector<std::string> opened;
    std::vector<Notice> notices;
    bool browserStarts = true;
    int finished = 0;
};

TEST_F(SignInTest, BrowserOpensAndTheHostIsShown) {
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    EXPECT_EQ(broker.called("signin.start")[0], (Json{{"provider", "github"}, {"flow", "auto"}}));
    EXPECT_EQ(text("heading"), QStringLiteral("Waiting for you in the browser..."));
    EXPECT_TRUE(text("detail").contains(QStringLiteral("the page of evil.example that")));
}

TEST_F(SignInTest, SuccessClosesAndTellsWho) {
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    broker.emitEvent("signin.progress", {{"signin_id", "another"}, {"state", "failed"}});
    broker.emitEvent("signin.progress", {{"signin_id", "i1"}, {"state", "exchanging"}});
    broker.emitEvent("signin.progress", {{"signin_id", "i1"},
                                         {"state", "signed_in"},
                                         {"session", sessionJson("s1", "github", "ana@example.com")}});
    ASSERT_TRUE(wait([&] { return finished == 1; }));
    EXPECT_EQ(notices[0].title, QStringLiteral("Signed in as ana@example.com"));
    EXPECT_FALSE(attempt->dialog().isVisible());
    attempt.reset();
    settle();
    EXPECT_TRUE(broker.called("signin.cancel").empty());
}

TEST_F(SignInTest, FailureSaysWhatToDoAndCanBeTriedAgain) {
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    broker.emitEvent(
        "signin.progress",
        {{"signin_id", "i1"},
         {"state", "failed"},
         {"error", {{"code", -31006}, {"message", "503"}, {"data", {{"name", "provider_unavailable"}}}}}});
    ASSERT_TRUE(wait([&] { return text("heading") == u"The sign-in did not work"; }));
    EXPECT_TRUE(text("detail").contains(QStringLiteral("Check the network")));
    EXPECT_EQ(finished, 0);
    Q_EMIT attempt->dialog().retryWanted();
    EXPECT_TRUE(wait([&] { return opened.size() == 2; }));
}

TEST_F(SignInTest, RefusalAtTheStartIsExplained) {
    broker.answer(
        "signin.start",
        Json{{"error", {{"code", -31013}, {"message", "x"}, {"data", {{"name", "not_configured"}}}}}});
    begin();
    ASSERT_TRUE(wait([&] { return text("heading") == u"The sign-in did not work"; }));
    EXPECT_TRUE(text("detail").contains(QStringLiteral("client id")));
}

TEST_F(SignInTest, DismissalCancelsAtTheBroker) {
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    attempt->dialog().reject();
    EXPECT_EQ(finished, 1);
    ASSERT_TRUE(wait([&] { return broker.called("signin.cancel").size() == 1; }));
    EXPECT_EQ(broker.called("signin.cancel")[0]["signin_id"], "i1");
}

TEST_F(SignInTest, WithoutABrowserTheLinkCanBeCopied) {
    browserStarts = false;
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    EXPECT_EQ(text("heading"), QStringLiteral("Open the link in a browser"));
}

TEST_F(SignInTest, BrokerThatGoesAwayEndsIt) {
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    broker.stop();
    ASSERT_TRUE(wait([&] { return text("heading") == u"The sign-in did not work"; }));
    EXPECT_TRUE(text("detail").contains(QStringLiteral("The broker cannot be reached")));
}

Json deviceStarted() {
    return Json{{"signin_id", "i1"},
                {"flow", "device"},
                {"provider", "github"},
                {"state", "waiting"},
                {"user_code", "WDJB-MJHT"},
                {"verification_uri", "https://github.com/login/device"},
                {"verification_uri_complete", "https://github.com/login/device?user_code=WDJB-MJHT"},
                {"qr", {"10", "01"}},
                {"expires_at", "2099-05-01T09:30:00Z"},
                {"interval", 5}};
}

TEST_F(SignInTest, SEC_C_32_ADeviceCodeIsShownWithHostAndWarning) {
    broker.answer("signin.start", deviceStarted());
    begin();
    ASSERT_TRUE(wait([&] { return text("code") == u"WDJB-MJHT"; }));
    EXPECT_TRUE(text("where").contains(QStringLiteral("https://github.com/login/device ")));
    EXPECT_TRUE(text("warning").contains(QStringLiteral("only at github.com")));
    EXPECT_TRUE(text("left").contains(QStringLiteral("left")));
    EXPECT_FALSE(attempt->dialog().findChild<QLabel*>(QStringLiteral("qr"))->pixmap().isNull());
    EXPECT_TRUE(opened.empty()) << "a code is for another device unless the person says otherwise";
}

TEST_F(SignInTest, SEC_C_33_TheCompleteAddressIsOpenedHereAndTheCodeStays) {
    broker.answer("signin.start", deviceStarted());
    begin();
    ASSERT_TRUE(wait([&] { return text("code") == u"WDJB-MJHT"; }));
    Q_EMIT attempt->dialog().openWanted();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0], "https://github.com/login/device?user_code=WDJB-MJHT");
    EXPECT_TRUE(attempt->dialog().findChild<QLabel*>(QStringLiteral("code"))->isVisible());
}

TEST_F(SignInTest, P6_WhatTakesNoPersonIsDoneAtOnce) {
    broker.answer("signin.start", Json{{"signin_id", "i1"},
                                       {"flow", "client_credentials"},
                                       {"provider", "github"},
                                       {"state", "signed_in"},
                                       {"session", sessionJson("s1", "github", "desk")}});
    begin();
    ASSERT_TRUE(wait([&] { return finished == 1; }));
    EXPECT_EQ(notices[0].title, QStringLiteral("Signed in as desk"));
}

TEST(DevicePanelTest, CountdownEndsWithASentence) {
    EXPECT_EQ(DevicePanel::leftWords(247), QStringLiteral("4:07 left"));
    EXPECT_EQ(DevicePanel::leftWords(0), QStringLiteral("The code has expired."));
}

TEST(DevicePanelTest, SEC_C_34_AnAddressThatIsNoneMakesNoDeviceSignIn) {
    for (const char* address : {"", "/bin/sh", "javascript:alert(1)", "file:///etc/passwd"}) {
        Json started = deviceStarted();
        started["verification_uri"] = address;
        EXPECT_FALSE(DeviceSignIn::from(started)) << address;
    }
    Json crooked = deviceStarted();
    crooked["qr"] = {"101", "0"};
    EXPECT_TRUE(DeviceSignIn::from(crooked)->qr.isEmpty());
}

TEST_F(SignInTest, AddressThatIsNoneIsNotOpened) {
    broker.answer("signin.start", Json{{"signin_id", "i1"}, {"authorization_url", "/bin/sh"}});
    begin();
    ASSERT_TRUE(wait([&] { return text("heading") == u"The sign-in did not work"; }));
    EXPECT_TRUE(opened.empty());
}

} // namespace
} // namespace keybearer::test
