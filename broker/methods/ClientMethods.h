#pragma once

#include "broker/access/ClientKeys.h"
#include "broker/accounts/AccountRegistry.h"
#include "broker/audit/AuditLog.h"
#include "broker/providers/ProviderCatalog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// client.add, .list, .show, .enable, .disable, .rotate, .remove: programs with a key of their own. A key
// leaves once, in the answer to add or rotate. Owned by the Broker; event loop thread.
class ClientMethods {
public:
    struct Rooms {
        ClientKeys& clients;
        const AccountRegistry& registry;
        const ProviderCatalog& catalog;
        AuditLog& audit;
        // Is there a service of this name? A client may be allowed that as well.
        std::function<bool(const std::string& name)> isService;
    };
    explicit ClientMethods(Rooms rooms) : rooms_(std::move(rooms)) {}
    void addTo(MethodTable& table);

private:
    void add(const CallContext& context, const Json& params, const Reply& reply);
    void list(const Json& params, const Reply& reply) const;
    void show(const Json& params, const Reply& reply) const;
    void setActive(const CallContext& context, const Json& params, const Reply& reply, bool active);
    void rotate(const CallContext& context, const Json& params, const Reply& reply);
    void remove(const CallContext& context, const Json& params, const Reply& reply);

    [[nodiscard]] Result<void> checkAllowed(const std::vector<std::string>& allowed) const;
    [[nodiscard]] Result<void> record(const char* kind, const Caller& caller, const RegisteredClient& client,
                                      const std::string& detail);
    [[nodiscard]] Json toWire(const RegisteredClient& client) const;
    void answerWithKey(const ClientKeys::Issued& issued, const Reply& reply) const;

    Rooms rooms_;
};

} // namespace keybearer
