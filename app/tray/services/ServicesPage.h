#pragma once

#include "app/tray/desktop/CommandLineTool.h"
#include "app/tray/look/Findings.h"
#include "app/tray/look/Page.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/services/ServiceModel.h"

#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace keybearer {

class ConnectPanel;
class GatewayBar;

// The MCP servers, how they do, and how clients reach them: through a program or through the gateway. Asks
// the broker only while it is visible. Part of the main window; GUI thread.
class ServicesPage final : public Page {
    Q_OBJECT
public:
    ServicesPage(BrokerClient& client, BrokerMirror& mirror, CommandLineTool::Options tool = {},
                 QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ServicesPage)

    [[nodiscard]] std::string name() const override { return "services"; }
    [[nodiscard]] QString title() const override { return tr("MCP servers"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Services; }
    [[nodiscard]] QWidget* first() const override;
    [[nodiscard]] int waiting() const override;
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;
    // The name of a service; "add": the dialog that adds one.
    void select(const std::string& what) override;
    void tick() override;

Q_SIGNALS:
    // The provider of a service, for a sign-in.
    void signInWanted(const std::string& provider);
    // What tools have changed.
    void toolsWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTablePage();
    QWidget* makeDetails();
    QLayout* makeButtons();
    [[nodiscard]] const ServiceRecord* selected() const;
    void onMirrorChanged();
    void onChanged();
    void onSelection();
    void onFailed(const Error& why);
    void addService();
    void test();
    void onTested(const std::string& service, const Result<Json>& answer);
    void askToRemove();
    void remove(const std::string& service, bool configured);
    void tell(const QString& title, const Error& why);

    BrokerClient& client_;
    BrokerMirror& mirror_;
    const CommandLineTool::Options toolOptions_;
    CommandLineTool tool_;
    ServicesBook book_;
    ServiceModel model_;
    GatewayBar* gateway_;
    SortedTable table_{};
    QStackedWidget* stack_;
    QLabel* facts_;
    QLabel* findings_;
    ConnectPanel* connect_;
    QPushButton* signIn_;
    QPushButton* test_;
    QPushButton* tools_;
    QPushButton* remove_;
    QTimer soon_;
    std::string wanted_; // selected once it is there
    std::string tested_; // whose findings are on show
};

} // namespace keybearer
