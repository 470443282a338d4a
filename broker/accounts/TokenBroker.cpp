#include "broker/accounts/TokenBroker.h"

#include "broker/access/AgentDoor.h"
#include "broker/accounts/ApiKeyHeader.h"
#include "broker/accounts/ReleaseSubject.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes longestWarm{
    5}; // after that the long way is taken once, whatever the token's life
constexpr std::chrono::seconds notedEvery{1}; // "last used" has the resolution that a person can read

std::vector<std::string> missing(const std::vector<std::string>& wanted,
                                 const std::vector<std::string>& granted) {
    std::vector<std::string> out;
    for (const std::string& scope : wanted) {
        if (std::find(granted.begin(), granted.end(), scope) == granted.end())
            out.push_back(scope);
    }
    return out;
}

std::int64_t microsecondsSince(BootTime begun, const Clock& clock) {
    return std::chrono::duration_cast<std::chrono::microseconds>(clock.boot() - begun).count();
}

void addDetail(AuditEvent& event, const std::string& what) {
    event.detail.append(event.detail.empty() ? "" : "; ").append(what);
}

AuditEvent auditEvent(const std::string& kind, const Caller& caller, const TokenWish& wish) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(caller.executable, 512);
    event.callerClass = identityLetter(caller.identity);
    event.client = caller.clientId.empty() ? caller.localClient : caller.clientId;
    event.tool = displaySafe(wish.tool, 128);
    event.pid = caller.pid;
    if (!caller.script.empty())
        addDetail(event, "script: " + displaySafe(caller.script, 512)); // first: the command line reads it
    if (wish.rule != nullptr)
        addDetail(event, "rule: " + wish.rule->title());
    if (caller.door == Door::Agent)
        addDetail(event, "through agent.sock");
    if (caller.door == Door::Route)
        addDetail(event, "over HTTP");
    if (wish.forProof)
        addDetail(event, "a DPoP proof, not the token");
    if (wish.purpose != ConsentPurpose::HandOut)
        addDetail(event, std::string("purpose: ").append(purposeWord(wish.purpose)));
    return event;
}

void nameCredential(AuditEvent& event, const CredentialRecord& record) {
    event.provider = record.provider;
    event.account = record.account.label;
    event.sessionId = record.id;
    event.scopes = join(record.scopes, " ");
}

// Under which kind a refusal can be found again.
std::string refusalKind(ErrorCode code) {
    return code == ErrorCode::RateLimited         ? "rate.limited"
           : code == ErrorCode::PolicyDenied      ? "policy.denied"
           : code == ErrorCode::PolicyUnavailable ? "policy.unavailable"
                                                  : "token.denied";
}

std::optional<Error> scopeRefusal(const std::vector<std::string>& wanted, const CredentialRecord& record) {
    const std::vector<std::string> lacking = missing(wanted, record.scopes);
    if (lacking.empty())
        return std::nullopt;
    return Error(ErrorCode::InsufficientScope, "the sign-in does not cover " + join(lacking, " "),
                 "Sign in again with: keybearer login " + record.provider + " --scope " +
                     join(lacking, " --scope "))
        .with("required", wanted)
        .with("granted", record.scopes);
}

// What is wrong with a stored sign-in before anybody is asked about it.
std::optional<Error> stateRefusal(const TokenWish& wish, const CredentialRecord& record, WallTime now) {
    if (record.needsSignIn || record.quarantined)
        return Error(ErrorCode::SignInAgain, record.problem,
                     "Sign in again with: keybearer login " + record.provider)
            .with("reason", record.reason.empty() ? "lost" : record.reason);
    if (record.kind == CredentialKind::ApiKey)
        if (std::optional<Error> refusal = apiKeyRefusal(record, now))
            return refusal;
    return scopeRefusal(wish.scopes, record);
}

} // namespace

// One request on its way; lives as long as somebody will still carry it on.
struct TokenBroker::Run {
    std::uint64_t connection;
    Caller caller;
    TokenWish wish;
    Completion<TokenGrant> done;
    std::string id;         // of the credential
    ConsentSubject subject; // that `grant` is about
    ReleaseGrant grant;
    BootTime begun{};
    std::uint64_t gateEpoch = 0;                 // as of the grant
    std::shared_ptr<RateLimiter::Bucket> bucket; // null: no limit
    std::optional<BootTime> policyUntil;         // absent: no policy was asked
};

TokenBroker::TokenBroker(Rooms rooms) : rooms_(rooms) {
    connect(&rooms_.gate, &ConsentGate::changed, this, [this] { ++gateEpoch_; });
}

// Counts what comes of a request. Only names of providers that we know become labels: anybody can invent
// others.
Completion<TokenGrant> TokenBroker::counted(const TokenWish& wish, Completion<TokenGrant> done) {
    std::string provider = wish.selector.provider.value_or("");
    if (provider != apiKeyProvider && rooms_.catalog.find(provider) == nullptr) {
        const Result<const Credential*> selected = rooms_.registry.select(wish.selector);
        provider = selected ? (*selected)->record.provider : std::string();
    }
    return [this, provider = std::move(provider), begun = rooms_.clock.boot(),
            done = std::move(done)](Result<TokenGrant> grant) {
        counters_.latency.add(rooms_.clock.boot() - begun);
        // A rule may have chosen it.
        TokenCounters::Results& results = counters_.providers[grant ? grant->record.provider : provider];
        if (grant)
            ++results.released;
        else
            ++results.refused[std::string(rpcErrorName(grant.error().code).name)];
        done(std::move(grant));
    };
}

void TokenBroker::request(std::uint64_t connection, const Caller& caller, TokenWish wish,
                          Completion<TokenGrant> done) {
    const BootTime begun = rooms_.clock.boot();
    done = counted(wish, std::move(done));
    if (caller.door == Door::Agent)
        done = [done = std::move(done)](Result<TokenGrant> grant) {
            if (!grant)
                return done(failure(forAnotherMachine(grant.error())));
            done(std::move(grant));
        };
    auto run = std::make_shared<Run>();
    run->connection = connection;
    run->caller = caller;
    run->wish = std::move(wish);
    run->done = std::move(done);
    run->begun = begun;
    if (rooms_.limiter != nullptr)
        run->bucket = rooms_.limiter->bucketOf(caller);
    if (run->bucket && !rooms_.limiter->take(*run->bucket, begun))
        return refuse(run, rooms_.limiter->refusal(*run->bucket, begun));
    if (rooms_.rules != nullptr) {
        Result<TokenWish> ruled = applyRules(*rooms_.rules, rooms_.catalog, run->wish);
        if (!ruled)
            return refuse(run, ruled.error());
        run->wish = std::move(*ruled);
    }
    if (const std::optional<Error> outside = outsidePriorGrant(caller, run->wish.selector.provider))
        return refuse(run, *outside);
    const Result<const Credential*> selected = select(run->wish);
    if (selected || rooms_.shared == nullptr || selected.error().code != ErrorCode::AuthorizationRequired)
        return choose(run, selected);
    // Somebody may have signed in at another broker, and the first list of the shared store is on its way.
    rooms_.shared->whenKnown([this, run] { choose(run, select(run->wish)); });
}

void TokenBroker::choose(const std::shared_ptr<Run>& run, const Result<const Credential*>& selected) {
    if (!selected)
        return refuse(run, toldOutside(run->caller, run->wish.selector.provider, run->wish.selector.account,
                                       selected.error()));
    begin(run, **selected);
}

Result<const Credential*> TokenBroker::select(const TokenWish& wish) const {
    CredentialSelector selector = wish.selector;
    const Provider* entry = selector.provider ? rooms_.catalog.find(*selector.provider) : nullptr;
    // SEC-C-19: the name may have meant another server when somebody signed in.
    if (entry != nullptr && entry->resource && !selector.resource)
        selector.resource = entry->resource->identifier;
    if (selector.provider == apiKeyProvider)
        if (std::optional<Error> missing = rooms_.registry.missingApiKey(selector.account))
            return failure(std::move(*missing));
    Result<const Credential*> selected = rooms_.registry.select(selector);
    // A session whose provider left the configuration is still served while its token lives.
    if (!selected && selector.provider && *selector.provider != apiKeyProvider && entry == nullptr)
        return failure(rooms_.catalog.unknownProvider(*selector.provider));
    if (!selected && wish.rule != nullptr)
        return failure(withRemedyOf(*wish.rule, selected.error()));
    return selected;
}

void TokenBroker::begin(const std::shared_ptr<Run>& run, const Credential& credential) {
    const CredentialRecord& record = credential.record;
    run->id = record.id;
    // First: whoever may not have it learns nothing of it.
    if (run->caller.prior && !includes(*run->caller.prior, record.provider, record.account.label))
        return refuse(run, notIncluded(*run->caller.prior));
    if (const Result<void> held = holdsAgainst(run->wish, record); !held)
        return refuse(run, held.error());
    if (const std::optional<Error> refusal = stateRefusal(run->wish, record, rooms_.clock.wall()))
        return refuse(run, *refusal);
    decide(run, record);
}

void TokenBroker::decide(const std::shared_ptr<Run>& run, const CredentialRecord& record) {
    const Provider* provider = rooms_.catalog.find(record.provider);
    run->subject = subjectOf(record, provider, run->wish.purpose);
    rooms_.gate.decide(
        run->connection, run->caller, run->subject, run->wish.reason,
        [this, run](Result<ReleaseGrant> grant) { onConsent(run, std::move(grant)); }, run->wish.mayAsk);
}

void TokenBroker::onConsent(const std::shared_ptr<Run>& run, Result<ReleaseGrant> grant) {
    if (!grant)
        return refuse(run, grant.error());
    run->grant = std::move(*grant);
    run->gateEpoch = gateEpoch_;
    const Credential* credential = rooms_.registry.find(run->id);
    if (credential == nullptr)
        return refuse(run, Error(ErrorCode::NotFound, "the session was removed meanwhile"));
    if (rooms_.policy == nullptr)
        return load(run);
    rooms_.policy->decide(questionAbout(run->caller, run->wish, credential->record),
                          [this, run](const Result<PolicyVerdict>& verdict) { onPolicy(run, verdict); });
}

// It can refuse what the person allowed, and never allow anything (R10).
void TokenBroker::onPolicy(const std::shared_ptr<Run>& run, const Result<PolicyVerdict>& verdict) {
    if (!verdict)
        return refuse(run, verdict.error());
    if (!verdict->allowed)
        return refuse(run, Error(ErrorCode::PolicyDenied, "the policy server says no",
                                 "Ask whoever wrote the policy that policy.opa_url in config.yaml names."));
    run->policyUntil = verdict->until;
    load(run);
}

void TokenBroker::load(const std::shared_ptr<Run>& run) {
    rooms_.registry.ensureLoaded(run->id, [this, run](const Result<void>& loaded) { onLoaded(run, loaded); });
}

void TokenBroker::onLoaded(const std::shared_ptr<Run>& run, const Result<void>& loaded) {
    const Credential* credential = rooms_.registry.find(run->id);
    if (!loaded || credential == nullptr)
        return refuse(run, loaded ? Error(ErrorCode::NotFound, "the session was removed meanwhile")
                                  : loaded.error());
    rooms_.registry.checkClock();
    const CredentialRecord& record = credential->record;
    if (isFresh(rooms_.clock.wall(), record.accessIssuedAt, record.accessExpiresAt, run->wish.minValid))
        return release(run);
    // Nobody waits for a refresh of a token that is good enough and cannot be renewed anyway.
    if (!record.refreshable && isUsable(rooms_.clock.wall(), record.accessExpiresAt))
        return release(run);
    rooms_.refresher.refresh(run->id, TokenRefresher::Urgency::Demand,
                             [this, run](const Result<void>& refreshed) { onRefreshed(run, refreshed); });
}

void TokenBroker::onRefreshed(const std::shared_ptr<Run>& run, const Result<void>& refreshed) {
    const Credential* credential = rooms_.registry.find(run->id);
    if (credential == nullptr)
        return refuse(run, Error(ErrorCode::NotFound, "the session was removed meanwhile"));
    if (!credential->loaded)
        return refuse(run, Error(ErrorCode::StoreLocked, "the store was locked meanwhile",
                                 "Unlock it with: keybearer store unlock"));
    // A refresh that failed does no harm while the token at hand still lives.
    if (refreshed || isUsable(rooms_.clock.wall(), credential->record.accessExpiresAt))
        return release(run);
    refuse(run, refreshed.error());
}

void TokenBroker::release(const std::shared_ptr<Run>& run) {
    const Credential& credential = *rooms_.registry.find(run->id);
    // A person, a policy server or a provider was waited for. Is it still what was decided about, is there
    // still a permission, and does it go to whom it was given?
    if (!holdsFor(run->subject, credential.record))
        return begin(run, credential);
    const bool over = run->grant.until && *run->grant.until <= rooms_.clock.wall();
    if (!run->grant.once && (over || run->gateEpoch != gateEpoch_))
        return decide(run, credential.record);
    if (const std::optional<Error> why = rooms_.gate.withheld())
        return refuse(run, *why);
    if (const std::optional<Error> another = rooms_.gate.becameAnother(run->caller))
        return refuse(run, *another);
    TokenGrant grant;
    grant.record = credential.record;
    grant.accessToken = AccessToken(credential.accessToken.open());
    grant.tokenType = credential.tokenType;
    AuditEvent event = auditEvent("token.released", run->caller, run->wish);
    nameCredential(event, credential.record);
    if (run->policyUntil)
        addDetail(event, "policy: allowed");
    event.why = run->grant.why;
    event.token = rooms_.audit.fingerprint(grant.accessToken.reveal());
    event.latencyMicroseconds = microsecondsSince(run->begun, rooms_.clock);
    if (auto written = rooms_.audit.append(event); !written)
        return run->done(failure(ErrorCode::StoreUnavailable,
                                 "the audit log cannot be written, so no token leaves",
                                 "Make room on the disk and check the rights of the state directory."));
    rooms_.registry.noteUse(run->id, event.caller);
    if (run->grant.consent) {
        ++run->grant.consent->uses;
        run->grant.consent->noteUse(rooms_.clock.wall(), rooms_.clock.boot());
    }
    if (!run->grant.once)
        grant.warm = warmTerms(*run, credential, event);
    run->done(std::move(grant));
}

void TokenBroker::refuse(const std::shared_ptr<Run>& run, const Error& error) {
    const std::string kind = refusalKind(error.code);
    // A word that means nothing here, or nothing yet, is a mistake and no refusal.
    if (!run->id.empty() || kind != "token.denied")
        writeRefusal(*run, error);
    run->done(failure(error));
}

void TokenBroker::writeRefusal(const Run& run, const Error& error) {
    AuditEvent event = auditEvent(refusalKind(error.code), run.caller, run.wish);
    if (const Credential* credential = rooms_.registry.find(run.id))
        nameCredential(event, credential->record);
    else
        event.provider = displaySafe(run.wish.selector.provider.value_or(""), 64);
    event.why = std::string(rpcErrorName(error.code).name);
    if (event.kind.starts_with("policy."))
        addDetail(event, error.message);
    event.latencyMicroseconds = microsecondsSince(run.begun, rooms_.clock);
    // Nothing is released, so nothing depends on this row.
    if (rooms_.brake != nullptr)
        rooms_.brake->append(std::move(event));
    else
        static_cast<void>(rooms_.audit.append(event).has_value());
}

std::optional<WarmTerms> TokenBroker::warmTerms(const Run& run, const Credential& credential,
                                                const AuditEvent& event) {
    const CredentialRecord& record = credential.record;
    const WallTime now = rooms_.clock.wall();
    WallTime until = now + longestWarm;
    if (const auto fresh = freshUntil(record.accessIssuedAt, record.accessExpiresAt, run.wish.minValid))
        until = std::min(until, *fresh);
    if (run.grant.until)
        until = std::min(until, *run.grant.until);
    if (until <= now)
        return std::nullopt;
    WarmTerms terms;
    terms.epoch = epoch();
    terms.notedAt = rooms_.clock.boot();
    terms.until = terms.notedAt + (until - now);
    if (run.policyUntil)
        terms.until = std::min(terms.until, *run.policyUntil);
    if (terms.until <= terms.notedAt)
        return std::nullopt;
    terms.bucket = run.bucket;
    AuditEvent again = event;
    again.latencyMicroseconds = 0; // that was the first answer's
    terms.audit = rooms_.audit.prepare(again);
    terms.released = &counters_.providers[record.provider].released;
    terms.consent = run.grant.consent;
    terms.process = run.caller.prior ? nullptr : run.caller.process;
    terms.sessionId = record.id;
    terms.caller = event.caller;
    return terms;
}

bool TokenBroker::renew(WarmTerms& terms) {
    const BootTime now = rooms_.clock.boot();
    if (terms.epoch != epoch() || now >= terms.until)
        return false;
    // System calls: once a second, as often as anything that was taken back must be noticed.
    const bool looks = now - terms.notedAt >= notedEvery;
    if (looks && terms.process != nullptr && !terms.process->stillTheSame())
        return false;
    if (terms.bucket && !rooms_.limiter->take(*terms.bucket, now))
        return false; // the long way says so
    rooms_.audit.stage(terms.audit);
    ++*terms.released;
    if (terms.consent)
        ++terms.consent->uses;
    if (looks) {
        terms.notedAt = now;
        rooms_.registry.noteUse(terms.sessionId, terms.caller);
        if (terms.consent)
            terms.consent->noteUse(rooms_.clock.wall(), now);
    }
    return true;
}

} // namespace keybearer
