#include "broker/methods/MetricsMethods.h"

#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace keybearer {

namespace {

// What stands for providers that nobody has configured: their names would be the askers' to invent.
std::string providerLabel(const std::string& provider) {
    return provider.empty() ? "unknown" : provider;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::uint64_t sumOf(const Alerts::Counts& counts) {
    std::uint64_t sum = 0;
    for (const auto& [name, count] : counts)
        sum += count;
    return sum;
}

std::uint64_t countOf(const Alerts::Counts& counts, std::string_view name) {
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

double as(std::uint64_t number) {
    return static_cast<double>(number);
}

} // namespace

void MetricsMethods::addTo(MethodTable& table) {
    table.add("metrics.get", [this](const CallContext&, const Json& params, const Reply& reply) {
        const std::optional<MetricsGetParams> wish = paramsOrAnswer<MetricsGetParams>(params, reply);
        if (!wish)
            return;
        if (wish->format == "json")
            return reply.result(gather().json());
        reply.result(Json{{"content_type", "text/plain; version=0.0.4"}, {"text", gather().text()}});
    });
}

Metrics MetricsMethods::gather() const {
    Metrics out;
    addTokens(out);
    addConsents(out);
    addAdmission(out);
    addRules(out);
    addSessions(out);
    addDoor(out);
    addAudit(out);
    addProcess(out);
    if (rooms_.gateway)
        rooms_.gateway(out);
    return out;
}

void MetricsMethods::addTokens(Metrics& out) const {
    constexpr auto requests = "keybearer_token_requests_total";
    constexpr auto help =
        "Requests for tokens, by what came of them; result is released or the error's name.";
    for (const auto& [provider, results] : rooms_.tokens.counters().providers) {
        out.counter(requests, help, as(results.released),
                    {{"result", "released"}, {"provider", providerLabel(provider)}});
        for (const auto& [result, count] : results.refused)
            out.counter(requests, help, as(count),
                        {{"result", result}, {"provider", providerLabel(provider)}});
    }
    out.histogram("keybearer_token_request_duration_seconds",
                  "How long requests for tokens took that were not answered from memory.",
                  rooms_.tokens.counters().latency);
    for (const auto& [provider, results] : rooms_.refresher.counters()) {
        for (const auto& [result, count] : results)
            out.counter("keybearer_refreshes_total", "Refreshes of tokens that ended, by result.", as(count),
                        {{"provider", providerLabel(provider)}, {"result", result}});
    }
}

void MetricsMethods::addConsents(Metrics& out) const {
    const ConsentGate::Counters& counters = rooms_.gate.counters();
    const std::array<std::pair<const char*, std::uint64_t>, 5> decisions{
        {{"granted", counters.granted},
         {"denied", counters.denied},
         {"unanswered", counters.unanswered},
         {"abandoned", counters.abandoned},
         {"unavailable", counters.unavailable}}};
    for (const auto& [decision, count] : decisions)
        out.counter("keybearer_consents_total",
                    "Questions whether a program may have a token, by how they ended.", as(count),
                    {{"decision", decision}});
    out.counter("keybearer_consent_revocations_total", "Permissions that were taken back.",
                as(counters.revoked));
    out.counter("keybearer_consent_quarantines_total", "Programs that may not ask for ten minutes.",
                as(counters.quarantines));
    out.counter("keybearer_consent_updates_total",
                "Permissions that went on for a newer program of the same package or signer.",
                as(counters.updated));
    out.counter("keybearer_consent_asks_refused_total",
                "Questions that were not put to anybody, because the program asked too often.",
                as(counters.rateLimited));
    out.gauge("keybearer_consent_prompts_open", "Questions that wait for a person.",
              static_cast<double>(rooms_.gate.pending().size()));
}

void MetricsMethods::addAdmission(Metrics& out) const {
    const ClientKeys::Counters& keys = rooms_.clients.counters();
    const std::array<std::pair<const char*, std::uint64_t>, 6> results{{{"admitted", keys.admitted},
                                                                        {"malformed", keys.malformed},
                                                                        {"unknown", keys.unknown},
                                                                        {"disabled", keys.disabled},
                                                                        {"expired", keys.expired},
                                                                        {"limited", keys.limited}}};
    for (const auto& [result, count] : results)
        out.counter("keybearer_client_keys_total", "Client keys that were shown, by what came of them.",
                    as(count), {{"result", result}});
    const Capabilities::Counters capabilities = rooms_.capabilities.counters();
    out.counter("keybearer_capabilities_issued_total", "Runs that were given tokens of their own.",
                as(capabilities.issued));
    out.counter("keybearer_capabilities_refused_total", "Capabilities that were shown and not good.",
                as(capabilities.refused));
    out.gauge("keybearer_capabilities", "Runs whose capability is good now.", as(capabilities.live));
}

void MetricsMethods::addRules(Metrics& out) const {
    out.counter("keybearer_rate_limited_total", "Requests for tokens over a rate limit.",
                static_cast<double>(rooms_.limiter.counters().refused));
    const AuthRules::Counters& rules = rooms_.rules.counters();
    out.counter("keybearer_rule_lookups_total", "Tools that were looked up in the rules.",
                static_cast<double>(rules.lookups));
    out.counter("keybearer_rule_lookups_remembered_total", "Of them, answered without matching a pattern.",
                static_cast<double>(rules.remembered));
    const PolicyDecision* server = rooms_.policy ? rooms_.policy() : nullptr;
    if (server == nullptr)
        return;
    const PolicyCounters& policy = server->counters();
    const std::array<std::pair<const char*, std::int64_t>, 3> decisions{
        {{"allowed", policy.allowed}, {"denied", policy.denied}, {"unavailable", policy.unavailable}}};
    for (const auto& [decision, count] : decisions)
        out.counter("keybearer_policy_decisions_total", "Decisions of the policy server.",
                    static_cast<double>(count), {{"decision", decision}});
    out.counter("keybearer_policy_requests_total",
                "Requests to the policy server; the others were remembered.",
                static_cast<double>(policy.asked));
}

void MetricsMethods::addSessions(Metrics& out) const {
    std::map<std::string, double> states{
        {"active", 0}, {"refreshing", 0}, {"needs_sign_in", 0}, {"locked", 0}, {"quarantined", 0}};
    for (const Credential* credential : rooms_.registry.all())
        ++states[std::string(stateWord(credential->state()))];
    for (const auto& [state, count] : states)
        out.gauge("keybearer_sessions", "Stored sign-ins, by state.", count, {{"state", state}});
    const auto store = rooms_.registry.vault().storeHealth().state;
    using State = CredentialStore::Health::State;
    const std::array<std::pair<const char*, State>, 4> words{{{"unknown", State::Unknown},
                                                              {"ready", State::Ready},
                                                              {"locked", State::Locked},
                                                              {"unavailable", State::Unavailable}}};
    for (const auto& [word, state] : words)
        out.gauge("keybearer_store_state", "1 for the state in which the store of secrets is.",
                  store == state ? 1 : 0, {{"state", word}});
    out.gauge("keybearer_unsaved_tokens", "New tokens that could not be made durable yet.",
              static_cast<double>(rooms_.refresher.unsaved() + rooms_.registry.vault().unsettled()));
}

void MetricsMethods::addDoor(Metrics& out) const {
    const RpcServer::Counters counters = rooms_.server.counters();
    out.gauge("keybearer_connections", "Connections that are open.", as(counters.connections));
    out.counter("keybearer_connections_accepted_total", "Connections that were let in.",
                as(counters.accepted));
    out.counter("keybearer_connections_refused_total",
                "Connections that were turned away: another user, too many.", as(counters.refused));
    out.counter("keybearer_requests_total", "Requests of all methods.", as(counters.requests));
    out.counter("keybearer_warm_answers_total", "Requests that were answered from memory without parsing.",
                as(counters.warm));
}

void MetricsMethods::addAudit(Metrics& out) const {
    const Alerts::Counts& kinds = rooms_.alerts.rowsByKind();
    out.gauge("keybearer_audit_rows", "Rows in the audit log.",
              static_cast<double>(rooms_.audit.status().rows));
    // A counter that is not reset with the process would be wrong to call one; so since the start.
    out.counter("keybearer_audit_rows_total",
                "Rows that were written since the start, warm answers included.",
                as(sumOf(kinds) + rooms_.server.counters().warm));
    for (const auto& [kind, count] : kinds)
        out.counter("keybearer_audit_events_total", "Rows by kind; those of warm answers are not among them.",
                    as(count), {{"kind", kind}});
    out.counter("keybearer_audit_left_out_total", "Events that a flood of their like left without a row.",
                as(rooms_.alerts.leftOut()));
    for (const auto& [name, count] : rooms_.alerts.raisedByName())
        out.counter("keybearer_alerts_total", "Alerts that were raised, by name.", as(count),
                    {{"name", name}});
}

// The names that every client library of Prometheus uses.
void MetricsMethods::addProcess(Metrics& out) const {
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0)
        out.counter("process_cpu_seconds_total", "Processor time of the broker.",
                    seconds(usage.ru_utime) + seconds(usage.ru_stime));
    std::ifstream memory("/proc/self/statm");
    double pages = 0;
    double resident = 0;
    if (memory >> pages >> resident)
        out.gauge("process_resident_memory_bytes", "Memory that the broker holds.",
                  resident * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    std::error_code error;
    double descriptors = 0;
    for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
         entry.increment(error))
        ++descriptors;
    if (descriptors > 0)
        out.gauge("process_open_fds", "Open descriptors.", descriptors - 1); // one of them read the others
    out.gauge(
        "process_start_time_seconds", "When the broker started, in Unix time.",
        static_cast<double>(
            std::chrono::duration_cast<std::chrono::seconds>(rooms_.startedAt.time_since_epoch()).count()));
    out.gauge("keybearer_build_info", "1; the label says which version this is.", 1,
              {{"version", KEYBEARER_VERSION}});
}

Json MetricsMethods::inShort() const {
    std::uint64_t released = 0;
    std::uint64_t refused = 0;
    for (const auto& [provider, results] : rooms_.tokens.counters().providers) {
        released += results.released;
        refused += sumOf(results.refused);
    }
    const Alerts::Counts& kinds = rooms_.alerts.rowsByKind();
    return Json{{"tokens_released", released},
                {"tokens_refused", refused},
                {"consents_granted", rooms_.gate.counters().granted},
                {"consents_denied", rooms_.gate.counters().denied},
                {"refreshes_failed", countOf(kinds, "session.refresh_failed")},
                {"alerts", sumOf(rooms_.alerts.raisedByName())}};
}

} // namespace keybearer
