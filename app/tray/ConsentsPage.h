#pragma once

#include "app/tray/ConsentModel.h"
#include "app/tray/PageParts.h"
#include "app/tray/SessionActions.h"

class QStackedWidget;

namespace keybearer {

// The programs that the person has allowed, and the button that takes a permission back. Part of the Sessions
// window; GUI thread.
class ConsentsPage final : public QWidget {
    Q_OBJECT
public:
    ConsentsPage(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ConsentsPage)

    void tick() { model_.tick(); }

private:
    void onChanged();
    void revoke();

    const BrokerMirror& mirror_;
    SessionActions& actions_;
    ConsentModel model_;
    SortedTable table_;
    QStackedWidget* stack_;
    QPushButton* revoke_;
};

} // namespace keybearer
