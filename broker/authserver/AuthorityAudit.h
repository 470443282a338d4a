#pragma once

#include "broker/authserver/LocalClients.h"
#include "broker/authserver/LocalGrant.h"

#include <functional>
#include <string>

namespace keybearer {

struct AuditEvent;

// What the authorization server writes into the audit log: rows of its clients, grants and keys.
class AuthorityAudit {
public:
    AuthorityAudit(const LocalClients& clients, std::function<void(const AuditEvent&)> record);

    // "a client" if nobody knows it any more.
    [[nodiscard]] std::string nameOf(const std::string& clientId) const;

    void ofClient(const char* kind, const std::string& clientId, const std::string& service,
                  const std::string& why, const std::string& detail) const;
    void ofGrant(const char* kind, const LocalGrant& grant, const std::string& detail) const;
    void ofNewKey(const std::string& id) const;

private:
    const LocalClients& clients_;
    std::function<void(const AuditEvent&)> record_;
};

} // namespace keybearer
