#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

#include <filesystem>

namespace keybearer {

// consent.pending, .answer, .list, .revoke. Owned by the Broker; event loop thread.
class ConsentMethods {
public:
    // `programs` holds keybearer and keybearer-tray: the only ones whose answer to a question counts. That
    // keeps honest programs honest; another program of the same user could pretend (SECURITY.md).
    ConsentMethods(ConsentGate& gate, std::filesystem::path programs)
        : gate_(gate), programs_(std::move(programs)) {}
    void addTo(MethodTable& table);

private:
    void pending(const Json& params, const Reply& reply) const;
    void answer(const CallContext& context, const Json& params, const Reply& reply);
    void list(const Json& params, const Reply& reply) const;
    void revoke(const Json& params, const Reply& reply);

    ConsentGate& gate_;
    std::filesystem::path programs_;
};

} // namespace keybearer
