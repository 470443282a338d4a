#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/accounts/ServiceAccountTrial.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// service_account.add, .list, .remove. No answer ever holds a key. Owned by the Broker; event loop thread.
class ServiceAccountMethods {
public:
    ServiceAccountMethods(ServiceAccountTrial::Rooms rooms, ConsentGate& gate, AuditLog& audit)
        : rooms_(rooms), gate_(gate), audit_(audit) {}
    void addTo(MethodTable& table);

private:
    void add(const CallContext& context, const Json& params, const Reply& reply);
    void onTried(std::uint64_t trial, const Caller& caller, const Reply& reply,
                 const Result<std::string>& id);
    void list(const Json& params, const Reply& reply) const;
    void remove(const CallContext& context, const Json& params, const Reply& reply);
    void record(const char* kind, const Caller& caller, const CredentialRecord& record);

    ServiceAccountTrial::Rooms rooms_;
    ConsentGate& gate_;
    AuditLog& audit_;
    std::map<std::uint64_t, std::unique_ptr<ServiceAccountTrial>> trials_;
    std::uint64_t nextTrial_ = 1;
};

} // namespace keybearer
