#pragma once

#include "app/tray/signin/ScopeList.h"
#include "app/tray/signin/SignInChoices.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QToolButton;

namespace keybearer {

// Where to sign in: what is known, found while typing, or the address of an MCP server that is not known yet.
// Up and Down choose while the search has the focus, Enter goes on. Owned by SignIns; GUI thread.
class SignInChooser final : public QDialog {
    Q_OBJECT
public:
    SignInChooser(BrokerClient& client, BrokerMirror& mirror, QWidget* parent = nullptr);
    ~SignInChooser() override;
    Q_DISABLE_COPY_MOVE(SignInChooser)

Q_SIGNALS:
    void chosen(const keybearer::SignInWish& wish);
    // A provider without a client id.
    void setupWanted(const std::string& provider);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLayout* makeList();
    QWidget* makeAddress();
    QWidget* makeDetails();
    QLayout* makeButtons();
    void fill();
    void loadServices();
    void showWhatIsMissing();
    void onSearch(const QString& text);
    void onSelection();
    void onAddress(const QString& text);
    void showDetails(bool open);
    void loadScopes();
    void go();
    [[nodiscard]] const SignInChoice* selected() const;
    void selectRow(int proxyRow);

    BrokerClient& client_;
    BrokerMirror& mirror_;
    SignInChoices choices_;
    QSortFilterProxyModel* found_;
    Json services_; // as told last
    QLineEdit* search_;
    QListView* list_;
    QLabel* nothing_;
    QLineEdit* address_;
    QLabel* addressNote_;
    QToolButton* more_;
    QWidget* details_;
    QLineEdit* account_;
    ScopeList* scopes_;
    QPushButton* go_;
};

} // namespace keybearer
