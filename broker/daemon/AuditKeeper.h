#pragma once

#include "broker/accounts/CredentialStore.h"
#include "broker/audit/Alerts.h"
#include "broker/audit/AuditDesk.h"
#include "broker/platform/LoopPost.h"
#include "broker/rpc/MethodTable.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace keybearer {

// What the audit log needs of the house around it: somebody who looks at its rows (Alerts), a thread for
// questions about it (AuditDesk), the check of its newest rows after the start, and the item in the store of
// secrets that holds its seal. Owned by the Broker, after the store and the server; event loop thread.
class AuditKeeper final : public QObject {
    Q_OBJECT
public:
    // The store's item that belongs to the log.
    static constexpr auto sealItem = "audit-seal";
    static constexpr auto sealLabel = "Keybearer - audit seal";

    AuditKeeper(AuditLog& log, CredentialStore& store, EventPublisher& events, const Clock& clock);
    ~AuditKeeper() override;

    [[nodiscard]] AuditDesk& desk() { return desk_; }
    [[nodiscard]] Alerts& alerts() { return alerts_; }
    [[nodiscard]] const Alerts& alerts() const { return alerts_; }

    // Reads what was usual so far, then checks the newest rows; a little after the start, once.
    void begin();
    // The store can be read: takes up the seal, or makes one. May be called again.
    void storeOpened();
    void onMinute();
    // Before the end: every row is sealed, and the store's item follows, if both can be had in time.
    void sealAll();
    [[nodiscard]] bool saving() const { return saving_ > 0; }

private:
    void onSealRead(Result<Secret> item);
    void onAlert(const Alert& alert);
    void checkNewest();
    void saveSeal();

    AuditLog& log_;
    CredentialStore& store_;
    EventPublisher& events_;
    Alerts alerts_;
    LoopPost loop_; // before the desk, whose thread uses it
    AuditDesk desk_;
    QTimer first_;
    enum class Seal { Closed, Reading, Open } seal_ = Seal::Closed;
    int minutes_ = 0;
    int saving_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
