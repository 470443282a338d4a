// MCP servers: how they are shown, how clients are connected to them, and what a person can do with them.
#include "app/tray/services/AddServiceDialog.h"
#include "app/tray/services/ClientSettings.h"
#include "app/tray/services/ConnectPanel.h"
#include "app/tray/services/ServicesPage.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QComboBox>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

namespace keybearer::test {
namespace {

const McpTarget target{"linear", QStringLiteral("/opt/my apps/keybearer"),
                       QStringLiteral("http://127.0.0.1:24817/linear/mcp")};

QJsonObject parsed(const QString& text) {
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

TEST(ClientSettings, G2_EachClientGetsWhatItReads) {
    const QJsonObject desktop = parsed(settingsFor(McpClient::ClaudeDesktop, McpWay::Program, target));
    const QJsonObject entry = desktop[u"mcpServers"][u"linear"].toObject();
    EXPECT_EQ(entry[u"command"].toString(), target.program);
    EXPECT_EQ(entry[u"args"].toVariant().toStringList(),
              QStringList({QStringLiteral("mcp"), QStringLiteral("linear")}));
    const QJsonObject code = parsed(settingsFor(McpClient::VsCode, McpWay::Address, target));
    EXPECT_EQ(code[u"servers"][u"linear"][u"type"].toString(), u"http");
    EXPECT_EQ(code[u"servers"][u"linear"][u"url"].toString(), target.address);
    const QJsonObject stdio = parsed(settingsFor(McpClient::VsCode, McpWay::Program, target));
    EXPECT_EQ(stdio[u"servers"][u"linear"][u"type"].toString(), u"stdio");
    const QJsonObject cursor = parsed(settingsFor(McpClient::Cursor, McpWay::Address, target));
    EXPECT_EQ(cursor[u"mcpServers"][u"linear"][u"url"].toString(), target.address);
    EXPECT_EQ(settingsFor(McpClient::ClaudeCode, McpWay::Program, target),
              u"claude mcp add linear -- '/opt/my apps/keybearer' mcp linear");
    EXPECT_EQ(settingsFor(McpClient::ClaudeCode, McpWay::Address, target),
              u"claude mcp add --transport http linear http://127.0.0.1:24817/linear/mcp");
    EXPECT_FALSE(takes(McpClient::ClaudeDesktop, McpWay::Address));
}

TEST(ClientSettings, NoNameIsMoreThanOneWordOfAShell) {
    McpTarget hostile = target;
    hostile.service = "x'; rm -rf ~; '$(id)";
    const QString line = settingsFor(McpClient::ClaudeCode, McpWay::Address, hostile);
    EXPECT_TRUE(line.contains(uR"('x'\''; rm -rf ~; '\''$(id)')")) << line.toStdString();
    const QJsonObject json = parsed(settingsFor(McpClient::Cursor, McpWay::Program, hostile));
    EXPECT_TRUE(json[u"mcpServers"].toObject().contains(QString::fromStdString(hostile.service)));
}

TEST(ServiceRecords, ReadsOnlyWhatIsThere) {
    EXPECT_FALSE(readService(Json::object()).has_value());
    EXPECT_FALSE(readService(Json("text")).has_value());
    std::vector<ServiceRecord> services{*readService(Json{{"name", "a"}}),
                                        *readService(Json{{"name", "b"}, {"local", true}})};
    addUpstreams(services,
                 Json{{"services",
                       Json::array({{{"name", "a"}, {"upstream", {{"state", "degraded"}}}}, 7, nullptr})}});
    addTools(services, Json{{"tools", Json::array({{{"service", "a"}, {"state", "changed"}},
                                                   {{"service", "a"}, {"state", "approved"}}})}});
    EXPECT_EQ(services[0].state, UpstreamState::Degraded);
    EXPECT_EQ(services[0].tools, 2);
    EXPECT_EQ(services[0].toolsWaiting, 1);
    EXPECT_EQ(signInWords(services[1]), u"Needs no sign-in");
    addTools(services, Json::array());
    EXPECT_FALSE(readGateway(Json::array()).open);
}

class ServicesPageTest : public TrayFixture {
protected:
    ServicesPageTest() {
        broker.answer("service.list", [this](const Json&) { return Json{{"services", services}}; });
        broker.answer("gateway.status", [this](const Json&) {
            return Json{{"open", open},
                        {"address", "http://127.0.0.1:24817"},
                        {"services", Json::array()},
                        {"connected", Json::array()},
                        {"findings", Json::array()}};
        });
        broker.answer("gateway.start", [this](const Json&) {
            open = true;
            return Json::object();
        });
        broker.answer("tool.list", Json{{"tools", Json::array()}, {"more", 0}});
    }
    // A stand-in for keybearer, which notes its arguments one a line and answers with success.
    CommandLineTool::Options tool() {
        QFile script(directory.filePath(QStringLiteral("keybearer")));
        EXPECT_TRUE(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/args\"\necho '{}'\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        CommandLineTool::Options options;
        options.program = script.fileName();
        return options;
    }
    [[nodiscard]] QStringList noted() const {
        QFile file(directory.filePath(QStringLiteral("args")));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed().split(u'\n')
                                              : QStringList();
    }
    void show() {
        connectAll();
        page = std::make_unique<ServicesPage>(client, mirror, tool());
        page->resize(900, 600);
        page->show();
        ASSERT_TRUE(wait([&] { return page->found() == static_cast<int>(services.size()); }));
        settle();
    }
    template <typename T>
    [[nodiscard]] T* part(const char* name) const {
        return page->findChild<T*>(QLatin1String(name));
    }

    QTemporaryDir directory;
    Json services = Json::array({{{"name", "linear"},
                                  {"url", "https://mcp.linear.app/mcp"},
                                  {"provider", "linear"},
                                  {"configured", true},
                                  {"signed_in", true},
                                  {"scopes", {"read"}},
                                  {"address", "http://127.0.0.1:24817/linear/mcp"}},
                                 {{"name", "zfiles"},
                                  {"url", ""},
                                  {"provider", ""},
                                  {"configured", false},
                                  {"local", true},
                                  {"command", {"/usr/bin/node", "a b.mjs"}},
                                  {"signed_in", false},
                                  {"scopes", Json::array()}}});
    bool open = false;
    std::unique_ptr<ServicesPage> page;
};

TEST_F(ServicesPageTest, AHiddenPageAsksForNothing) {
    connectAll();
    page = std::make_unique<ServicesPage>(client, mirror, tool());
    page->tick();
    broker.emitEvent("session.changed", {{"session", sessionJson("s9", "github", "x")}});
    settle();
    EXPECT_TRUE(broker.called("service.list").empty());
}

TEST_F(ServicesPageTest, G2_ShowsServersAndWhatToPasteForEach) {
    show();
    EXPECT_EQ(part<QTableView>("services")->model()->rowCount(), 2);
    auto* text = part<QPlainTextEdit>("settings");
    EXPECT_TRUE(text->toPlainText().contains(u"\"linear\"")) << text->toPlainText().toStdString();
    auto* way = part<QComboBox>("way");
    way->setCurrentIndex(1);
    EXPECT_TRUE(text->toPlainText().isEmpty()) << "Claude Desktop takes no address";
    part<QComboBox>("client")->setCurrentIndex(3);
    EXPECT_TRUE(text->toPlainText().contains(u"http://127.0.0.1:24817/linear/mcp"));
    page->search(QStringLiteral("b.mjs"));
    EXPECT_EQ(page->found(), 1);
}

TEST_F(ServicesPageTest, G2_OpensTheGateway) {
    show();
    auto* toggle = part<QPushButton>("gatewayToggle");
    QTest::mouseClick(toggle, Qt::LeftButton);
    ASSERT_TRUE(
        wait([&] { return part<QLabel>("gatewayText")->text().contains(u"http://127.0.0.1:24817"); }));
    EXPECT_EQ(broker.called("gateway.start").size(), 1U);
}

TEST_F(ServicesPageTest, G2_ATestSaysWhatItFound) {
    broker.answer("service.test",
                  Json{{"ok", false},
                       {"findings", Json::array({{{"level", "ok"}, {"name", "a"}, {"message", "fine"}},
                                                 {{"level", "error"},
                                                  {"name", "b"},
                                                  {"message", "<i>bad\u202E</i>"},
                                                  {"action", "mend it"}}})}});
    show();
    QTest::mouseClick(part<QPushButton>("serviceTest"), Qt::LeftButton);
    auto* findings = part<QLabel>("testFindings");
    ASSERT_TRUE(wait([&] { return findings->text().contains(u"Mend it."); }));
    EXPECT_TRUE(findings->text().startsWith(u"Error: <i>bad")) << "the worst first";
    EXPECT_FALSE(findings->text().contains(QChar(0x202E)));
    EXPECT_EQ(findings->textFormat(), Qt::PlainText);
}

TEST_F(ServicesPageTest, G2_RemovingAsksAndGoesTheWayThatTheEntryCame) {
    show();
    const auto yes = [&] {
        QTest::mouseClick(part<QPushButton>("serviceRemove"), Qt::LeftButton);
        auto* button = page->window()->findChild<QPushButton*>(QStringLiteral("removeYes"));
        ASSERT_NE(button, nullptr);
        auto* box = qobject_cast<QMessageBox*>(button->window());
        EXPECT_EQ(box->textFormat(), Qt::PlainText);
        EXPECT_NE(box->defaultButton(), button);
        QTest::mouseClick(button, Qt::LeftButton);
    };
    yes();
    ASSERT_TRUE(wait([&] { return !noted().isEmpty(); }));
    EXPECT_EQ(noted(), QStringList({QStringLiteral("--json"), QStringLiteral("service"),
                                    QStringLiteral("remove"), QStringLiteral("linear")}));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    page->select("zfiles");
    yes();
    settle();
    EXPECT_EQ(broker.called("service.remove").back()["service"], "zfiles");
}

TEST_F(ServicesPageTest, G2_TheFirstServerIsAddedFromTheEmptyPage) {
    services = Json::array();
    connectAll();
    page = std::make_unique<ServicesPage>(client, mirror, tool());
    page->show();
    ASSERT_TRUE(wait([&] { return page->found() == 0; }));
    QTest::mouseClick(part<QPushButton>("addFirst"), Qt::LeftButton);
    EXPECT_NE(page->findChild<AddServiceDialog*>(), nullptr);
}

TEST_F(ServicesPageTest, G2_SignInNamesTheProvider) {
    show();
    std::string wanted;
    QObject::connect(page.get(), &ServicesPage::signInWanted, page.get(),
                     [&](const std::string& name) { wanted = name; });
    QTest::mouseClick(part<QPushButton>("serviceSignIn"), Qt::LeftButton);
    EXPECT_EQ(wanted, "linear");
}

class AddServiceTest : public ServicesPageTest {
protected:
    AddServiceTest() : dialog(new AddServiceDialog(tool(), nullptr)) { dialog->show(); }
    ~AddServiceTest() override { delete dialog.data(); }
    template <typename T>
    [[nodiscard]] T* field(const char* name) const {
        return dialog->findChild<T*>(QLatin1String(name));
    }
    QPointer<AddServiceDialog> dialog;
};

TEST_F(AddServiceTest, TakesAnAddressAndNothingThatIsNone) {
    field<QLineEdit>("serviceName")->setText(QStringLiteral("linear"));
    auto* add = field<QPushButton>("add");
    for (const char* wrong : {"", "linear", "ftp://x.example/", "javascript:alert(1)", "https://"}) {
        field<QLineEdit>("serviceUrl")->setText(QLatin1String(wrong));
        EXPECT_FALSE(add->isEnabled()) << wrong;
    }
    field<QLineEdit>("serviceUrl")->setText(QStringLiteral("https://mcp.linear.app/mcp"));
    ASSERT_TRUE(add->isEnabled());
    field<QLineEdit>("serviceName")->setText(QStringLiteral("--provider=x"));
    EXPECT_FALSE(add->isEnabled()) << "a name is no option";
    field<QLineEdit>("serviceName")->setText(QStringLiteral("linear"));
    QSignalSpy closed(dialog.data(), &QDialog::accepted);
    QTest::mouseClick(add, Qt::LeftButton);
    ASSERT_TRUE(wait([&] { return closed.count() == 1; }));
    EXPECT_EQ(noted(),
              QStringList({QStringLiteral("--json"), QStringLiteral("service"), QStringLiteral("add"),
                           QStringLiteral("linear"), QStringLiteral("https://mcp.linear.app/mcp")}));
}

TEST_F(AddServiceTest, ShowsTheWordsOfAProgramExactlyAsTheyWillBeRun) {
    field<QLineEdit>("serviceName")->setText(QStringLiteral("files"));
    field<QComboBox>("serviceSort")->setCurrentIndex(1);
    field<QLineEdit>("serviceProgram")->setText(QStringLiteral("node"));
    field<QPlainTextEdit>("serviceArguments")->setPlainText(QStringLiteral("a b.mjs\n--port=1\n$(id)"));
    EXPECT_EQ(field<QLabel>("argv")->text(),
              u"\u201Cnode\u201D \u201Ca b.mjs\u201D \u201C--port=1\u201D \u201C$(id)\u201D");
    const QStringList arguments = dialog->arguments();
    EXPECT_EQ(arguments.mid(arguments.indexOf(QStringLiteral("--"))),
              QStringList({QStringLiteral("--"), QStringLiteral("node"), QStringLiteral("a b.mjs"),
                           QStringLiteral("--port=1"), QStringLiteral("$(id)")}));
}

} // namespace
} // namespace keybearer::test
