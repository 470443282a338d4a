#include "broker/methods/AuditMethods.h"

#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/AuditParams.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

constexpr std::chrono::days usualSpan{30};

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

Json toWire(const AuditSummary::Counts& counts) {
    return Json{{"released", counts.released}, {"denied", counts.denied}, {"others", counts.others}};
}

Json named(const char* key, const std::string& name, const AuditSummary::Counts& counts) {
    Json out = toWire(counts);
    out[key] = name;
    return out;
}

Json toWire(const std::vector<AuditSummary::Named>& list, const char* key) {
    Json out = Json::array();
    for (const AuditSummary::Named& item : list)
        out.push_back(named(key, item.name, item.counts));
    return out;
}

} // namespace

void AuditMethods::addTo(MethodTable& table) {
    table.add("audit.query",
              [this](const CallContext&, const Json& params, const Reply& reply) { query(params, reply); });
    table.add("audit.summary", [this](const CallContext&, const Json& params, const Reply& reply) {
        summarise(params, reply);
    });
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

void AuditMethods::summarise(const Json& params, const Reply& reply) {
    const std::optional<AuditSummaryParams> wanted = paramsOrAnswer<AuditSummaryParams>(params, reply);
    if (!wanted)
        return;
    AuditSummaryWish wish;
    wish.since = toRfc3339(wanted->since.value_or(wanted->until.value_or(clock_.wall()) - usualSpan));
    wish.until = wanted->until ? toRfc3339(*wanted->until) : std::string();
    wish.offset = std::chrono::minutes(wanted->offsetMinutes);
    wish.caller = wanted->caller.value_or("");
    wish.provider = wanted->provider.value_or("");
    wish.most = static_cast<std::size_t>(wanted->most);
    const std::string since = wish.since;
    desk_.summarise(std::move(wish), [reply, since](const Result<AuditSummary>& summary) {
        if (!summary)
            return reply.error(summary.error());
        Json out = toWire(*summary);
        out["since"] = since;
        reply.result(std::move(out));
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

Json toWire(const AuditSummary& summary) {
    Json days = Json::array();
    for (const AuditSummary::Day& day : summary.days)
        days.push_back(named("day", day.day, day.counts));
    Json programs = Json::array();
    for (const AuditSummary::Program& program : summary.programs) {
        Json out = named("caller", program.caller, program.counts);
        if (!program.script.empty())
            out["script"] = program.script;
        programs.push_back(std::move(out));
    }
    return Json{{"total", toWire(summary.total)},
                {"days", std::move(days)},
                {"programs", std::move(programs)},
                {"providers", toWire(summary.providers, "provider")},
                {"kinds", toWire(summary.kinds, "kind")},
                {"complete", summary.complete},
                {"counted_from", summary.countedFrom.empty() ? Json() : Json(summary.countedFrom)}};
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
