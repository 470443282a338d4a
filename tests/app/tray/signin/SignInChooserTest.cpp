#include "app/tray/signin/SignInChooser.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QAbstractItemModel>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>

namespace keybearer::test {
namespace {

class SignInChooserTest : public TrayFixture {
protected:
    void open() {
        connectAll();
        chooser = std::make_unique<SignInChooser>(client, mirror);
        QObject::connect(chooser.get(), &SignInChooser::chosen, chooser.get(),
                         [this](const SignInWish& wish) { wishes.push_back(wish); });
        QObject::connect(chooser.get(), &SignInChooser::setupWanted, chooser.get(),
                         [this](const std::string& provider) { setups.push_back(provider); });
        chooser->show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(chooser.get()));
        settle();
    }
    template <typename T>
    T* find(const char* name) {
        return chooser->findChild<T*>(QLatin1String(name));
    }
    QStringList rows() {
        QStringList out;
        const QAbstractItemModel* model = find<QListView>("choices")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            out.append(model->index(row, 0).data().toString());
        return out;
    }
    QLineEdit* search() { return find<QLineEdit>("search"); }
    QLineEdit* address() { return find<QLineEdit>("address"); }
    QPushButton* go() { return find<QPushButton>("go"); }

    std::unique_ptr<SignInChooser> chooser;
    std::vector<SignInWish> wishes;
    std::vector<std::string> setups;
};

TEST_F(SignInChooserTest, WhatIsReadyStandsFirstAndEnterTakesIt) {
    open();
    EXPECT_EQ(rows(),
              (QStringList{QStringLiteral("GitHub"), QStringLiteral("R&D"), QStringLiteral("Slack")}));
    EXPECT_TRUE(search()->hasFocus());
    QTest::keyClick(search(), Qt::Key_Return);
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].provider, "github");
    EXPECT_TRUE(wishes[0].scopes.empty() && wishes[0].account.empty());
    EXPECT_FALSE(chooser->isVisible());
}

TEST_F(SignInChooserTest, TypingFindsAndArrowsChoose) {
    open();
    QTest::keyClick(search(), Qt::Key_Down);
    QTest::keyClick(search(), Qt::Key_Down);
    QTest::keyClick(search(), Qt::Key_Down); // there are no more
    EXPECT_EQ(go()->text().remove(u'&'), QStringLiteral("Set up..."));
    QTest::keyClick(search(), Qt::Key_Up);
    EXPECT_EQ(go()->text(), QStringLiteral("Sign in"));
    QTest::keyClicks(search(), QStringLiteral("SLA"));
    EXPECT_EQ(rows(), (QStringList{QStringLiteral("Slack")}));
    QTest::keyClick(search(), Qt::Key_Return);
    EXPECT_EQ(setups, (std::vector<std::string>{"slack"}));
    EXPECT_TRUE(wishes.empty());
}

TEST_F(SignInChooserTest, NothingFoundSaysWhatElseCanBeDone) {
    open();
    QTest::keyClicks(search(), QStringLiteral("nowhere"));
    EXPECT_TRUE(rows().isEmpty());
    EXPECT_TRUE(find<QLabel>("nothing")->isVisible());
    EXPECT_FALSE(go()->isEnabled());
    QTest::keyClick(search(), Qt::Key_Return);
    EXPECT_TRUE(wishes.empty() && setups.empty());
    EXPECT_TRUE(chooser->isVisible());
}

TEST_F(SignInChooserTest, P10_AnAddressCanBePastedInEitherField) {
    open();
    address()->setText(QStringLiteral("http://mcp.example.com"));
    EXPECT_FALSE(go()->isEnabled());
    EXPECT_TRUE(find<QLabel>("addressNote")->text().remove(u'\u200B').contains(QStringLiteral("https://")));
    address()->clear();
    EXPECT_TRUE(go()->isEnabled());
    search()->setText(QStringLiteral("https://mcp.example.com/mcp"));
    EXPECT_EQ(address()->text(), QStringLiteral("https://mcp.example.com/mcp"));
    EXPECT_TRUE(address()->hasFocus());
    EXPECT_FALSE(find<QListView>("choices")->isEnabled());
    QTest::keyClick(address(), Qt::Key_Return);
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].url, "https://mcp.example.com/mcp");
    EXPECT_TRUE(wishes[0].provider.empty());
}

TEST_F(SignInChooserTest, T_22_ALookAlikeAddressIsPointedOut) {
    open();
    address()->setText(QString::fromUtf8("https://p\xD0\xB0ypal.example/mcp")); // a Cyrillic a
    const QString note = find<QLabel>("addressNote")->text().remove(u'\u200B');
    EXPECT_TRUE(note.contains(QStringLiteral("xn--"))) << note.toStdString();
    EXPECT_TRUE(note.contains(QStringLiteral("alphabets")));
}

TEST_F(SignInChooserTest, KnownServersStandBetween) {
    broker.answer("service.list",
                  Json{{"services",
                        {{{"name", "linear"}, {"url", "https://mcp.linear.app/mcp"}, {"signed_in", true}},
                         {{"name", "GitHub"}, {"url", "https://posing.example/"}},
                         {{"name", "local"}, {"local", true}}}}});
    open();
    EXPECT_EQ(rows(), (QStringList{QStringLiteral("GitHub"), QStringLiteral("R&D"), QStringLiteral("linear"),
                                   QStringLiteral("Slack")}));
    QTest::keyClicks(search(), QStringLiteral("mcp.linear"));
    QTest::keyClick(search(), Qt::Key_Return);
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].url, "https://mcp.linear.app/mcp");
}

TEST_F(SignInChooserTest, DetailsOfferAnAccountAndMoreScopes) {
    Json providers = providersJson();
    providers["providers"][0]["scopes"] = {"repo"};
    broker.answer("provider.list", providers);
    broker.answer(
        "provider.show",
        Json{{"name", "github"}, {"scopes_help", {{"repo", "x"}, {"gist", "y"}, {"\xE2\x80\xAE", "z"}}}});
    open();
    find<QToolButton>("details")->click();
    auto* scopes = chooser->findChild<ScopeList*>();
    ASSERT_TRUE(wait([&] { return scopes->count() == 2; })) << "what cannot be shown is not offered";
    EXPECT_EQ(scopes->item(0)->checkState(), Qt::Checked);
    EXPECT_EQ(scopes->item(1)->checkState(), Qt::Unchecked);
    EXPECT_TRUE(scopes->chosen().empty()) << "the usual ones need not be named";
    scopes->item(1)->setCheckState(Qt::Checked);
    find<QLineEdit>("account")->setText(QStringLiteral("ana"));
    go()->click();
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].scopes, (std::vector<std::string>{"repo", "gist"}));
    EXPECT_EQ(wishes[0].account, "ana");
}

TEST_F(SignInChooserTest, ABrokerThatGoesAwayTakesNoChoice) {
    open();
    broker.stop();
    ASSERT_TRUE(wait([&] { return !go()->isEnabled(); }));
    EXPECT_TRUE(find<QLabel>("nothing")->text().contains(QStringLiteral("no connection")));
    EXPECT_TRUE(find<QPushButton>("cancel")->isEnabled());
    broker.start();
    ASSERT_TRUE(wait([&] { return go()->isEnabled(); }));
    EXPECT_EQ(rows().size(), 3);
}

TEST_F(SignInChooserTest, EscapeLeavesIt) {
    open();
    QTest::keyClick(search(), Qt::Key_Escape);
    EXPECT_FALSE(chooser->isVisible());
    EXPECT_TRUE(wishes.empty());
}

TEST_F(SignInChooserTest, T_06_HostileTitlesStayTextAndSmall) {
    const std::string evil = "<b>x</b>\x1b[31m\xE2\x80\xAE" + std::string(10'000, 'W');
    broker.answer("provider.list",
                  Json{{"providers",
                        {{{"name", "evil"}, {"display_name", evil}, {"configured", true}, {"note", evil}}}}});
    open();
    ASSERT_EQ(rows().size(), 1);
    EXPECT_LE(rows()[0].size(), 80);
    EXPECT_FALSE(rows()[0].contains(u'\u202E') || rows()[0].contains(u'\x1b'));
    EXPECT_LT(chooser->width(), 900);
}

TEST_F(SignInChooserTest, EverythingHasANameAndTheKeyboardReachesIt) {
    open();
    for (const QWidget* widget : chooser->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(chooser.get()) ||
            qobject_cast<const QPushButton*>(widget) != nullptr ||
            qobject_cast<const QToolButton*>(widget) != nullptr)
            continue;
        const bool named = qobject_cast<const QLineEdit*>(widget) == nullptr &&
                           qobject_cast<const QAbstractItemView*>(widget) == nullptr;
        EXPECT_TRUE(named || !widget->accessibleName().isEmpty()) << widget->objectName().toStdString();
    }
}

} // namespace
} // namespace keybearer::test
