#include "app/tray/signin/SignIns.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace keybearer::test {
namespace {

constexpr const char* secret = "s3cret-of-slack";

// The form on a stand-in for `keybearer` that notes its arguments, its environment and its input.
class ClientIdFormTest : public TrayFixture {
protected:
    ClientIdFormTest() {
        broker.answer(
            "provider.show",
            Json{{"name", "slack"},
                 {"register_url", "https://api.slack.com/apps"},
                 {"redirect_uri", "http://localhost:48117/callback"},
                 {"note", "Create <b>New App</b>."},
                 {"config", "providers:\n  slack:\n    client_id: X\n    client_secret: \"${S}\"\n"}});
        broker.answer("provider.reload", Json{{"name", "slack"}, {"configured", true}});
        broker.answer("provider.test", Json{{"ok", true}, {"findings", Json::array()}});
        broker.answer("signin.start",
                      Json{{"signin_id", "i1"}, {"authorization_url", "https://slack.com/a"}});
        program("tr '\\0' '\\n' < /proc/$$/cmdline > \"$0.args\"; env > \"$0.env\"; cat > \"$0.input\"; "
                "echo '{\"config\":\"c\",\"backup\":\"\"}'");
    }
    void program(const QByteArray& body) {
        QFile file(tool());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("#!/bin/sh\n" + body + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QString tool() const { return directory.filePath(QStringLiteral("keybearer")); }
    QByteArray seen(const char* what) const {
        QFile file(tool() + QLatin1String(what));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void open() {
        connectAll();
        signIns = std::make_unique<SignIns>(
            client, mirror,
            [this](const QUrl& url) {
                opened.push_back(url.toString().toStdString());
                return true;
            },
            CommandLineTool::Options{std::chrono::seconds(20), tool()});
        signIns->signIn("slack");
        ASSERT_NE(signIns->form(), nullptr);
        ASSERT_TRUE(QTest::qWaitForWindowActive(signIns->form()));
        settle();
    }
    template <typename T>
    T* find(const char* name) {
        return signIns->form()->findChild<T*>(QLatin1String(name));
    }
    QString state() { return find<QLabel>("state")->text().remove(u'\u200B'); }
    void fill() {
        QTest::keyClicks(find<QLineEdit>("clientId"), QStringLiteral("123.456"));
        QTest::keyClicks(find<QLineEdit>("clientSecret"), QString::fromLatin1(secret));
    }

    QTemporaryDir directory;
    std::unique_ptr<SignIns> signIns;
    std::vector<std::string> opened;
};

TEST_F(ClientIdFormTest, ItSaysWhereToRegisterAndWhatToEnterThere) {
    open();
    EXPECT_EQ(find<QLineEdit>("redirect")->text(), QStringLiteral("http://localhost:48117/callback"));
    EXPECT_EQ(find<QLabel>("pageHost")->text(), QStringLiteral("api.slack.com"));
    EXPECT_EQ(find<QLabel>("note")->text().remove(u'\u200B'), QStringLiteral("Create <b>New App</b>."));
    EXPECT_EQ(find<QLabel>("note")->textFormat(), Qt::PlainText);
    find<QPushButton>("page")->click();
    EXPECT_EQ(opened, (std::vector<std::string>{"https://api.slack.com/apps"}));
    find<QPushButton>("copy")->click();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("http://localhost:48117/callback"));
    EXPECT_EQ(find<QLineEdit>("clientSecret")->echoMode(), QLineEdit::Password);
}

TEST_F(ClientIdFormTest, T_37_TheSecretGoesThroughStandardInputAlone) {
    open();
    EXPECT_FALSE(find<QPushButton>("go")->isEnabled());
    fill();
    EXPECT_TRUE(find<QPushButton>("go")->isEnabled());
    QTest::keyClick(find<QLineEdit>("clientSecret"), Qt::Key_Return);
    ASSERT_TRUE(wait([&] { return signIns->running() == 1; }));
    EXPECT_EQ(seen(".input"), QByteArray(secret));
    const QByteArray arguments = seen(".args");
    EXPECT_TRUE(arguments.contains("\n--json\nprovider\nadd\nslack\n--client-id=123.456\n--value-file\n-\n"))
        << arguments.toStdString();
    EXPECT_FALSE(arguments.contains(secret));
    EXPECT_FALSE(seen(".env").contains(secret));
    EXPECT_EQ(broker.called("provider.reload")[0], (Json{{"provider", "slack"}}));
    EXPECT_EQ(broker.called("provider.test").size(), 1U);
    EXPECT_EQ(signIns->form(), nullptr);
    for (const auto& call : broker.calls())
        EXPECT_EQ(call.params.dump().find(secret), std::string::npos);
    ASSERT_TRUE(wait([&] { return opened.size() == 1; })) << "and the sign-in goes on";
}

TEST_F(ClientIdFormTest, WhatCannotBeRightIsSaidBeforeItIsWritten) {
    open();
    auto* id = find<QLineEdit>("clientId");
    for (const char* wrong : {"two words", "\xC3\xA4", "a\x01"}) {
        id->setText(QString::fromUtf8(wrong));
        find<QLineEdit>("clientSecret")->setText(QStringLiteral("x"));
        EXPECT_FALSE(find<QPushButton>("go")->isEnabled()) << wrong;
        EXPECT_FALSE(state().isEmpty()) << wrong;
    }
    id->setText(QStringLiteral("same"));
    find<QLineEdit>("clientSecret")->setText(QStringLiteral("same"));
    EXPECT_TRUE(state().contains(QStringLiteral("not the same thing")));
    find<QLineEdit>("clientSecret")->setText(QStringLiteral("${HOME}"));
    EXPECT_FALSE(find<QPushButton>("go")->isEnabled());
    find<QLineEdit>("clientSecret")->clear();
    EXPECT_TRUE(state().isEmpty());
    EXPECT_FALSE(find<QPushButton>("go")->isEnabled()) << "this provider demands a secret";
}

TEST_F(ClientIdFormTest, AConfigurationThatTakesNothingIsExplained) {
    program("cat > /dev/null; echo '{\"error\":{\"code\":-32602,\"message\":\"providers has slack already\","
            "\"data\":{\"name\":\"invalid_params\",\"action\":\"Change it there.\"}}}' >&2; exit 2");
    open();
    fill();
    find<QPushButton>("go")->click();
    ASSERT_TRUE(wait([&] { return state() == u"Providers has slack already. Change it there."; }))
        << state().toStdString();
    EXPECT_TRUE(find<QLineEdit>("clientId")->isEnabled());
    EXPECT_TRUE(find<QPushButton>("go")->isEnabled()) << "to try again";
    EXPECT_TRUE(broker.called("provider.reload").empty());
}

TEST_F(ClientIdFormTest, WhatTheCheckFindsIsShownAndCanBePassedOver) {
    broker.answer("provider.test",
                  Json{{"ok", false},
                       {"findings",
                        {{{"level", "error"}, {"message", "port 48117 is taken"}, {"action", "Free it."}}}}});
    open();
    fill();
    find<QPushButton>("go")->click();
    ASSERT_TRUE(wait([&] { return state() == u"Port 48117 is taken. Free it."; }));
    EXPECT_EQ(find<QLineEdit>("clientSecret")->text(), QString()) << "it is written; nobody needs it here";
    EXPECT_EQ(signIns->running(), 0U);
    find<QPushButton>("go")->click();
    ASSERT_TRUE(wait([&] { return signIns->running() == 1; }));
}

TEST_F(ClientIdFormTest, ABrokerThatGoesAwayIsSaid) {
    broker.ignore("provider.reload");
    open();
    fill();
    find<QPushButton>("go")->click();
    ASSERT_TRUE(wait([&] { return !broker.called("provider.reload").empty(); }));
    broker.stop();
    ASSERT_TRUE(wait([&] { return !state().isEmpty() && !state().contains(QStringLiteral("is reading")); }));
    EXPECT_FALSE(find<QLineEdit>("clientId")->isEnabled()) << "it is written";
}

TEST_F(ClientIdFormTest, AProviderOfManyHostsIsAskedForItsDomain) {
    broker.answer("provider.show",
                  Json{{"name", "slack"},
                       {"domain", {{"value", ""}, {"example", "acme.okta.com"}, {"note", "Yours."}}},
                       {"config", "client_id: X"}});
    open();
    EXPECT_FALSE(find<QPushButton>("page")->isEnabled());
    find<QLineEdit>("clientId")->setText(QStringLiteral("-abc"));
    EXPECT_FALSE(find<QPushButton>("go")->isEnabled());
    find<QLineEdit>("domain")->setText(QStringLiteral("a b"));
    EXPECT_FALSE(find<QPushButton>("go")->isEnabled());
    find<QLineEdit>("domain")->setText(QStringLiteral("acme.okta.com"));
    find<QPushButton>("go")->click();
    ASSERT_TRUE(wait([&] { return signIns->running() == 1; }));
    EXPECT_TRUE(seen(".args").contains("\n--client-id=-abc\n--domain=acme.okta.com\n"));
    EXPECT_FALSE(seen(".args").contains("--value-file"));
}

TEST_F(ClientIdFormTest, T_21_APageThatMayNotBeOpenedIsNone) {
    for (const char* page : {"javascript:alert(1)", "file:///etc/passwd", "-x", "https://a@b.example/"})
        EXPECT_TRUE(ClientDemands::from(Json{{"register_url", page}}).registerPage.isEmpty()) << page;
}

TEST_F(ClientIdFormTest, EscapeLeavesIt) {
    open();
    QTest::keyClick(signIns->form(), Qt::Key_Escape);
    EXPECT_EQ(signIns->form(), nullptr);
    EXPECT_TRUE(seen(".args").isEmpty());
}

} // namespace
} // namespace keybearer::test
