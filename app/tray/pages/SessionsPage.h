#pragma once

#include "app/tray/actions/KeyActions.h"
#include "app/tray/actions/SessionActions.h"
#include "app/tray/look/Page.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/pages/SessionModel.h"

class QComboBox;
class QSplitter;
class QStackedWidget;

namespace keybearer {

class SessionDetails;

// The sign-ins, API keys and service accounts in one table, everything about the selected one below it, and
// what can be done to it; or an invitation to sign in. Part of the main window; GUI thread.
class SessionsPage final : public Page {
    Q_OBJECT
public:
    SessionsPage(const BrokerMirror& mirror, SessionActions& actions, KeyActions& keys,
                 QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionsPage)

    [[nodiscard]] std::string name() const override { return "sessions"; }
    [[nodiscard]] QString title() const override { return tr("Sessions"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Sessions; }
    [[nodiscard]] QWidget* first() const override;
    [[nodiscard]] int waiting() const override;
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;
    void select(const std::string& sessionId) override;
    void tick() override;
    [[nodiscard]] QByteArray layoutState() const override;
    void restoreLayoutState(const QByteArray& state) override;

Q_SIGNALS:
    void signInWanted(const std::string& provider);
    void chooserWanted(); // to be asked where

protected:
    void showEvent(QShowEvent* event) override;

private:
    QPushButton* makeSignInButton(const QString& text);
    QWidget* makeTablePage();
    QLayout* makeTop();
    void makeShortcuts();
    void onMirrorChanged();
    void onSelectionChanged();
    void onMenu(const QPoint& place);
    void showKind(int index);
    void refreshOrSignIn();
    void rename();
    void revoke();
    void copyAccount();
    void rotateKey();
    void switchKey();
    [[nodiscard]] const SessionRecord* selected() const;
    [[nodiscard]] const ApiKeyRecord* selectedKey() const;

    const BrokerMirror& mirror_;
    SessionActions& actions_;
    KeyActions& keys_;
    SessionModel model_;
    SortedTable table_{};
    QStackedWidget* stack_;
    QSplitter* splitter_ = nullptr;
    QComboBox* kinds_;
    SessionDetails* details_;
    std::string selectedId_;
};

} // namespace keybearer
