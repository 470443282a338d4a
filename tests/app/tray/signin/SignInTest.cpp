#include "app/tray/signin/SignIns.h"

#include "app/tray/look/LegiblePalette.h"
#include "app/tray/signin/SignInSteps.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

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
        begin({"github"});
    }
    void begin(const SignInWish& wish) {
        attempt = std::make_unique<SignInAttempt>(client, mirror, wish, [this](const QUrl& url) {
            opened.push_back(url.toString().toStdString());
            return browserStarts;
        });
        QObject::connect(attempt.get(), &SignInAttempt::signedIn, attempt.get(),
                         [this](const Json& session) { sessions.push_back(session); });
        QObject::connect(attempt.get(), &SignInAttempt::setupWanted, attempt.get(),
                         [this](const std::string& provider) { setups.push_back(provider); });
        QObject::connect(attempt.get(), &SignInAttempt::finished, attempt.get(), [this] { ++finished; });
        attempt->start();
    }
    QString text(const char* name) {
        return attempt->dialog().findChild<QLabel*>(QLatin1String(name))->text().remove(u'\u200B');
    }
    QPushButton* button(const char* name) {
        return attempt->dialog().findChild<QPushButton*>(QLatin1String(name));
    }
    template <typename T>
    T* find(const char* name) {
        return attempt->dialog().findChild<T*>(QLatin1String(name));
    }

    std::unique_ptr<SignInAttempt> attempt;
    std::vector<std::string> opened;
    std::vector<Json> sessions;
    std::vector<std::string> setups;
    bool browserStarts = true;
    int finished = 0;
};

TEST(SignInStepsTest, WhatComesLaterCanBeRead) {
    SignInSteps steps;
    steps.setPalette(legible(steps.palette()));
    steps.begin(false);
    const QColor ground = steps.palette().color(QPalette::Window);
    for (const QLabel* label : steps.findChildren<QLabel*>()) {
        const QColor ink = label->palette().color(label->foregroundRole());
        EXPECT_EQ(ink.alpha(), 255) << label->text().toStdString();
        EXPECT_GE(contrastOf(ink, ground), 4.5) << label->text().toStdString();
    }
}

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
    EXPECT_EQ(sessions[0]["account"]["label"], "ana@example.com");
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
    EXPECT_EQ(sessions[0]["account"]["label"], "desk");
}

TEST_F(SignInTest, AnExpiredCodeIsReplacedByANewOne) {
    Json expired = deviceStarted();
    expired["expires_at"] = "2020-01-01T00:00:00Z";
    broker.answer("signin.start", expired);
    begin();
    ASSERT_TRUE(wait([&] { return text("heading") == u"The code has expired"; }));
    EXPECT_FALSE(find<QLabel>("code")->isEnabled());
    EXPECT_TRUE(button("retry")->isVisible());
    EXPECT_EQ(button("retry")->text().remove(u'&'), QStringLiteral("Get a new code"));
    broker.answer("signin.start", deviceStarted());
    QTest::keyClick(&attempt->dialog(), Qt::Key_Return);
    ASSERT_TRUE(wait([&] { return text("heading") == u"Enter a code to sign in"; }));
    EXPECT_TRUE(find<QLabel>("code")->isEnabled());
    EXPECT_EQ(broker.called("signin.cancel").size(), 1U) << "of the one whose code has expired";
}

TEST_F(SignInTest, TheCodeIsCopiedAsItCame) {
    Json started = deviceStarted();
    started["user_code"] = "WDJBMJHT";
    broker.answer("signin.start", started);
    begin();
    ASSERT_TRUE(wait([&] { return text("code") == u"WDJB MJHT"; }));
    EXPECT_EQ(find<QLabel>("code")->accessibleName(), QStringLiteral("Code WDJBMJHT"));
    button("copy")->click();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("WDJBMJHT"));
}

TEST_F(SignInTest, WhatIsHappeningIsToldStepByStep) {
    broker.ignore("signin.start");
    begin();
    const auto* steps = attempt->dialog().findChild<SignInSteps*>();
    const auto now = [&](SignInSteps::Step step) { return steps->current() == step; };
    const auto tell = [&](Json event) {
        event["signin_id"] = "i1";
        broker.emitEvent("signin.progress", std::move(event));
        settle();
    };
    tell({{"provider", "github"}, {"state", "waiting"}, {"step", "discovering"}});
    EXPECT_TRUE(now(SignInSteps::Step::Discovering));
    tell({{"provider", "slack"}, {"state", "waiting"}, {"step", "registering"}});
    EXPECT_TRUE(now(SignInSteps::Step::Discovering)) << "somebody else's";
    tell({{"provider", "github"}, {"state", "waiting"}, {"step", "registering"}});
    EXPECT_TRUE(now(SignInSteps::Step::Registering));
    for (const auto& call : broker.calls()) {
        if (call.method == "signin.start")
            broker.reply(call.id, {{"signin_id", "i1"}, {"authorization_url", "https://github.com/a"}});
    }
    ASSERT_TRUE(wait([&] { return now(SignInSteps::Step::Waiting); }));
    tell({{"state", "exchanging"}, {"step", "exchanging"}});
    EXPECT_TRUE(now(SignInSteps::Step::Exchanging));
    EXPECT_EQ(text("heading"), QStringLiteral("Almost there..."));
    tell({{"state", "exchanging"}, {"step", "identifying"}});
    EXPECT_TRUE(now(SignInSteps::Step::Storing));
    bool told = false;
    for (const QLabel* label : steps->findChildren<QLabel*>())
        told = told || label->accessibleName() == u"Fetch the session: done";
    EXPECT_TRUE(told) << "not by the picture alone";
}

TEST_F(SignInTest, T_22_AHostOfAnotherAlphabetIsShownInBothWays) {
    broker.answer("signin.start",
                  Json{{"signin_id", "i1"}, {"authorization_url", "https://xn--80ak6aa92e.com/authorize"}});
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    EXPECT_TRUE(text("host").startsWith(QStringLiteral("xn--80ak6aa92e.com (")));
    EXPECT_TRUE(text("host").contains(QString::fromUtf8("\xD0\xB0\xD1\x80\xD1\x80")));
    EXPECT_TRUE(text("detail").contains(QStringLiteral("the page of xn--80ak6aa92e.com that")));
}

TEST_F(SignInTest, EscapeCancelsInEveryState) {
    connectAll();
    for (int state = 0; state < 4; ++state) {
        broker.answer("signin.start",
                      state == 2 ? deviceStarted()
                                 : Json{{"signin_id", "i1"}, {"authorization_url", "https://github.com/a"}});
        if (state == 0)
            broker.ignore("signin.start"); // it is still asking where
        const std::size_t before = broker.called("signin.cancel").size();
        begin({"github"});
        if (state > 0) {
            ASSERT_TRUE(wait([&] { return text("heading") != u"Preparing the sign-in..."; }));
        }
        if (state == 3) {
            broker.emitEvent("signin.progress", {{"signin_id", "i1"}, {"state", "exchanging"}});
            ASSERT_TRUE(wait([&] { return text("heading") == u"Almost there..."; }));
        }
        QTest::keyClick(&attempt->dialog(), Qt::Key_Escape);
        EXPECT_FALSE(attempt->dialog().isVisible()) << state;
        attempt.reset();
        settle();
        if (state == 0) { // the answer comes when nobody wants it any more
            for (const auto& call : broker.calls()) {
                if (call.method == "signin.start")
                    broker.reply(call.id, {{"signin_id", "i1"}, {"state", "waiting"}});
            }
        }
        EXPECT_TRUE(wait([&] { return broker.called("signin.cancel").size() == before + 1; })) << state;
    }
}

TEST_F(SignInTest, ABrokerThatGoesAwayIsSaidInEveryState) {
    connectAll();
    for (int state = 0; state < 4; ++state) {
        broker.answer("signin.start",
                      state == 2 ? deviceStarted()
                                 : Json{{"signin_id", "i1"}, {"authorization_url", "https://github.com/a"}});
        if (state == 0)
            broker.ignore("signin.start");
        begin({"github"});
        ASSERT_TRUE(wait([&] {
            return state == 0 ? !broker.called("signin.start").empty()
                              : text("heading") != u"Preparing the sign-in...";
        }));
        if (state == 3) {
            broker.emitEvent("signin.progress", {{"signin_id", "i1"}, {"state", "exchanging"}});
            ASSERT_TRUE(wait([&] { return text("heading") == u"Almost there..."; }));
        }
        broker.stop();
        EXPECT_TRUE(wait([&] { return text("heading") == u"The sign-in did not work"; })) << state;
        EXPECT_TRUE(text("detail").contains(QStringLiteral("The broker cannot be reached"))) << state;
        EXPECT_TRUE(button("retry")->isVisible());
        attempt.reset();
        broker.start();
        ASSERT_TRUE(wait([&] { return mirror.isLoaded(); }));
    }
}

TEST_F(SignInTest, P5_TheAddressOfABrowserElsewhereGoesToTheBroker) {
    broker.answer("signin.complete", Json{{"signin_id", "i1"}, {"state", "exchanging"}});
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    auto* field = find<QLineEdit>("redirect");
    EXPECT_FALSE(field->isVisible());
    find<QToolButton>("otherComputer")->click();
    ASSERT_TRUE(field->isVisible());
    QTest::keyClicks(field, QStringLiteral("hello"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(text("pasteProblem").contains(QStringLiteral("This is not an address.")));
    EXPECT_TRUE(broker.called("signin.complete").empty());
    field->setText(QStringLiteral(" http://127.0.0.1:5/cb?code=x%2By&state=s\n"));
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_TRUE(wait([&] { return text("heading") == u"Almost there..."; }));
    EXPECT_EQ(broker.called("signin.complete")[0],
              (Json{{"signin_id", "i1"}, {"redirect_url", "http://127.0.0.1:5/cb?code=x%2By&state=s"}}));
    EXPECT_EQ(finished, 0) << "Enter in the field ends nothing";
}

TEST_F(SignInTest, P5_AnAddressOfAnotherSignInIsExplainedAndTheAttemptGoesOn) {
    broker.answer("signin.complete",
                  Json{{"error",
                        {{"code", -32600},
                         {"message", "the address belongs to another sign-in"},
                         {"data", {{"name", "invalid_request"}, {"action", "Paste that of this one."}}}}}});
    begin();
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    find<QToolButton>("otherComputer")->click();
    find<QLineEdit>("redirect")->setText(QStringLiteral("http://127.0.0.1:5/cb?code=x&state=s"));
    button("continue")->click();
    EXPECT_FALSE(button("continue")->isEnabled()) << "until it is answered";
    ASSERT_TRUE(wait([&] { return button("continue")->isEnabled(); }));
    EXPECT_EQ(text("pasteProblem"),
              QStringLiteral("The address belongs to another sign-in. Paste that of this one."));
    EXPECT_EQ(text("heading"), QStringLiteral("Waiting for you in the browser..."));
    broker.emitEvent("signin.progress", {{"signin_id", "i1"},
                                         {"state", "signed_in"},
                                         {"session", sessionJson("s1", "github", "ana@example.com")}});
    EXPECT_TRUE(wait([&] { return finished == 1; }));
}

TEST_F(SignInTest, WhatIsNotSetUpLeadsToItsForm) {
    broker.answer(
        "signin.start",
        Json{{"error", {{"code", -31013}, {"message", "x"}, {"data", {{"name", "not_configured"}}}}}});
    begin();
    ASSERT_TRUE(wait([&] { return button("setup")->isVisible(); }));
    EXPECT_TRUE(button("setup")->hasFocus());
    button("setup")->click();
    EXPECT_EQ(setups, (std::vector<std::string>{"github"}));
    EXPECT_EQ(finished, 1);
}

TEST_F(SignInTest, P10_AnAddressIsSignedInToAsItIs) {
    connectAll();
    SignInWish wish;
    wish.url = "https://mcp.example.com/mcp";
    wish.account = "ana";
    wish.scopes = {"a", "b"};
    begin(wish);
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    EXPECT_EQ(broker.called("signin.start")[0], (Json{{"url", "https://mcp.example.com/mcp"},
                                                      {"flow", "auto"},
                                                      {"account", "ana"},
                                                      {"scopes", {"a", "b"}}}));
    EXPECT_EQ(attempt->dialog().windowTitle(), QStringLiteral("Sign in to mcp.example.com"));
}

TEST_F(SignInTest, T_06_HostileWordsOfABrokerStayText) {
    const std::string evil = "<b>x</b>\x1b]0;y\x07\xE2\x80\xAE" + std::string(10'000, 'A');
    broker.answer("signin.start", Json{{"error",
                                        {{"code", -31007},
                                         {"message", evil},
                                         {"data", {{"name", "provider_error"}, {"action", evil}}}}}});
    begin();
    ASSERT_TRUE(wait([&] { return text("heading") == u"The sign-in did not work"; }));
    for (const QLabel* label : attempt->dialog().findChildren<QLabel*>()) {
        EXPECT_EQ(label->textFormat() == Qt::PlainText || label->text().isEmpty(), true);
        EXPECT_FALSE(label->text().contains(u'\u202E') || label->text().contains(u'\x1b'));
    }
    EXPECT_LT(attempt->dialog().sizeHint().height(), 700);
    EXPECT_LT(attempt->dialog().sizeHint().width(), 800);
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
