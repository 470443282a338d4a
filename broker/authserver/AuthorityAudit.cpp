#include "broker/authserver/AuthorityAudit.h"

#include "broker/audit/AuditLog.h"
#include "broker/base/Text.h"

#include <utility>

namespace keybearer {

AuthorityAudit::AuthorityAudit(const LocalClients& clients, std::function<void(const AuditEvent&)> record)
    : clients_(clients), record_(std::move(record)) {}

std::string AuthorityAudit::nameOf(const std::string& clientId) const {
    const LocalClient* client = clients_.find(clientId);
    return client == nullptr ? "a client" : client->name;
}

void AuthorityAudit::ofClient(const char* kind, const std::string& clientId, const std::string& service,
                              const std::string& why, const std::string& detail) const {
    AuditEvent event;
    event.kind = kind;
    event.client = displaySafe(clientId);
    event.caller = displaySafe("client " + nameOf(clientId));
    event.provider = service;
    event.why = why;
    event.detail = detail;
    record_(event);
}

void AuthorityAudit::ofGrant(const char* kind, const LocalGrant& grant, const std::string& detail) const {
    AuditEvent event;
    event.kind = kind;
    event.client = displaySafe(grant.clientId);
    event.caller = displaySafe("client " + nameOf(grant.clientId));
    event.provider = grant.service;
    event.account = grant.account;
    event.sessionId = grant.sessionId;
    event.scopes = join(grant.scopes, " ");
    event.why = grant.consentId;
    event.detail = detail.empty() ? grant.id : grant.id + ": " + detail;
    record_(event);
}

void AuthorityAudit::ofNewKey(const std::string& id) const {
    AuditEvent event;
    event.kind = "local_key.rotated";
    event.detail = id;
    record_(event);
}

} // namespace keybearer
