#pragma once

#include "broker/base/Json.h"

#include <QDateTime>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <optional>

class QLabel;

namespace keybearer {

// What signin.start says of a sign-in on another device (RFC 8628), made safe to show.
struct DeviceSignIn {
    QString userCode;
    QUrl address;         // shown
    QUrl completeAddress; // opened on this computer; empty: address
    QStringList qr;       // rows of 0 and 1
    QDateTime expiresAt;

    // Nothing unless there is a code and a web address.
    [[nodiscard]] static std::optional<DeviceSignIn> from(const Json& started);
};

// The code in large type, the QR code, where to enter it, how long it lives, and the warning (RFC 8628
// section 5.4). Owned by its dialog; GUI thread.
class DevicePanel final : public QWidget {
    Q_OBJECT
public:
    explicit DevicePanel(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(DevicePanel)

    void show(const DeviceSignIn& device);
    [[nodiscard]] bool isExpired() const;
    // "4 minutes and 7 seconds left"; of what is left of the code.
    [[nodiscard]] static QString leftWords(qint64 seconds);
    // "WDJB MJHT": easier to read out and to compare, when there are no groups yet.
    [[nodiscard]] static QString grouped(const QString& code);

Q_SIGNALS:
    void expired(); // once a code

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override; // nobody watches

private:
    void tick();

    QLabel* qr_;
    QLabel* where_;
    QLabel* code_;
    QLabel* left_;
    bool told_ = false; // that it has expired
    QLabel* warning_;
    QDateTime expiresAt_;
    QTimer second_;
};

} // namespace keybearer
