#include "broker/access/ConsentRecords.h"

#include "broker/base/Text.h"

#include <QTimer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostRemembered = 512; // programs a person ever allowed; each one took an answer

std::string memoryKey(const Evidence& evidence, const ConsentSubject& subject) {
    return programKey(evidence) + '\0' + subject.sessionId;
}

} // namespace

ConsentRecords::ConsentRecords(ConsentStore& store, const Clock& clock, WatchOwner watchOwner)
    : store_(store), clock_(clock), watchOwner_(std::move(watchOwner)) {}

ConsentRecords::~ConsentRecords() = default;

Result<void> ConsentRecords::load() {
    Result<ConsentStore::Loaded> stored = store_.loadConsents();
    if (!stored)
        return tl::unexpected(stored.error());
    for (Consent& consent : stored->consents) {
        const std::string id = consent.id;
        savedUses_[id] = consent.uses;
        remember(consent);
        consents_[id] = std::make_shared<Consent>(std::move(consent));
    }
    for (const std::string& id : stored->refused) {
        // It is of no effect whether it can be removed or not.
        static_cast<void>(store_.removeConsent(id).has_value());
        Q_EMIT refused(id);
    }
    return {};
}

bool ConsentRecords::inForce(const Consent& consent) const {
    return consent.endsAt(clock_.wall(), clock_.boot()) > clock_.wall();
}

std::shared_ptr<Consent> ConsentRecords::find(const Evidence& evidence, const ConsentOwner& owner,
                                              const ConsentSubject& subject, std::uint64_t conversation) {
    std::shared_ptr<Consent> replaced;
    for (const auto& [id, consent] : consents_) {
        if (!inForce(*consent) || !covers(consent->subject, subject))
            continue;
        if (consent->span == ConsentSpan::Session && !(consent->owner == owner))
            continue;
        if (consent->span == ConsentSpan::Once && consent->conversation != conversation)
            continue;
        if (sameEvidence(consent->evidence, evidence))
            return consent;
        if (consent->isLasting() && isSystemUpdate(consent->evidence, evidence))
            replaced = consent;
    }
    return replaced && takeOver(*replaced, evidence) ? replaced : nullptr;
}

bool ConsentRecords::takeOver(Consent& consent, const Evidence& now) {
    Consent next = consent;
    next.evidence = now;
    next.updatedAt = clock_.wall();
    if (!store_.putConsent(next))
        return false; // then a person is asked
    const std::string before = consent.evidence.executableHash;
    consent = std::move(next);
    savedUses_[consent.id] = consent.uses;
    remember(consent);
    Q_EMIT updated(consent, before);
    return true;
}

std::vector<EvidenceChange> ConsentRecords::changes(const Evidence& evidence,
                                                    const ConsentSubject& subject) const {
    const auto known = remembered_.find(memoryKey(evidence, subject));
    if (known == remembered_.end())
        return {};
    std::vector<EvidenceChange> out;
    // What only the system can replace it replaces all the time; that is no news for a person.
    if (!isSystemUpdate(known->second.evidence, evidence))
        out = differences(known->second.evidence, evidence);
    if (known->second.scopes != subject.scopes)
        out.push_back({"scopes", join(known->second.scopes, " "), join(subject.scopes, " ")});
    return out;
}

Result<bool> ConsentRecords::add(const std::shared_ptr<Consent>& consent) {
    if (consent->span <= ConsentSpan::Once && consent->conversation == 0) {
        remember(*consent);
        return false;
    }
    if (consent->span == ConsentSpan::Once) {
        // Whoever has the conversation tells of its end.
    } else if (consent->span == ConsentSpan::Session && !consent->evidence.client.empty()) {
        // No process to watch: it ends with the screen, the broker or the day.
    } else if (consent->span == ConsentSpan::Session) {
        auto watch = watchOwner_(consent->owner, [this, id = consent->id] { end(id, "the program ended"); });
        if (watch == nullptr)
            return false;
        watches_[consent->id] = std::move(watch);
    } else if (auto stored = store_.putConsent(*consent); !stored)
        return tl::unexpected(stored.error());
    remember(*consent);
    consents_[consent->id] = consent;
    Q_EMIT changed();
    return true;
}

void ConsentRecords::remember(const Consent& consent) {
    remembered_[memoryKey(consent.evidence, consent.subject)] = {consent.evidence, consent.subject.scopes,
                                                                 ++turn_};
    if (remembered_.size() <= mostRemembered)
        return;
    remembered_.erase(std::min_element(remembered_.begin(), remembered_.end(),
                                       [](auto& a, auto& b) { return a.second.turn < b.second.turn; }));
}

std::shared_ptr<Consent> ConsentRecords::take(const std::string& id) {
    const auto found = consents_.find(id);
    if (found == consents_.end())
        return nullptr;
    std::shared_ptr<Consent> consent = found->second;
    consents_.erase(found);
    savedUses_.erase(id);
    if (const auto watch = watches_.find(id); watch != watches_.end()) {
        // We may be inside its callback: let it end first.
        QTimer::singleShot(0, this, [over = std::shared_ptr<ProcessWatch>(std::move(watch->second))] {});
        watches_.erase(watch);
    }
    Q_EMIT changed();
    return consent;
}

void ConsentRecords::end(const std::string& id, const std::string& why) {
    const std::shared_ptr<Consent> consent = take(id);
    if (consent == nullptr)
        return;
    // A row that cannot be removed now is not in force all the same: it has expired, or speaks of a stored
    // sign-in that is gone.
    if (consent->isLasting())
        static_cast<void>(store_.removeConsent(id).has_value());
    Q_EMIT ended(*consent, why);
}

Result<void> ConsentRecords::revoke(const std::string& id) {
    const auto found = consents_.find(id);
    if (found == consents_.end())
        return failure(ErrorCode::NotFound, "there is no such consent",
                       "See them with: keybearer consent list");
    if (found->second->isLasting()) {
        if (auto removed = store_.removeConsent(id); !removed)
            return removed;
    }
    const std::shared_ptr<Consent> consent = take(id);
    Q_EMIT revoked(*consent);
    return {};
}

Result<void> ConsentRecords::settle(const std::string& id, const std::string& sessionId,
                                    const std::string& account) {
    const std::shared_ptr<Consent> consent = findById(id);
    if (consent == nullptr)
        return failure(ErrorCode::NotFound, "there is no such consent");
    Consent next = *consent;
    next.subject.sessionId = sessionId;
    next.subject.accountLabel = account;
    if (next.isLasting()) {
        if (auto stored = store_.putConsent(next); !stored)
            return stored;
    }
    *consent = std::move(next);
    return {};
}

void ConsentRecords::endSessions(const std::string& why) {
    for (const std::shared_ptr<Consent>& consent : all()) {
        // What was started for this very purpose goes on in front of a locked screen.
        if (consent->span <= ConsentSpan::Session && consent->evidence.identity != IdentityClass::Capability)
            end(consent->id, why);
    }
}

void ConsentRecords::conversationEnded(std::uint64_t conversation) {
    for (const std::shared_ptr<Consent>& consent : all()) {
        if (consent->span == ConsentSpan::Once && consent->conversation == conversation)
            end(consent->id, "the conversation ended");
    }
}

std::shared_ptr<Consent> ConsentRecords::findById(const std::string& id) const {
    const auto found = consents_.find(id);
    return found != consents_.end() && inForce(*found->second) ? found->second : nullptr;
}

void ConsentRecords::accountRemoved(const std::string& sessionId) {
    std::vector<std::string> gone;
    for (const auto& [id, consent] : consents_) {
        if (consent->subject.sessionId == sessionId)
            gone.push_back(id);
    }
    for (const std::string& id : gone)
        end(id, "the session was removed");
    std::erase_if(remembered_, [&](const auto& one) { return one.first.ends_with('\0' + sessionId); });
}

void ConsentRecords::endExpired() {
    std::vector<std::shared_ptr<Consent>> over;
    for (const auto& [id, consent] : consents_) {
        if (!inForce(*consent))
            over.push_back(consent);
    }
    for (const std::shared_ptr<Consent>& consent : over)
        end(consent->id, consent->span == ConsentSpan::ThirtyDays || consent->span == ConsentSpan::Once
                             ? "expired"
                             : "not used for too long");
}

std::vector<std::shared_ptr<Consent>> ConsentRecords::all() const {
    std::vector<std::shared_ptr<Consent>> out;
    for (const auto& [id, consent] : consents_) {
        if (inForce(*consent))
            out.push_back(consent);
    }
    return out;
}

void ConsentRecords::saveUses() {
    for (const auto& [id, consent] : consents_) {
        if (!consent->isLasting() || savedUses_[id] == consent->uses)
            continue;
        if (store_.putConsent(*consent))
            savedUses_[id] = consent->uses;
    }
}

} // namespace keybearer
