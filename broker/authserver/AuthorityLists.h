#pragma once

#include "broker/authserver/AuthorityAudit.h"
#include "broker/authserver/LocalClients.h"
#include "broker/authserver/LocalGrants.h"
#include "broker/authserver/LocalKeys.h"
#include "broker/base/Json.h"

namespace keybearer {

// What the authorization server keeps, as a person may see it.

// {"clients": [{client_id, name, service, kind, redirect_uris, created_at, last_used_at, grants}]}
[[nodiscard]] Json listOf(const LocalClients& clients, const LocalGrants& grants);
// {"grants": [{grant_id, client_id, client, service, account, scopes, consent_id, created_at, ...}]}
[[nodiscard]] Json listOf(const LocalGrants& grants, const AuthorityAudit& audit);
// {"keys": [{kid, algorithm, created_at, state: "signing"|"retired", retires_at?}]}
[[nodiscard]] Json listOf(const LocalKeys& keys);

} // namespace keybearer
