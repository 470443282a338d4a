#pragma once

#include "app/tray/actions/SessionActions.h"
#include "app/tray/look/Page.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/pages/ConsentModel.h"

class QStackedWidget;

namespace keybearer {

// The programs that the person has allowed, and the button that takes a permission back. Part of the main
// window; GUI thread.
class ConsentsPage final : public Page {
    Q_OBJECT
public:
    ConsentsPage(BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ConsentsPage)

    [[nodiscard]] std::string name() const override { return "clients"; }
    [[nodiscard]] QString title() const override { return tr("Allowed programs"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Clients; }
    void tick() override { model_.tick(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void onChanged();
    void revoke();

    BrokerMirror& mirror_;
    SessionActions& actions_;
    ConsentModel model_;
    SortedTable table_;
    QStackedWidget* stack_;
    QPushButton* revoke_;
};

} // namespace keybearer
