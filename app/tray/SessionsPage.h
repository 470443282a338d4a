#pragma once

#include "app/tray/PageParts.h"
#include "app/tray/SessionActions.h"
#include "app/tray/SessionModel.h"

class QFormLayout;
class QLabel;
class QMenu;
class QStackedWidget;

namespace keybearer {

// The table of sessions with what can be done to them, the details of the selected one, or an invitation to
// sign in. Part of the Sessions window; GUI thread.
class SessionsPage final : public QWidget {
    Q_OBJECT
public:
    SessionsPage(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionsPage)

    void select(const std::string& sessionId);
    void tick();

Q_SIGNALS:
    void signInWanted(const std::string& provider);

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
    QMenu* providers_;
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
