#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace keybearer {

// Asks for the passphrase of the store, twice if it is a new one. Shows no text from outside but the broker's
// own refusal, as plain text. Deletes itself when closed; GUI thread.
class UnlockDialog final : public QDialog {
    Q_OBJECT
public:
    explicit UnlockDialog(bool fresh, QWidget* parent = nullptr);

    void present();
    // It was not the right one: says so, and lets the person type again.
    void refuse(const QString& why);

Q_SIGNALS:
    void given(const QString& passphrase);

private:
    void onChanged();
    void onAccepted();

    bool fresh_;
    QLabel* problem_;
    QLineEdit* passphrase_;
    QLineEdit* again_;
    QPushButton* unlock_;
};

} // namespace keybearer
