#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/audit/AuditLog.h"
#include "broker/authserver/DemoProvider.h"
#include "broker/methods/DemoMethods.h"
#include "broker/providers/ProviderCatalog.h"

#include <QObject>

#include <functional>

namespace keybearer {

// Switches the demo provider on and off: its issuer at the gateway's door, its entry in the catalog while it
// runs, and nothing of it afterwards. It does not outlive the broker; what an earlier run left is erased when
// it is next switched on or off. Owned by the Broker; event loop thread.
class DemoKeeper final : public QObject, public DemoDesk {
    Q_OBJECT
public:
    struct Rooms {
        ProviderCatalog& catalog;
        AccountRegistry& registry;
        LocalAuthorizationServer& server;
        const Clock& clock;
        std::function<void(const AuditEvent&)> record;
        // It is served at the gateway's address, which is opened for it where it is closed, and closed again.
        std::function<Result<void>()> openDoor;
        std::function<void()> closeDoor;
    };
    explicit DemoKeeper(Rooms rooms);
    ~DemoKeeper() override;

    [[nodiscard]] Json status() const override;
    [[nodiscard]] Result<void> start() override;
    void stop(Completion<void> done) override;
    // For the door: [{"name", "jwks"}], empty while it does not run.
    [[nodiscard]] Json issuers() const;

Q_SIGNALS:
    void changed(); // whether it runs, or where

private:
    [[nodiscard]] std::vector<std::string> sessions() const;
    void eraseSessions(const Completion<void>& done);
    void note(const char* kind) const;

    Rooms rooms_;
    DemoProvider demo_;
};

} // namespace keybearer
