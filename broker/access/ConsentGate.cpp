#include "broker/access/ConsentGate.h"

#include "broker/access/PriorGrant.h"
#include "broker/base/Random.h"
#include "broker/platform/PeerCredentials.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::hours sessionCap{12}; // a permission "for this session" ends after this at the latest
constexpr std::chrono::hours lastingSpan{30 * 24};   // "30 days"
constexpr std::chrono::hours farAway{24 * 365 * 20}; // "until revoked": the 90 idle days come first

std::string newConsentId() {
    return "c_" + randomToken(9);
}

// "allow-once, deny"
std::string choiceWords(ConsentSpan longest) {
    std::string out;
    for (const ConsentDecision decision : choices(longest))
        out.append(out.empty() ? "" : ", ").append(consentWord(decision));
    return out;
}

std::unique_ptr<ProcessWatch> watchProcess(const ConsentOwner& owner, std::function<void()> ended) {
    auto watch = ProcessWatch::start(owner.pid, std::move(ended));
    // Looked at after the watch has begun: from here on the number cannot be another process's.
    if (watch != nullptr && describeProcess(owner.pid).startTime != owner.startTime)
        return nullptr;
    return watch;
}

WallTime hardEnd(ConsentSpan span, WallTime now) {
    return now + (span == ConsentSpan::UntilRevoked ? farAway
                  : span == ConsentSpan::ThirtyDays ? lastingSpan
                                                    : sessionCap);
}

} // namespace

// One request that is being decided; lives as long as somebody will still carry it on.
struct ConsentGate::Ask {
    std::uint64_t connection = 0;
    Caller caller;
    ConsentSubject subject;
    std::string reason;
    Completion<ReleaseGrant> done;
    BootTime giveUp{};
    bool mayAsk = true;
};

ConsentGate::ConsentGate(Setup setup, ConsentStore& store, const Clock& clock)
    : standing_(setup.policy, std::move(setup.allowed)), ownCommandLine_(std::move(setup.ownCommandLine)),
      somebodyListens_(std::move(setup.somebodyListens)), stillTheSame_(std::move(setup.stillTheSame)),
      withheld_(std::move(setup.withheld)), listenerReturn_(setup.listenerReturn), clock_(clock),
      records_(store, clock, setup.watchOwner ? std::move(setup.watchOwner) : watchProcess), prompts_(clock),
      attention_(clock) {
    connect(&records_, &ConsentRecords::changed, this, &ConsentGate::changed);
    connect(&prompts_, &ConsentPrompts::abandoned, this,
            [this](const PendingConsent& question) { attention_.abandoned(question.evidence); });
    returning_.setSingleShot(true);
    connect(&returning_, &QTimer::timeout, this, &ConsentGate::withdrawUnheard);
    count();
}

ConsentGate::~ConsentGate() = default;

void ConsentGate::configure(AccessPolicy policy, std::vector<AllowedCaller> allowed) {
    standing_ = StandingAccess(policy, std::move(allowed));
    if (policy == AccessPolicy::Locked)
        prompts_.withdrawAll(
            "the access mode is locked now",
            Error(ErrorCode::ConsentDenied, "the access mode is locked now: nobody is asked",
                  "Allow the program under callers: in config.yaml, or change access.mode."));
    Q_EMIT changed();
}

void ConsentGate::count() {
    connect(&prompts_, &ConsentPrompts::requested, this, [this] { ++counters_.questions; });
    connect(&prompts_, &ConsentPrompts::unanswered, this, [this] { ++counters_.unanswered; });
    connect(&prompts_, &ConsentPrompts::abandoned, this, [this] { ++counters_.abandoned; });
    connect(&records_, &ConsentRecords::revoked, this, [this] { ++counters_.revoked; });
    connect(&records_, &ConsentRecords::ended, this, [this] { ++counters_.ended; });
    connect(&records_, &ConsentRecords::updated, this, [this] { ++counters_.updated; });
    connect(&records_, &ConsentRecords::refused, this, [this] { ++counters_.refusedRows; });
}

void ConsentGate::decide(std::uint64_t connection, const Caller& caller, const ConsentSubject& subject,
                         const std::string& reason, const Completion<ReleaseGrant>& done, bool mayAsk) {
    if (std::optional<Error> why = withheld())
        return done(failure(std::move(*why)));
    if (caller.prior)
        return done(priorGrant(*caller.prior, subject));
    const auto ask = std::make_shared<Ask>(
        Ask{connection, caller, subject, reason, done, clock_.boot() + ConsentPrompts::questionLife, mayAsk});
    consider(ask);
}

// Also the way of a request that has stood in line: what is known may be more by then.
void ConsentGate::consider(const std::shared_ptr<Ask>& ask) {
    const Caller& caller = ask->caller;
    const bool connects = ask->subject.purpose == ConsentPurpose::Connect;
    if (std::optional<Error> why = withheld())
        return ask->done(failure(std::move(*why)));
    if (connects && standing_.trusts(caller))
        return connectUnasked(*ask);
    if (standing_.trusts(caller))
        return ask->done(ReleaseGrant{"trusting", std::nullopt, false, nullptr});
    if (std::optional<Error> refused = refusal(*ask))
        return ask->done(failure(std::move(*refused)));
    if (!connects && standing_.allows(caller, ask->subject.provider))
        return ask->done(ReleaseGrant{"callers", std::nullopt, false, nullptr});
    const Evidence evidence = evidenceOf(caller, ownCommandLine_);
    const ConsentOwner owner = ownerOf(caller, evidence);
    if (const std::shared_ptr<Consent> consent =
            connects ? nullptr : records_.find(evidence, owner, ask->subject, ask->connection))
        return ask->done(grantFrom(consent));
    if (std::optional<Error> reason = whyNotAsked(*ask, evidence))
        return ask->done(failure(std::move(*reason)));
    question(ask, evidence, owner);
}

// What no permission makes good.
std::optional<Error> ConsentGate::refusal(const Ask& ask) const {
    if (ask.caller.identity == IdentityClass::Remote)
        return Error(ErrorCode::ConsentDenied,
                     "the program runs outside of this system, where nothing can be said about it",
                     "Give it a key with: keybearer client add, or start it with: keybearer run");
    return becameAnother(ask.caller);
}

std::optional<Error> ConsentGate::withheld() const {
    return withheld_ ? withheld_() : std::nullopt;
}

std::optional<Error> ConsentGate::becameAnother(const Caller& caller) const {
    if (caller.prior || standing_.trusts(caller) || isStillTheSame(caller))
        return std::nullopt;
    return Error(ErrorCode::ConsentDenied, "the program is not the one that made this connection",
                 "Let the program that asks make a connection of its own.");
}

std::optional<Error> ConsentGate::whyNotAsked(const Ask& ask, const Evidence& evidence) {
    if (standing_.policy() == AccessPolicy::Locked)
        return Error(ErrorCode::ConsentDenied,
                     "access is locked: only programs that were approved before get a token",
                     "Allow the program under callers: in config.yaml, or set access.mode to ask.");
    if (ask.caller.door == Door::Agent || longestSpan(ask.caller, ownCommandLine_) == ConsentSpan::Never)
        return Error(ErrorCode::ConsentDenied, "nobody is asked for this caller: it has what it was given",
                     "Give it a key with: keybearer client add, or start it with: keybearer run");
    if (!ask.mayAsk)
        return Error(ErrorCode::ConsentRequired, "a person has to allow this, and is not asked for it now",
                     "Use the program; the question comes when something waits for the answer.");
    const Attention::Wait wait = attention_.waitOf(evidence);
    if (wait.quarantine)
        return Error(ErrorCode::ConsentDenied, "a person said no to this program too often",
                     "Wait until it may ask again, then answer it once.")
            .retry(*wait.quarantine);
    if (wait.pause) {
        ++counters_.rateLimited;
        return Error(ErrorCode::RateLimited, "this program asks and goes away before anybody can answer",
                     "Let it wait for the answer.")
            .retry(*wait.pause);
    }
    if (!somebodyListens_ || !somebodyListens_()) {
        ++counters_.unavailable;
        return Error(ErrorCode::ConsentUnavailable,
                     "a person has to allow this, and there is neither tray nor terminal to ask in");
    }
    return std::nullopt;
}

void ConsentGate::question(const std::shared_ptr<Ask>& ask, const Evidence& evidence,
                           const ConsentOwner& owner) {
    PendingConsent about;
    about.caller = ask->caller;
    about.evidence = evidence;
    about.owner = owner;
    about.subject = ask->subject;
    about.reason = ask->reason;
    about.longest = longestSpan(ask->caller, ownCommandLine_);
    about.changed = records_.changes(evidence, ask->subject);
    const Result<void> asked = prompts_.ask(
        std::move(about),
        {ask->connection, ask->giveUp,
         [this, ask](const Result<std::shared_ptr<Consent>>& outcome) { onAnswered(ask, outcome); }});
    if (asked)
        return;
    counters_.rateLimited += asked.error().code == ErrorCode::RateLimited;
    ask->done(tl::unexpected(asked.error()));
}

void ConsentGate::onAnswered(const std::shared_ptr<Ask>& ask,
                             const Result<std::shared_ptr<Consent>>& outcome) {
    if (!outcome)
        return ask->done(tl::unexpected(outcome.error()));
    if (*outcome == nullptr)
        return consider(ask);
    ask->done(grantFrom(forConversation(*ask, *outcome)));
}

// "Once" is one answer, or one conversation: a token that passes through it would be asked about every few
// minutes else. Each of those who waited for the answer has a conversation of its own.
std::shared_ptr<Consent> ConsentGate::forConversation(const Ask& ask,
                                                      const std::shared_ptr<Consent>& consent) {
    const ConsentPurpose purpose = consent->subject.purpose;
    const bool lasts = purpose == ConsentPurpose::Proxy || purpose == ConsentPurpose::SignIn ||
                       purpose == ConsentPurpose::Connect;
    if (consent->span != ConsentSpan::Once || !lasts || (ask.connection & conversationBit) == 0)
        return consent;
    auto own = std::make_shared<Consent>(*consent);
    own->conversation = ask.connection;
    if (records_.findById(own->id) != nullptr)
        own->id = newConsentId();
    return records_.add(own).value_or(false) ? own : consent;
}

// In the mode `trusting`: nobody is asked, and yet it is there to be seen and to be taken back.
void ConsentGate::connectUnasked(const Ask& ask) {
    auto consent = std::make_shared<Consent>();
    consent->id = newConsentId();
    consent->evidence = evidenceOf(ask.caller, ownCommandLine_);
    consent->subject = ask.subject;
    consent->span = ConsentSpan::UntilRevoked;
    consent->grantedAt = clock_.wall();
    consent->grantedBoot = clock_.boot();
    consent->expiresAt = hardEnd(consent->span, clock_.wall());
    consent->policyVersion = standing_.version();
    if (const Result<bool> kept = records_.add(consent); !kept)
        return ask.done(tl::unexpected(kept.error()));
    Q_EMIT granted(*consent);
    ask.done(grantFrom(consent));
}

void ConsentGate::passOn(const std::string& id, std::uint64_t conversation, const ConsentSubject& subject) {
    const std::shared_ptr<Consent> given = records_.findById(id);
    if (given == nullptr || given->subject.purpose != ConsentPurpose::SignIn ||
        given->subject.provider != subject.provider)
        return;
    auto consent = std::make_shared<Consent>(*given);
    consent->id = newConsentId();
    consent->subject = subject;
    consent->subject.purpose = ConsentPurpose::Proxy;
    if (consent->span == ConsentSpan::Once)
        consent->conversation = conversation;
    if (records_.add(consent).value_or(false))
        Q_EMIT granted(*consent);
}

ReleaseGrant ConsentGate::grantFrom(const std::shared_ptr<Consent>& consent) const {
    const WallTime end = consent->endsAt(clock_.wall(), clock_.boot());
    if (consent->span == ConsentSpan::Once && consent->conversation == 0)
        return {consent->id, end, true, nullptr};
    return {consent->id, end, false, consent};
}

// Whoever shows something has what belongs to it, and nothing else: nobody is asked.
Result<ReleaseGrant> ConsentGate::priorGrant(const PriorGrant& prior, const ConsentSubject& subject) const {
    if (prior.until && *prior.until <= clock_.wall())
        return failure(ErrorCode::ClientExpired, prior.why + " has expired",
                       prior.why.starts_with("run:") ? "Start the program anew with: keybearer run --profile"
                                                     : "");
    // Whose sign-in it becomes shows when it is there, and is looked at then.
    const bool begins = subject.purpose == ConsentPurpose::SignIn && subject.accountLabel.empty() &&
                        !outsidePriorGrant(prior, subject.provider);
    if (begins || includes(prior, subject.provider, subject.accountLabel))
        return ReleaseGrant{prior.why, prior.until, false, nullptr};
    return failure(ErrorCode::PolicyDenied, prior.why + " does not include " + subject.provider,
                   "Add it to what the client or the run profile may have.");
}

bool ConsentGate::isStillTheSame(const Caller& caller) const {
    // A command that is about to be started is not running yet; whoever starts it watches the process.
    return !stillTheSame_ || caller.identity == IdentityClass::Capability || stillTheSame_(caller);
}

Result<void> ConsentGate::answer(const std::string& id, ConsentDecision decision) {
    prompts_.endExpired(); // the machine may have slept past its end
    const PendingConsent* found = prompts_.find(id);
    if (found == nullptr)
        return failure(ErrorCode::NotFound, "there is no such question any more",
                       "See the open ones with: keybearer consent pending");
    const PendingConsent question = *found;
    if (decision == ConsentDecision::Deny) {
        deny(question);
        return {};
    }
    const ConsentSpan span = spanOf(decision, question.longest);
    if (span == ConsentSpan::Never)
        return failure(ErrorCode::InvalidParams,
                       "what is known of this program is too little to allow it for that long",
                       std::string("Answer with one of: ").append(choiceWords(question.longest)).append("."));
    if (!isStillTheSame(question.caller)) {
        const Error gone(ErrorCode::ConsentDenied, "the program is not the one that asked any more",
                         "Nothing was allowed; let the program ask again.");
        ++counters_.denied;
        Q_EMIT denied(question, "the program has changed");
        prompts_.close(id, failure(gone), "the program has changed");
        return failure(gone);
    }
    return allow(question, span);
}

void ConsentGate::deny(const PendingConsent& question) {
    ++counters_.denied;
    Q_EMIT denied(question, {});
    Error no(ErrorCode::ConsentDenied, "a person said no");
    const std::optional<std::chrono::seconds> length = attention_.denied(question.evidence);
    if (length) {
        ++counters_.quarantines;
        no.retryAfter = *length;
        Q_EMIT quarantined(question, *length);
    }
    prompts_.close(question.id, failure(std::move(no)), "answered");
}

Result<void> ConsentGate::allow(const PendingConsent& question, ConsentSpan span) {
    auto consent = std::make_shared<Consent>();
    consent->id = newConsentId();
    consent->evidence = question.evidence;
    consent->subject = question.subject;
    consent->span = span;
    consent->grantedAt = clock_.wall();
    consent->grantedBoot = clock_.boot();
    consent->expiresAt = hardEnd(span, clock_.wall());
    consent->owner = question.owner;
    consent->promptHash = question.promptHash;
    consent->policyVersion = standing_.version();
    const Result<bool> kept = records_.add(consent);
    if (!kept) {
        prompts_.close(question.id, failure(kept.error()), "it could not be kept");
        return tl::unexpected(kept.error());
    }
    if (!*kept)
        consent->span = ConsentSpan::Once;
    ++counters_.granted;
    Q_EMIT granted(*consent);
    prompts_.close(question.id, consent, "answered");
    return {};
}

void ConsentGate::storeLocked() {
    records_.endSessions("the store was locked");
    prompts_.withdrawAll("the store was locked", Error(ErrorCode::StoreLocked, "the store was locked",
                                                       "Unlock it with: keybearer store unlock"));
}

void ConsentGate::withheldChanged() {
    if (const std::optional<Error> why = withheld())
        prompts_.withdrawAll(why->message, *why);
    Q_EMIT changed();
}

void ConsentGate::connectionClosed(std::uint64_t connection) {
    prompts_.forget(connection);
    if ((connection & conversationBit) != 0)
        records_.conversationEnded(connection);
    listenersChanged();
}

void ConsentGate::listenersChanged() {
    if (!somebodyListens_)
        return;
    if (somebodyListens_() || prompts_.pending().empty())
        return returning_.stop();
    if (listenerReturn_ == std::chrono::milliseconds::zero())
        return withdrawUnheard();
    if (!returning_.isActive())
        returning_.start(listenerReturn_);
}

void ConsentGate::withdrawUnheard() {
    if (somebodyListens_())
        return;
    prompts_.withdrawAll("nobody is left to ask", Error(ErrorCode::ConsentUnavailable,
                                                        "the tray or terminal that could be asked has gone"));
}

void ConsentGate::onMinute() {
    records_.endExpired();
    records_.saveUses();
}

} // namespace keybearer
