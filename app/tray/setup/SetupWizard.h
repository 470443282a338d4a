#pragma once

#include "app/tray/setup/ImportTool.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace keybearer {

class BrokerMirror;
class DonePage;
class ImportPage;
class ResultPage;
class SetupPage;
class SignInsPage;
class WelcomePage;

// From a new computer to programs that have what they need, in five pages: what for, what is there, moving
// it, signing in, done. Can be closed at any time but while files are being changed; whatever was done until
// then stays. Holds no secret and changes nothing itself: the tool does. Owned by the tray application; GUI
// thread.
class SetupWizard final : public QDialog {
    Q_OBJECT
public:
    SetupWizard(const BrokerMirror& mirror, ImportTool::Run run, const QString& backupDirectory,
                QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SetupWizard)

    // In front; from its start if it was closed.
    void present();
    void reject() override;

Q_SIGNALS:
    void signInWanted(const std::string& provider);
    // At an address, or at a service by its name.
    void signInAtWanted(const std::string& address);
    void windowWanted();

private:
    void connectPages();
    QLayout* makeButtons();
    void show(SetupPage* page);
    void next();
    void back();
    void showButtons();
    [[nodiscard]] SetupPage* current() const;

    const BrokerMirror& mirror_;
    ImportTool tool_;
    WelcomePage* welcome_;
    ImportPage* import_;
    ResultPage* result_;
    SignInsPage* signIns_;
    DonePage* done_;
    QStackedWidget* stack_;
    QLabel* step_;
    QPushButton* back_;
    QPushButton* close_;
    QPushButton* next_;
};

} // namespace keybearer
