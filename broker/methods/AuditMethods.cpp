#include "broker/methods/AuditMethods.h"

#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

AuditFilter filterFrom(const AuditQueryParams& wish) {
    AuditFilter filter;
    filter.limit = wish.limit;
    filter.after = wish.afterSequence;
    filter.before = wish.beforeSequence.value_or(0);
    filter.since = wish.since ? toRfc3339(*wish.since) : std::string();
    filter.until = wish.until ? toRfc3339(*wish.until) : std::string();
    filter.caller = wish.caller.value_or("");
    filter.kind = wish.kind.value_or("");
    filter.provider = wish.provider.value_or("");
    filter.account = wish.account.value_or("");
    filter.sessionId = wish.sessionId.value_or("");
    filter.client = wish.client.value_or("");
    filter.tool = wish.tool.value_or("");
    return filter;
}

} // namespace

void AuditMethods::addTo(MethodTable& table) {
    table.add("audit.query",
              [this](const CallContext&, const Json& params, const Reply& reply) { query(params, reply); });
    table.add("audit.verify",
              [this](const CallContext&, const Json& params, const Reply& reply) { verify(params, reply); });
    table.add("audit.alerts", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (paramsOrAnswer<NoParams>(params, reply))
            reply.result(Json{{"alerts", toWire(alerts_.recent())}});
    });
}

void AuditMethods::query(const Json& params, const Reply& reply) {
    const std::optional<AuditQueryParams> wish = paramsOrAnswer<AuditQueryParams>(params, reply);
    if (!wish)
        return;
    desk_.query(filterFrom(*wish), [reply](const Result<AuditPage>& page) {
        if (!page)
            return reply.error(page.error());
        Json rows = Json::array();
        for (const AuditLog::Row& row : page->rows)
            rows.push_back(toWire(row));
        reply.result(Json{{"rows", std::move(rows)}, {"more", page->more}, {"next_sequence", page->next}});
    });
}

void AuditMethods::verify(const Json& params, const Reply& reply) {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    desk_.verify(0, [this, reply](const Result<AuditLog::Verdict>& verdict) {
        if (!verdict)
            return reply.error(verdict.error());
        alerts_.onVerdict(*verdict);
        reply.result(toWire(*verdict));
    });
}

Json toWire(const AuditLog::Row& row) {
    const AuditEvent& event = row.event;
    return Json{{"seq", row.sequence},      {"at", row.at},
                {"kind", event.kind},       {"caller", event.caller},
                {"pid", event.pid},         {"provider", event.provider},
                {"account", event.account}, {"session_id", event.sessionId},
                {"scopes", event.scopes},   {"why", event.why},
                {"token", event.token},     {"caller_class", event.callerClass},
                {"client", event.client},   {"tool", event.tool},
                {"detail", event.detail},   {"latency_us", event.latencyMicroseconds},
                {"hash", row.hash}};
}

Json toWire(const AuditLog::Verdict& verdict) {
    Json findings = Json::array();
    for (const auto& finding : verdict.findings)
        findings.push_back(Json{{"seq", finding.sequence}, {"what", finding.what}});
    Json out{{"intact", verdict.intact},
             {"rows", verdict.rows},
             {"findings", std::move(findings)},
             {"first_row", verdict.firstRow},
             {"sealed_through", verdict.sealedThrough},
             {"sealed_by", verdict.sealedBy.empty() ? Json() : Json(verdict.sealedBy)}};
    if (!verdict.intact)
        out["first_bad"] = verdict.firstBad;
    return out;
}

Json toWire(const Alert& alert) {
    Json out{{"level", alert.level},
             {"name", alert.name},
             {"message", alert.message},
             {"action", alert.action},
             {"at", toRfc3339(alert.at)}};
    if (!alert.caller.empty())
        out["caller"] = alert.caller;
    return out;
}

Json toWire(const std::deque<Alert>& alerts) {
    Json out = Json::array();
    for (auto alert = alerts.rbegin(); alert != alerts.rend(); ++alert)
        out.push_back(toWire(*alert));
    return out;
}

} // namespace keybearer
