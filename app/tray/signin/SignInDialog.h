#pragma once

#include "app/tray/signin/DevicePanel.h"
#include "app/tray/signin/SignInSteps.h"

#include <QDialog>
#include <QUrl>

class QLabel;
class QPushButton;

namespace keybearer {

class PastePanel;

// What the person sees of one sign-in: what is happening, where they are to sign in (T-22), the device code,
// the field for an address that a browser on another computer ended at. Knows nothing of the broker. Closing
// it, in any state, is to cancel. Owned by SignInAttempt; GUI thread.
class SignInDialog final : public QDialog {
    Q_OBJECT
public:
    // `provider`: its title, `name` for its drawing.
    SignInDialog(const QString& provider, const std::string& name, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SignInDialog)

    void showStarting();
    void showStep(SignInSteps::Step step);
    // `opened`: a browser was started; else the person has to copy the link.
    void showWaiting(const QUrl& url, bool opened);
    // The person goes on at another device, or here with Open.
    void showDevice(const DeviceSignIn& device);
    void showFinishing();
    // `needsClient`: it failed because nothing is registered there; the form for that is offered.
    void showFailure(const QString& what, const QString& remedy, bool needsClient = false);
    void showPasteProblem(const QString& what);

Q_SIGNALS:
    void openWanted();
    void retryWanted();
    void setupWanted();
    void pasted(const std::string& redirectUrl);
    // Closed, escaped or cancelled by the person.
    void dismissed();

private:
    enum class Mood { Busy, Expired, Failed };
    QLayout* makeTexts();
    QLayout* makeButtons();
    void copyLink();
    void onExpired();
    void present(const QString& heading, const QString& detail, Mood mood);

    QString provider_;
    QUrl url_;
    QString code_; // of a sign-in on another device
    SignInSteps* steps_;
    DevicePanel* device_;
    PastePanel* paste_;
    QLabel* heading_;
    QLabel* detail_;
    QLabel* host_;
    QPushButton* copy_;
    QPushButton* open_;
    QPushButton* setup_;
    QPushButton* retry_;
    QPushButton* cancel_;
};

} // namespace keybearer
