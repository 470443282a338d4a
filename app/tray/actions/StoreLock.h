#pragma once

#include "app/tray/actions/UnlockDialog.h"
#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QPointer>

namespace keybearer {

// Unlocks and locks the broker's store file for a person, with a dialog if it wants a passphrase. Never opens
// by itself: a dialog that any program could make appear is one to be tired by. Owned by the tray
// application; GUI thread.
class StoreLock final : public QObject {
    Q_OBJECT
public:
    explicit StoreLock(BrokerClient& client, QObject* parent = nullptr) : QObject(parent), client_(client) {}
    ~StoreLock() override;
    Q_DISABLE_COPY_MOVE(StoreLock)

    void unlock();
    void lock();

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);

private:
    void onStatus(const Json& status);
    void send(std::string passphrase);
    void onAnswer(const Result<Json>& unlocked);
    void tellFailure(const QString& title, const Error& error);

    BrokerClient& client_;
    QPointer<UnlockDialog> dialog_; // deletes itself when closed
};

} // namespace keybearer
