#include "broker/audit/Alerts.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes window{10}; // in which refusals add up
constexpr std::size_t manyDenials = 5;     // more than a person who tries again
constexpr std::size_t manyKeys = 3;        // a key is not typed by hand
constexpr std::size_t manyLimits = 3;      // with one row in ten seconds: half a minute of hammering
constexpr std::chrono::hours quiet{1};     // then the same may be said again
constexpr std::size_t mostRecent = 100;
// What is counted about callers and sessions; more of them than that, and it begins anew.
constexpr std::size_t mostKnown = 1000;
constexpr std::size_t mostKinds = 200;

// Refusals that say: this program should not have asked. Not: sign in first, the provider is down.
bool isDenial(const AuditEvent& event) {
    if (event.kind == "token.denied")
        return event.why.starts_with("consent_") || event.why.starts_with("policy_");
    return event.kind == "consent.denied" || event.kind == "consent.refused" ||
           event.kind == "consent.quarantined" || event.kind == "policy.denied" ||
           event.kind == "capability.refused";
}

bool isRateLimit(const AuditEvent& event) {
    return event.kind == "rate.limited" || event.kind.ends_with(".rate_limited") ||
           event.why == "rate_limited";
}

std::string whoOf(const AuditEvent& event) {
    return event.client.empty() ? event.caller : "client " + event.client;
}

std::string shown(const std::string& who) {
    return who.empty() ? "a program" : who;
}

template <typename Map>
void keepSmall(Map& map) {
    if (map.size() > mostKnown)
        map.clear();
}

} // namespace

void Alerts::onRow(const AuditEvent& event) {
    if (byKind_.size() < mostKinds || byKind_.contains(event.kind))
        ++byKind_[event.kind];
    if (event.kind.starts_with("alert."))
        return;
    if (event.kind == "token.released")
        return onRelease(event);
    if (event.kind == "audit.set_aside")
        return raise({"error",
                      "audit_damaged",
                      "the database of the audit log was damaged: " + event.detail,
                      "Look at it with: keybearer audit verify; find out what damaged the disk.",
                      {},
                      {}});
    if (event.kind == "audit.truncated")
        return raise({"warning",
                      "audit_truncated",
                      "the audit log ended in the middle of a row: " + event.why,
                      "Nothing, if the power failed; else look at it with: keybearer audit verify",
                      {},
                      {}});
    if (!event.alreadyTold)
        onRefusal(event);
}

void Alerts::onLeftOut(const AuditEvent& event) {
    ++leftOut_;
    if (!isRateLimit(event)) // of those the rows are counted: a burst is no storm
        onRefusal(event);
}

void Alerts::onRefusal(const AuditEvent& event) {
    const std::string who = whoOf(event);
    if (isRateLimit(event)) {
        if (often("rate_limit_storm", who, manyLimits))
            raise({"warning",
                   "rate_limit_storm",
                   shown(who) + " keeps asking faster than it may",
                   "Find out why with: keybearer audit list --caller PROGRAM",
                   who,
                   {}});
    } else if (event.kind == "client.refused") {
        if (often("bad_client_keys", who, manyKeys))
            raise({"warning",
                   "bad_client_keys",
                   shown(who) + " keeps showing client keys that are not good",
                   "See which with: keybearer audit list --kind client.refused",
                   who,
                   {}});
    } else if (isDenial(event) && often("repeated_denials", who, manyDenials)) {
        raise({"warning",
               "repeated_denials",
               shown(who) + " was refused " + std::to_string(manyDenials) + " times within ten minutes",
               "See what it wanted with: keybearer audit list --caller PROGRAM",
               who,
               {}});
    }
}

void Alerts::onRelease(const AuditEvent& event) {
    if (event.callerClass.empty() || event.sessionId.empty())
        return;
    const bool known = usual_.contains(event.sessionId);
    const bool isNew = usual_[event.sessionId].insert(event.callerClass).second;
    keepSmall(usual_);
    if (known && isNew)
        raise({"warning",
               "new_caller_class",
               event.account + ": for the first time a token went to a program of class " +
                   event.callerClass + " (" + shown(whoOf(event)) + ")",
               "If that is not yours: keybearer consent list, and keybearer consent revoke ID",
               whoOf(event),
               {}});
}

void Alerts::remember(const AuditEvent& released) {
    if (released.kind == "token.released" && !released.callerClass.empty())
        usual_[released.sessionId].insert(released.callerClass);
}

void Alerts::onUnwritable(const Error& error) {
    raise({"error",
           "audit_unwritable",
           error.message,
           "Make room on the disk; no token leaves before the log can be written.",
           {},
           {}});
}

void Alerts::onVerdict(const AuditLog::Verdict& verdict) {
    if (!verdict.intact)
        raise({"error",
               "audit_tampered",
               "the audit log was changed: row " + std::to_string(verdict.firstBad) +
                   (verdict.findings.empty() ? std::string() : " (" + verdict.findings.front().what + ")"),
               "See what is wrong with: keybearer audit verify",
               {},
               {}});
}

bool Alerts::often(const std::string& name, const std::string& who, std::size_t least) {
    keepSmall(times_);
    std::deque<BootTime>& at = times_[name + ' ' + who].at;
    const BootTime now = clock_.boot();
    at.push_back(now);
    while (now - at.front() > window || at.size() > least)
        at.pop_front();
    return at.size() >= least;
}

void Alerts::raise(Alert alert, const std::string& about) {
    keepSmall(lastRaised_);
    const BootTime now = clock_.boot();
    const auto [last, isNew] = lastRaised_.try_emplace(alert.name + ' ' + alert.caller + about, now);
    if (!isNew && now - last->second < quiet)
        return;
    last->second = now;
    alert.at = clock_.wall();
    ++byName_[alert.name];
    recent_.push_back(alert);
    if (recent_.size() > mostRecent)
        recent_.pop_front();
    raised_(alert);
}

} // namespace keybearer
