#include "broker/access/ConsentGate.h"

#include "broker/base/Random.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::hours sessionCap{12}; // a permission "for this session" ends after this at the latest
constexpr std::chrono::hours lastingSpan{30 * 24}; // "30 days"

bool covers(const std::vector<std::string>& granted, const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& scope) {
        return std::find(granted.begin(), granted.end(), scope) != granted.end();
    });
}

// The process that a permission for the session ends with: the shell behind our own command line, else the
// caller.
std::pair<std::int64_t, std::uint64_t> owner(const Caller& caller, const CallerKey& key) {
    return key.startedBy.empty() ? std::pair(caller.pid, caller.startTime)
                                 : std::pair(caller.parentPid, caller.parentStartTime);
}

ConsentSpan spanOf(ConsentDecision decision) {
    return decision == ConsentDecision::Allow          ? ConsentSpan::ThirtyDays
           : decision == ConsentDecision::AllowSession ? ConsentSpan::Session
                                                       : ConsentSpan::Once;
}

} // namespace

ConsentGate::ConsentGate(Setup setup, ConsentStore& store, const Clock& clock)
    : setup_(std::move(setup)), store_(store), clock_(clock), prompts_(clock) {}

ConsentGate::~ConsentGate() = default;

Result<void> ConsentGate::load() {
    Result<std::vector<Consent>> stored = store_.loadConsents();
    if (!stored)
        return tl::unexpected(stored.error());
    for (Consent& consent : *stored) {
        const std::string id = consent.id;
        savedUses_[id] = consent.uses;
        consents_[id] = std::make_shared<Consent>(std::move(consent));
    }
    return {};
}

void ConsentGate::decide(std::uint64_t connection, const Caller& caller, const ConsentSubject& subject,
                         const std::string& reason, const Completion<ReleaseGrant>& done) {
    if (caller.prior)
        return done(priorGrant(*caller.prior, subject));
    if (setup_.policy == AccessPolicy::Trusting)
        return done(ReleaseGrant{"trusting", std::nullopt, false, nullptr});
    if (allowedInAdvance(caller, subject.provider))
        return done(ReleaseGrant{"callers", std::nullopt, false, nullptr});
    if (std::shared_ptr<Consent> consent = find(caller, subject))
        return done(ReleaseGrant{consent->id, consent->expiresAt, false, consent});
    if (setup_.policy == AccessPolicy::Locked)
        return done(failure(ErrorCode::ConsentDenied,
                            "access is locked: only programs that were approved before get a token",
                            "Allow the program under callers: in config.yaml, or set access.mode to ask."));
    if (!setup_.somebodyListens || !setup_.somebodyListens())
        return done(failure(ErrorCode::ConsentUnavailable,
                            "a person has to allow this, and there is neither tray nor terminal to ask in"));
    const auto answered = [this, caller, subject, done](Result<ConsentDecision> decision) {
        if (!decision)
            return done(tl::unexpected(decision.error()));
        done(grant(caller, subject, *decision));
    };
    const CallerKey key = callerKey(caller, setup_.ownCommandLine);
    if (auto asked = prompts_.ask(connection, caller, key, subject, reason, answered); !asked)
        done(tl::unexpected(asked.error()));
}

// Whoever shows something has what belongs to it, and nothing else: nobody is asked.
Result<ReleaseGrant> ConsentGate::priorGrant(const PriorGrant& prior, const ConsentSubject& subject) const {
    if (prior.until && *prior.until <= clock_.wall())
        return failure(ErrorCode::ClientExpired, prior.why + " has expired");
    for (const std::string& allowed : prior.allowed) {
        if (allowed == subject.provider || allowed == subject.provider + ":" + subject.accountLabel)
            return ReleaseGrant{prior.why, prior.until, false, nullptr};
    }
    return failure(ErrorCode::PolicyDenied, prior.why + " does not include " + subject.provider,
                   "Add it to what the client or the run profile may have.");
}

Result<ReleaseGrant> ConsentGate::grant(const Caller& caller, const ConsentSubject& subject,
                                        ConsentDecision decision) {
    if (decision == ConsentDecision::Deny) {
        Q_EMIT denied(caller, subject);
        return failure(ErrorCode::ConsentDenied, "a person said no");
    }
    // Several requests may have waited for the one answer: they share the consent that the first one made.
    if (std::shared_ptr<Consent> known = find(caller, subject))
        return ReleaseGrant{known->id, known->expiresAt, false, known};
    auto consent = std::make_shared<Consent>();
    consent->id = "c_" + randomToken(9);
    consent->caller = callerKey(caller, setup_.ownCommandLine);
    consent->subject = subject;
    consent->span = std::min(spanOf(decision), longestSpan(caller));
    consent->grantedAt = clock_.wall();
    consent->expiresAt =
        clock_.wall() + (consent->span == ConsentSpan::ThirtyDays ? lastingSpan : sessionCap);
    std::tie(consent->ownerPid, consent->ownerStartTime) = owner(caller, consent->caller);
    if (consent->span == ConsentSpan::Once) {
        Q_EMIT granted(*consent);
        return ReleaseGrant{consent->id, consent->expiresAt, true, nullptr};
    }
    if (consent->span == ConsentSpan::ThirtyDays) {
        if (auto stored = store_.putConsent(*consent); !stored)
            return tl::unexpected(stored.error());
    }
    consents_[consent->id] = consent;
    if (consent->span == ConsentSpan::Session)
        watchOwner(consent);
    Q_EMIT changed();
    Q_EMIT granted(*consent);
    return ReleaseGrant{consent->id, consent->expiresAt, false, consent};
}

void ConsentGate::watchOwner(const std::shared_ptr<Consent>& consent) {
    const std::string id = consent->id;
    auto watch = ProcessWatch::start(consent->ownerPid, [this, id] { drop(id); });
    // The owner is already gone: the permission was good for the answer under way and for nothing after it.
    if (watch == nullptr)
        consents_.erase(id);
    else
        watches_[id] = std::move(watch);
}

std::shared_ptr<Consent> ConsentGate::find(const Caller& caller, const ConsentSubject& subject) {
    const CallerKey key = callerKey(caller, setup_.ownCommandLine);
    if (key.executable.empty())
        return nullptr;
    for (const auto& [id, consent] : consents_) {
        if (!(consent->caller == key) || consent->subject.sessionId != subject.sessionId ||
            consent->expiresAt <= clock_.wall() || !covers(consent->subject.scopes, subject.scopes))
            continue;
        if (consent->span == ConsentSpan::Session &&
            owner(caller, key) != std::pair(consent->ownerPid, consent->ownerStartTime))
            continue;
        return consent;
    }
    return nullptr;
}

bool ConsentGate::allowedInAdvance(const Caller& caller, const std::string& provider) const {
    return !caller.executable.empty() &&
           std::any_of(setup_.allowed.begin(), setup_.allowed.end(), [&](const AllowedCaller& rule) {
               return rule.executable == caller.executable &&
                      std::find(rule.providers.begin(), rule.providers.end(), provider) !=
                          rule.providers.end();
           });
}

Result<void> ConsentGate::answer(const std::string& id, ConsentDecision decision) {
    return prompts_.answer(id, decision);
}

Result<void> ConsentGate::revoke(const std::string& id) {
    const auto found = consents_.find(id);
    if (found == consents_.end())
        return failure(ErrorCode::NotFound, "there is no such consent",
                       "See them with: keybearer consent list");
    if (found->second->span == ConsentSpan::ThirtyDays) {
        if (auto removed = store_.removeConsent(id); !removed)
            return removed;
    }
    drop(id);
    return {};
}

void ConsentGate::drop(const std::string& id) {
    const auto found = consents_.find(id);
    if (found == consents_.end())
        return;
    const std::shared_ptr<Consent> consent = found->second;
    consents_.erase(found);
    savedUses_.erase(id);
    if (const auto watch = watches_.find(id); watch != watches_.end()) {
        // We may be inside its callback: let it end first.
        QTimer::singleShot(0, this, [ended = std::shared_ptr<ProcessWatch>(std::move(watch->second))] {});
        watches_.erase(watch);
    }
    Q_EMIT changed();
    Q_EMIT revoked(*consent);
}

void ConsentGate::sessionRemoved(const std::string& sessionId) {
    std::vector<std::string> gone;
    for (const auto& [id, consent] : consents_) {
        if (consent->subject.sessionId == sessionId)
            gone.push_back(id);
    }
    for (const std::string& id : gone) {
        // A row that cannot be removed now speaks of a session that no longer exists: it can never match
        // again.
        static_cast<void>(store_.removeConsent(id).has_value());
        drop(id);
    }
}

void ConsentGate::connectionClosed(std::uint64_t connection) {
    prompts_.forget(connection);
    listenersChanged();
}

void ConsentGate::listenersChanged() {
    if (!setup_.somebodyListens || setup_.somebodyListens())
        return;
    prompts_.withdrawAll("nobody is left to ask", Error(ErrorCode::ConsentUnavailable,
                                                        "the tray or terminal that could be asked has gone"));
}

std::vector<std::shared_ptr<Consent>> ConsentGate::consents() const {
    std::vector<std::shared_ptr<Consent>> out;
    for (const auto& [id, consent] : consents_)
        out.push_back(consent);
    return out;
}

void ConsentGate::saveUses() {
    for (const auto& [id, consent] : consents_) {
        if (consent->span != ConsentSpan::ThirtyDays || savedUses_[id] == consent->uses)
            continue;
        if (store_.putConsent(*consent))
            savedUses_[id] = consent->uses;
    }
}

} // namespace keybearer
