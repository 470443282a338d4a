#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/accounts/SessionRevocation.h"
#include "broker/accounts/TokenRefresher.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// session.list, .show, .refresh, .revoke, .rename. Owned by the Broker; event loop thread.
class SessionMethods {
public:
    struct Rooms {
        AccountRegistry& registry;
        TokenRefresher& refresher;
        ServerDirectory& directory;
        HttpTransport& http;
        ConsentGate& gate;
        AuditLog& audit;
    };
    explicit SessionMethods(Rooms rooms) : rooms_(rooms) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply);
    void show(const Json& params, const Reply& reply);
    void refresh(const Json& params, const Reply& reply);
    void revoke(const CallContext& context, const Json& params, const Reply& reply);
    void rename(const Json& params, const Reply& reply);
    void onRevoked(const std::string& id, const CredentialRecord& record, const Caller& caller,
                   const Reply& reply, const SessionRevocation::Outcome& outcome);

    Rooms rooms_;
    std::map<std::string, std::unique_ptr<SessionRevocation>> revocations_; // by session id
};

} // namespace keybearer
