#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/accounts/AccountRegistry.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// apikey.add, .list, .show, .rotate, .enable, .disable, .remove. No answer ever holds a key's value; that is
// token.get's. Owned by the Broker; event loop thread.
class ApiKeyMethods {
public:
    struct Rooms {
        AccountRegistry& registry;
        ConsentGate& gate;
        AuditLog& audit;
        const Clock& clock;
    };
    explicit ApiKeyMethods(Rooms rooms) : rooms_(rooms) {}
    void addTo(MethodTable& table);

private:
    void add(const CallContext& context, const Json& params, const Reply& reply);
    void list(const Json& params, const Reply& reply) const;
    void show(const Json& params, const Reply& reply) const;
    void rotate(const CallContext& context, const Json& params, const Reply& reply);
    void setActive(const CallContext& context, const Json& params, const Reply& reply, bool active);
    void remove(const CallContext& context, const Json& params, const Reply& reply);
    void record(const char* kind, const Caller& caller, const CredentialRecord& record);
    void answer(const std::string& id, const Reply& reply) const;

    Rooms rooms_;
};

} // namespace keybearer
