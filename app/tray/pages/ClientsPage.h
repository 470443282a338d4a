#pragma once

#include "app/tray/actions/KeyActions.h"
#include "app/tray/look/Page.h"
#include "app/tray/pages/ClientModel.h"
#include "app/tray/pages/ConnectedModel.h"
#include "app/tray/pages/ConsentsPart.h"

#include <array>

class QTabWidget;

namespace keybearer {

// Who may have what: the permissions that the person has given, the programs with a key of their own, and
// those that run with a profile or have registered at the gateway. Part of the main window; GUI thread.
class ClientsPage final : public Page {
    Q_OBJECT
public:
    ClientsPage(BrokerClient& client, BrokerMirror& mirror, SessionActions& actions, KeyActions& keys,
                QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ClientsPage)

    [[nodiscard]] std::string name() const override { return "clients"; }
    [[nodiscard]] QString title() const override { return tr("Programs"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Clients; }
    [[nodiscard]] QWidget* first() const override;
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;
    // The id of a permission, of a registered client, or "keys", "connected".
    void select(const std::string& what) override;
    void tick() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeKeys();
    QWidget* makeConnected();
    void load();
    void onListsChanged();
    void onClientChanged();
    void onConnectedChanged();
    void removeConnected();
    void showTitles();
    [[nodiscard]] std::array<const ListPart*, 3> parts() const;

    BrokerMirror& mirror_;
    KeyActions& keyActions_;
    ClientLists lists_;
    ClientModel clients_;
    ConnectedModel connected_;
    ConsentsPart* consents_;
    ListPart* keys_ = nullptr;
    ListPart* peers_ = nullptr;
    QTabWidget* tabs_;
    QPushButton* rotate_ = nullptr;
    QPushButton* switch_ = nullptr;
    QPushButton* remove_ = nullptr;
    QPushButton* disconnect_ = nullptr;
    bool isSearching_ = false;
};

} // namespace keybearer
