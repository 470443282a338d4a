#pragma once

#include "app/tray/signin/DevicePanel.h"

#include <QDialog>
#include <QUrl>

class QDialogButtonBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace keybearer {

// What the person sees of one sign-in while the browser has the word. Knows nothing of the broker.
// Owned by SignInAttempt; GUI thread.
class SignInDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SignInDialog(const QString& provider, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SignInDialog)

    void showStarting();
    // `opened`: a browser was started; else the person has to copy the link.
    void showWaiting(const QUrl& url, bool opened);
    // The person goes on at another device, or here with Open.
    void showDevice(const DeviceSignIn& device);
    void showFinishing();
    void showFailure(const QString& what, const QString& remedy);

Q_SIGNALS:
    void openWanted();
    void retryWanted();
    // Closed, escaped or cancelled by the person.
    void dismissed();

private:
    void copyLink();
    void present(const QString& heading, const QString& detail, bool busy);

    QString provider_;
    QUrl url_;
    QString code_; // of a sign-in on another device
    DevicePanel* device_;
    QLabel* heading_;
    QLabel* detail_;
    QProgressBar* progress_;
    QPushButton* copy_;
    QPushButton* open_;
    QPushButton* retry_;
    QPushButton* cancel_;
};

} // namespace keybearer
