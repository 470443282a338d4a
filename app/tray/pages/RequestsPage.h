#pragma once

#include "app/tray/actions/SessionActions.h"
#include "app/tray/look/Page.h"
#include "app/tray/pages/ListPart.h"
#include "app/tray/pages/RequestModel.h"

#include <QTimer>

class QPushButton;

namespace keybearer {

// The programs that wait for an answer: who, what, and how long they wait yet. Nothing is allowed here: that
// is for the question itself, which "Answer..." brings to the front; saying no can be done at once. Part of
// the main window; GUI thread.
class RequestsPage final : public Page {
    Q_OBJECT
public:
    RequestsPage(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(RequestsPage)

    [[nodiscard]] std::string name() const override { return "requests"; }
    [[nodiscard]] QString title() const override { return tr("Requests"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Requests; }
    [[nodiscard]] QWidget* first() const override;
    [[nodiscard]] int waiting() const override { return model_.rowCount(); }
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;
    void select(const std::string& consentId) override;
    // Whether the time left is said anew every second.
    [[nodiscard]] bool isCounting() const { return second_.isActive(); }

Q_SIGNALS:
    void answerWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeEmpty();
    void onChanged();
    void deny();
    void count();

    SessionActions& actions_;
    RequestModel model_;
    ListPart* list_;
    QPushButton* deny_;
    QPushButton* answer_;
    QTimer second_; // while the page is visible and somebody waits
};

} // namespace keybearer
