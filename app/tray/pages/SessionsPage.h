#pragma once

#include "app/tray/actions/SessionActions.h"
#include "app/tray/look/Page.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/pages/SessionModel.h"

class QFormLayout;
class QLabel;
class QStackedWidget;

namespace keybearer {

// The table of sessions with what can be done to them, the details of the selected one, or an invitation to
// sign in. Part of the main window; GUI thread.
class SessionsPage final : public Page {
    Q_OBJECT
public:
    SessionsPage(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionsPage)

    [[nodiscard]] std::string name() const override { return "sessions"; }
    [[nodiscard]] QString title() const override { return tr("Sessions"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Sessions; }
    void select(const std::string& sessionId) override;
    void tick() override;

Q_SIGNALS:
    void signInWanted(const std::string& provider);
    void chooserWanted(); // to be asked where

private:
    QPushButton* makeSignInButton(const QString& text);
    QWidget* makeTablePage();
    QWidget* makeDetails();
    QLayout* makeButtons();
    void onMirrorChanged();
    void onSelectionChanged();
    void refreshOrSignIn();
    void revoke();
    [[nodiscard]] const SessionRecord* selected() const;

    const BrokerMirror& mirror_;
    SessionActions& actions_;
    SessionModel model_;
    SortedTable table_{};
    QStackedWidget* stack_;
    QPushButton* refresh_;
    QPushButton* revoke_;
    QFormLayout* details_ = nullptr;
    QLabel* issuer_;
    QLabel* scopes_;
    QLabel* times_;
    QLabel* problem_;
    std::string selectedId_;
};

} // namespace keybearer
