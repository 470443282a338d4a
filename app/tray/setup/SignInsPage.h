#pragma once

#include "app/tray/setup/SetupPage.h"

#include <QString>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace keybearer {

class BrokerMirror;

// Offers the sign-ins that are still missing: a row each, with a button, and a word once it is done.
class SignInsPage final : public SetupPage {
    Q_OBJECT
public:
    explicit SignInsPage(const BrokerMirror& mirror, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SignInsPage)

    // Short names of providers, and addresses or services that the import named.
    void offer(const std::vector<std::string>& providers, const std::vector<std::string>& addresses);
    // How many of what is offered is signed in to.
    [[nodiscard]] int done() const;

    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] QWidget* firstWidget() override;

Q_SIGNALS:
    void signInWanted(const std::string& provider);
    void signInAtWanted(const std::string& address);

private:
    struct Row {
        std::string name; // of the provider, or the address
        bool isAddress = false;
        QString title;
        QWidget* widget = nullptr;
        QLabel* state = nullptr;
        QPushButton* button = nullptr;
    };

    void addRow(const std::string& name, bool isAddress);
    void showStates();
    void filter(const QString& text);
    [[nodiscard]] QString account(const Row& row) const; // empty: nobody is signed in

    const BrokerMirror& mirror_;
    std::vector<Row> rows_;
    QLineEdit* search_;
    QScrollArea* area_;
    QVBoxLayout* list_;
};

} // namespace keybearer
