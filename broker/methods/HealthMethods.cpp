#include "broker/methods/HealthMethods.h"

#include "broker/access/Permission.h"
#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

#include <unistd.h>

namespace keybearer {

namespace {

Json finding(const char* level, const char* name, const std::string& message, const std::string& action) {
    return Json{{"level", level}, {"name", name}, {"message", message}, {"action", action}};
}

std::string_view storeWord(CredentialStore::Health::State state) {
    switch (state) {
    case CredentialStore::Health::State::Unknown:
        return "unknown";
    case CredentialStore::Health::State::Ready:
        return "ready";
    case CredentialStore::Health::State::Locked:
        return "locked";
    case CredentialStore::Health::State::Unavailable:
        return "unavailable";
    }
    return "unknown";
}

std::string_view policyWord(AccessPolicy policy) {
    return policy == AccessPolicy::Ask ? "ask" : policy == AccessPolicy::Trusting ? "trusting" : "locked";
}

} // namespace

void HealthMethods::addTo(MethodTable& table) {
    table.add("health.get", [this](const CallContext& context, const Json& params, const Reply& reply) {
        if (paramsOrAnswer<NoParams>(params, reply))
            reply.result(callerMay(context.caller, Permission::HealthRead) ? health() : inShort());
    });
}

std::string HealthMethods::status() const {
    std::string worst = "ok";
    for (const Json& item : findings()) {
        if (item["level"] == "error")
            return "failing";
        worst = "degraded";
    }
    return worst;
}

Json HealthMethods::health() const {
    const CredentialStore::Health store = rooms_.registry.vault().storeHealth();
    Json storeState{{"backend", store.backend}, {"state", storeWord(store.state)}};
    if (!store.problem.empty())
        storeState["problem"] = store.problem;
    if (!store.action.empty())
        storeState["action"] = store.action;
    const AuditLog::Status log = rooms_.audit.status();
    Json audit{{"rows", log.rows}};
    const std::string problem = rooms_.auditProblem();
    if (!problem.empty() || !log.problem.empty())
        audit["problem"] = problem.empty() ? log.problem : problem;
    const auto uptime =
        std::chrono::duration_cast<std::chrono::seconds>(rooms_.clock.wall() - rooms_.startedAt);
    return Json{{"status", status()},
                {"version", KEYBEARER_VERSION},
                {"pid", static_cast<std::int64_t>(::getpid())},
                {"started_at", toRfc3339(rooms_.startedAt)},
                {"uptime_seconds", uptime.count()},
                {"access_mode", policyWord(rooms_.gate.policy())},
                {"config", rooms_.config.string()},
                {"socket", rooms_.socket.string()},
                {"store", std::move(storeState)},
                {"sharing", rooms_.sharing()},
                {"sessions", sessions()},
                {"unsaved", rooms_.refresher.unsaved() + rooms_.registry.vault().unsettled()},
                {"connections", rooms_.connections()},
                {"gateway", rooms_.gateway()},
                {"audit", std::move(audit)},
                {"counters", rooms_.counters()},
                {"alerts", rooms_.alerts()},
                {"findings", findings()}};
}

Json HealthMethods::inShort() const {
    return Json{{"status", status()},
                {"version", KEYBEARER_VERSION},
                {"pid", static_cast<std::int64_t>(::getpid())},
                {"access_mode", policyWord(rooms_.gate.policy())},
                {"sharing", rooms_.sharing()},
                {"store", {{"state", storeWord(rooms_.registry.vault().storeHealth().state)}}}};
}

Json HealthMethods::sessions() const {
    Json counts{{"total", 0}, {"active", 0}, {"needs_sign_in", 0}};
    for (const Credential* credential : rooms_.registry.all()) {
        counts["total"] = counts["total"].get<int>() + 1;
        const std::string word(stateWord(credential->state()));
        counts[word] = counts.value(word, 0) + 1;
    }
    return counts;
}

Json HealthMethods::findings() const {
    Json out = Json::array();
    const CredentialStore::Health store = rooms_.registry.vault().storeHealth();
    if (store.state == CredentialStore::Health::State::Locked)
        out.push_back(finding("warning", "store_locked", store.problem, store.action));
    if (store.state == CredentialStore::Health::State::Unavailable)
        out.push_back(finding("error", "store_unavailable", store.problem, store.action));
    if (store.state == CredentialStore::Health::State::Ready && !store.problem.empty())
        out.push_back(finding("warning", "store_volatile", store.problem, store.action));
    for (const Json& remark : rooms_.storeRemarks())
        out.push_back(finding("warning", remark["name"].get_ref<const std::string&>().c_str(),
                              remark["message"].get<std::string>(), remark["action"].get<std::string>()));
    for (const Json& said : rooms_.gatewayFindings())
        out.push_back(said);
    for (const Json& said : rooms_.ownFindings())
        out.push_back(said);
    if (rooms_.refresher.unsaved() > 0)
        out.push_back(finding("error", "unsaved_tokens", "new tokens could not be saved yet",
                              "Make room on the disk that holds the state directory."));
    if (const std::string problem = rooms_.auditProblem(); !problem.empty())
        out.push_back(finding("error", "audit_unavailable", problem,
                              "Make room on the disk; no token leaves before the log can be written."));
    else if (const std::string waiting = rooms_.audit.status().problem; !waiting.empty())
        out.push_back(finding("warning", "audit_waits", waiting,
                              "Make room on the disk and check audit.sqlite in the state directory; the rows "
                              "are safe meanwhile."));
    if (rooms_.gate.policy() == AccessPolicy::Trusting)
        out.push_back(finding("warning", "access_trusting",
                              "every program of this user gets every token unasked",
                              "Set access.mode to ask in config.yaml."));
    for (const Credential* credential : rooms_.registry.all()) {
        const CredentialRecord& record = credential->record;
        if (record.needsSignIn || record.quarantined)
            out.push_back(finding("warning", "sign_in_again",
                                  record.provider + " - " + record.account.label + ": " + record.problem,
                                  "Sign in again with: keybearer login " + record.provider));
    }
    return out;
}

} // namespace keybearer
