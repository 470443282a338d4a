#pragma once

#include "app/tray/pages/SessionModel.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace keybearer {

class FactsView;

// Everything about one session, API key or service account, and the buttons for what can be done to it. Part
// of the Sessions page; GUI thread.
class SessionDetails final : public QWidget {
    Q_OBJECT
public:
    SessionDetails(const BrokerMirror& mirror, const SessionModel& model, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionDetails)

    // Null: nothing is selected. `isLeaving`: it is about to be revoked.
    void present(const SessionRecord* session, bool isLeaving);

Q_SIGNALS:
    void refreshWanted(); // or a sign-in, if it needs one
    void renameWanted();
    void revokeWanted();
    void undoWanted();
    void rotateWanted();
    void switchWanted();

private:
    QLayout* makeButtons();
    void presentButtons(const SessionRecord* session, bool isLeaving);
    void presentFacts(const SessionRecord& session);
    void presentKey(const SessionRecord& session);
    [[nodiscard]] QString consentsOf(const SessionRecord& session) const;
    [[nodiscard]] static QString remedyOf(const SessionRecord& session);

    const BrokerMirror& mirror_;
    const SessionModel& model_;
    QLabel* icon_;
    QLabel* title_;
    QLabel* state_;
    FactsView* facts_;
    QPushButton* undo_;
    QPushButton* refresh_;
    QPushButton* rename_;
    QPushButton* rotate_;
    QPushButton* switch_;
    QPushButton* revoke_;
};

} // namespace keybearer
