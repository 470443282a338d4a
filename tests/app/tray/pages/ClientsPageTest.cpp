#include "app/tray/pages/ClientsPage.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTextEdit>

namespace keybearer::test {
namespace {

Json consentJson(const std::string& id, const std::string& provider,
                 const std::string& duration = "session") {
    return {{"consent_id", id},
            {"class", "C"},
            {"executable", "/usr/bin/git"},
            {"started_by", "/usr/bin/bash"},
            {"evidence",
             {{"executable_sha256", std::string(64, 'a')},
              {"system_owned", true},
              {"working_directory", "/home/ana/web"}}},
            {"provider", provider},
            {"account", {{"label", "ana"}}},
            {"session_id", "s1"},
            {"scopes", {"repo"}},
            {"duration", duration},
            {"granted_at", "2026-01-01T00:00:00Z"},
            {"expires_at", nullptr},
            {"last_used_at", nullptr},
            {"uses", 3}};
}

Json clientJson(const std::string& name, const std::string& state = "active") {
    return {{"name", name},        {"client_id", "id-" + name},
            {"owner", ""},         {"description", "nightly build"},
            {"allow", {"github"}}, {"role", "agent"},
            {"state", state},      {"created_at", "2026-01-01T00:00:00Z"},
            {"uses", 2},           {"key_ends", "x7Qp"}};
}

class ClientsPageTest : public TrayFixture {
protected:
    ClientsPageTest()
        : actions(client, mirror, [this] { return std::make_unique<ManualCountdown>(&countdown); }),
          keys(client, mirror), page(client, mirror, actions, keys) {
        broker.answer("consent.list", Json{{"consents",
                                            {consentJson("k1", "github"), consentJson("k2", "rd"),
                                             consentJson("k3", "github", "config")}}});
        broker.answer("client.list", Json{{"clients", {clientJson("ci"), clientJson("old", "disabled")}}});
        broker.answer("capability.list", Json{{"capabilities",
                                               {{{"capability_id", "p1"},
                                                 {"profile", "notes"},
                                                 {"pid", 77},
                                                 {"executable", "/usr/bin/node"},
                                                 {"in_environment", false},
                                                 {"issued_at", "2026-01-01T00:00:00Z"},
                                                 {"expires_at", nullptr}}}},
                                              {"profiles", Json::array()}});
        broker.answer("gateway.clients",
                      Json{{"clients",
                            {{{"client_id", "g1"},
                              {"name", "Claude <b>"},
                              {"service", "linear"},
                              {"kind", "registered"},
                              {"redirect_uris", {"http://127.0.0.1/cb"}},
                              {"created_at", "2026-01-01T00:00:00Z"}}}},
                           {"grants", {{{"client_id", "g1"}, {"service", "linear"}, {"account", "ana"}}}},
                           {"connected", {{{"client", "g1"}, {"service", "linear"}}}}});
        broker.answer("client.disable", clientJson("ci", "disabled"));
        broker.answer("gateway.remove_client", Json{{"client_id", "g1"}});
        broker.answer("consent.revoke", [](const Json& params) { return params; });
    }
    void open() {
        connectAll();
        page.resize(900, 600);
        page.show();
        ASSERT_TRUE(wait([&] { return rows("connected") == 2 && rows("clientKeys") == 2; }));
    }
    [[nodiscard]] QTableView* table(const char* name) const {
        return page.findChild<QTableView*>(QString::fromLatin1(name));
    }
    [[nodiscard]] int rows(const char* name) const { return table(name)->model()->rowCount(); }
    [[nodiscard]] QString facts(const char* name) const {
        return page.findChild<QTextEdit*>(QString::fromLatin1(name))->toPlainText();
    }
    [[nodiscard]] QPushButton* button(const char* name) const {
        return page.findChild<QPushButton*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QTabWidget* tabs() const { return page.findChild<QTabWidget*>(QStringLiteral("parts")); }
    static void confirm() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* box = qobject_cast<QMessageBox*>(widget);
            if (box == nullptr || !box->isVisible())
                continue;
            for (QAbstractButton* each : box->buttons()) {
                if (box->buttonRole(each) == QMessageBox::AcceptRole)
                    return each->click();
            }
        }
        FAIL() << "no question";
    }

    ManualCountdown* countdown = nullptr;
    SessionActions actions;
    KeyActions keys;
    ClientsPage page;
};

TEST_F(ClientsPageTest, SaysInPlainWordsHowAProgramIsRecognised) {
    open();
    page.select("k1");
    const QString text = facts("consentsDetails");
    EXPECT_TRUE(text.contains(QStringLiteral("a program that only the administrator can replace")));
    EXPECT_TRUE(text.contains(QStringLiteral("the same to the last byte")));
    EXPECT_TRUE(text.contains(QStringLiteral("/home/ana/web")));
    EXPECT_TRUE(text.contains(QStringLiteral("read and change all your repositories (repo)")));
    EXPECT_TRUE(text.contains(QStringLiteral("the program ends")));
}

TEST_F(ClientsPageTest, APermissionIsTakenBackAfterTheSecondsToUndo) {
    open();
    page.select("k1");
    button("takeBack")->click();
    confirm();
    EXPECT_TRUE(actions.isLeaving("k1"));
    EXPECT_FALSE(button("takeBack")->isEnabled());
    EXPECT_TRUE(broker.called("consent.revoke").empty());
    countdown->fire();
    ASSERT_TRUE(wait([&] { return broker.called("consent.revoke").size() == 1; }));
}

TEST_F(ClientsPageTest, AllOfOneProgramGoWithOneQuestionButNotThoseOfTheConfiguration) {
    open();
    page.select("k1");
    ASSERT_TRUE(button("takeBackAll")->isVisible());
    button("takeBackAll")->click();
    confirm();
    countdown->fire();
    ASSERT_TRUE(wait([&] { return broker.called("consent.revoke").size() == 2; }));
    page.select("k3");
    EXPECT_FALSE(button("takeBack")->isEnabled());
    EXPECT_TRUE(button("takeBack")->toolTip().contains(QStringLiteral("config.yaml")));
}

TEST_F(ClientsPageTest, ClientKeysAreSwitchedAndListedAnew) {
    open();
    page.select("id-ci");
    EXPECT_EQ(tabs()->currentIndex(), 1);
    EXPECT_TRUE(facts("clientKeysDetails").contains(QStringLiteral("x7Qp")));
    broker.answer("client.list", Json{{"clients", {clientJson("ci", "disabled")}}});
    button("switchClient")->click();
    ASSERT_TRUE(wait([&] { return rows("clientKeys") == 1; }));
    EXPECT_EQ(broker.called("client.disable")[0], (Json{{"name", "id-ci"}}));
    EXPECT_EQ(table("clientKeys")->model()->index(0, ClientModel::State).data().toString(),
              QStringLiteral("Switched off"));
}

TEST_F(ClientsPageTest, StartedProgramsEndByThemselvesAndGatewayClientsCanBeRemoved) {
    open();
    page.select("connected");
    QTableView* peers = table("connected");
    for (int row = 0; row < 2; ++row) {
        peers->selectRow(row);
        const bool isGateway = peers->model()
                                   ->index(row, ConnectedModel::Name)
                                   .data()
                                   .toString()
                                   .contains(QStringLiteral("Claude <b>"));
        EXPECT_EQ(button("removePeer")->isEnabled(), isGateway);
        if (!isGateway)
            continue;
        EXPECT_TRUE(facts("connectedDetails").contains(QStringLiteral("linear \u2013 ana")));
        button("removePeer")->click();
        confirm();
    }
    ASSERT_TRUE(wait([&] { return broker.called("gateway.remove_client").size() == 1; }));
    EXPECT_EQ(broker.called("gateway.remove_client")[0], (Json{{"client_id", "g1"}}));
}

TEST_F(ClientsPageTest, ASearchLooksAtAllPartsAndBringsTheOneToTheFrontThatHasSomething) {
    open();
    page.search(QStringLiteral("nightly"));
    EXPECT_EQ(page.found(), 2);
    EXPECT_EQ(tabs()->currentIndex(), 1);
    page.search(QStringLiteral("/home/ana/web git"));
    EXPECT_EQ(page.found(), 3) << "where it runs is no column, and found all the same";
    page.search({});
    EXPECT_EQ(page.found(), 7);
}

TEST_F(ClientsPageTest, ListsAreLoadedOnlyForWhoLooks) {
    connectAll();
    EXPECT_TRUE(broker.called("client.list").empty());
    page.tick();
    settle();
    EXPECT_TRUE(broker.called("client.list").empty());
}

} // namespace
} // namespace keybearer::test
