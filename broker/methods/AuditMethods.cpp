#include "broker/methods/AuditMethods.h"

#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

void AuditMethods::addTo(MethodTable& table) {
    table.add("audit.query",
              [this](const CallContext&, const Json& params, const Reply& reply) { query(params, reply); });
    table.add("audit.verify",
              [this](const CallContext&, const Json& params, const Reply& reply) { verify(params, reply); });
}

void AuditMethods::query(const Json& params, const Reply& reply) {
    const std::optional<AuditQueryParams> wish = paramsOrAnswer<AuditQueryParams>(params, reply);
    if (!wish)
        return;
    const Result<std::vector<AuditLog::Row>> rows = log_.query(wish->limit);
    if (!rows)
        return reply.error(rows.error());
    Json out = Json::array();
    for (const AuditLog::Row& row : *rows) {
        const AuditEvent& event = row.event;
        out.push_back(Json{{"seq", row.sequence},
                           {"at", row.at},
                           {"kind", event.kind},
                           {"caller", event.caller},
                           {"pid", event.pid},
                           {"provider", event.provider},
                           {"account", event.account},
                           {"session_id", event.sessionId},
                           {"scopes", event.scopes},
                           {"why", event.why},
                           {"token", event.token}});
    }
    reply.result(Json{{"rows", std::move(out)}});
}

void AuditMethods::verify(const Json& params, const Reply& reply) {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    const Result<AuditLog::Verdict> verdict = log_.verify();
    if (!verdict)
        return reply.error(verdict.error());
    Json out{{"intact", verdict->intact}, {"rows", verdict->rows}};
    if (!verdict->intact)
        out["first_bad"] = verdict->firstBad;
    reply.result(out);
}

} // namespace keybearer
