#pragma once

#include "broker/audit/AuditLog.h"
#include "broker/base/Secret.h"
#include "broker/protocol/Methods.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// What store.* needs of whoever keeps the stores. Completions come later, from the event loop.
class StoreDesk {
public:
    virtual ~StoreDesk() = default;
    // As broker/protocol/PROTOCOL.md describes it.
    [[nodiscard]] virtual Json status() const = 0;
    virtual void unlock(std::optional<Secret> passphrase, Completion<void> done) = 0;
    [[nodiscard]] virtual Result<void> lock() = 0;
    // Both complete when all is done; status() tells how far it is. The result says what to write into the
    // configuration.
    virtual void migrate(const StoreMigrateParams& params, Completion<Json> done) = 0;
    virtual void rekey(const StoreRekeyParams& params, Completion<Json> done) = 0;
};

// store.status, .unlock, .lock, .migrate, .rekey. Each but the first leaves a row in the audit log. Owned by
// the Broker; event loop thread.
class StoreMethods {
public:
    StoreMethods(StoreDesk& desk, AuditLog& audit) : desk_(desk), audit_(audit) {}
    void addTo(MethodTable& table);

private:
    void unlock(const CallContext& context, const Json& params, const Reply& reply);
    void lock(const CallContext& context, const Json& params, const Reply& reply);
    void migrate(const CallContext& context, const Json& params, const Reply& reply);
    void rekey(const CallContext& context, const Json& params, const Reply& reply);
    void record(const char* kind, const Caller& caller, const Error* error);

    StoreDesk& desk_;
    AuditLog& audit_;
};

} // namespace keybearer
