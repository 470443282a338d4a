#include "broker/accounts/TokenBroker.h"

#include "broker/access/AgentDoor.h"
#include "broker/accounts/ApiKeyHeader.h"
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

AuditEvent auditEvent(const std::string& kind, const Caller& caller, const CredentialRecord& record,
                      const std::string& tool) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(caller.executable, 512);
    event.callerClass = identityLetter(caller.identity);
    event.client = caller.clientId;
    event.tool = tool;
    event.pid = caller.pid;
    event.provider = record.provider;
    event.account = record.account.label;
    event.sessionId = record.id;
    event.scopes = join(record.scopes, " ");
    if (caller.door == Door::Agent)
        event.detail = "through agent.sock";
    return event;
}

} // namespace

// One request on its way; lives as long as somebody will still carry it on.
struct TokenBroker::Run {
    std::uint64_t connection;
    Caller caller;
    TokenWish wish;
    Completion<TokenGrant> done;
    std::string id; // of the credential
    ReleaseGrant grant;
    BootTime begun{};
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
        TokenCounters::Results& results = counters_.providers[provider];
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
    if (const std::optional<Error> outside = outsidePriorGrant(caller, wish.selector.provider)) {
        CredentialRecord unseen;
        unseen.provider = displaySafe(*wish.selector.provider, 64);
        AuditEvent event = auditEvent("token.denied", caller, unseen, wish.tool);
        event.why = std::string(rpcErrorName(outside->code).name);
        static_cast<void>(rooms_.audit.append(event).has_value()); // nothing is released
        return done(failure(*outside));
    }
    if (wish.selector.provider == apiKeyProvider)
        if (std::optional<Error> missing = rooms_.registry.missingApiKey(wish.selector.account))
            return done(failure(std::move(*missing)));
    if (wish.selector.provider && rooms_.catalog.find(*wish.selector.provider) == nullptr) {
        const Result<const Credential*> orphan = rooms_.registry.select(wish.selector);
        if (!orphan) // a session whose provider left the configuration is still served while its token lives
            return done(failure(rooms_.catalog.unknownProvider(*wish.selector.provider)));
    }
    const Result<const Credential*> selected = rooms_.registry.select(wish.selector);
    if (!selected)
        return done(tl::unexpected(selected.error()));
    const CredentialRecord& record = (*selected)->record;
    const Provider* provider = rooms_.catalog.find(record.provider);
    auto run = std::make_shared<Run>(
        Run{connection, caller, std::move(wish), std::move(done), record.id, {}, begun});
    if (record.needsSignIn || record.quarantined)
        return refuse(run, Error(ErrorCode::SignInAgain, record.problem,
                                 "Sign in again with: keybearer login " + record.provider)
                               .with("reason", record.reason.empty() ? "lost" : record.reason));
    if (record.kind == CredentialKind::ApiKey)
        if (const std::optional<Error> refusal = apiKeyRefusal(record, rooms_.clock.wall()))
            return refuse(run, *refusal);
    const std::vector<std::string> lacking = missing(run->wish.scopes, record.scopes);
    if (!lacking.empty())
        return refuse(run,
                      Error(ErrorCode::InsufficientScope, "the sign-in does not cover " + join(lacking, " "),
                            "Sign in again with: keybearer login " + record.provider + " --scope " +
                                join(lacking, " --scope "))
                          .with("required", run->wish.scopes)
                          .with("granted", record.scopes));
    const ConsentSubject subject{record.provider,
                                 provider != nullptr                     ? provider->displayName
                                 : record.kind == CredentialKind::ApiKey ? "API key"
                                                                         : record.provider,
                                 record.account.label,
                                 record.id,
                                 record.scopes,
                                 record.issuer,
                                 record.resource.value_or("")};
    rooms_.gate.decide(connection, caller, subject, run->wish.reason,
                       [this, run](Result<ReleaseGrant> grant) { onConsent(run, std::move(grant)); });
}

void TokenBroker::onConsent(const std::shared_ptr<Run>& run, Result<ReleaseGrant> grant) {
    if (!grant)
        return refuse(run, grant.error());
    run->grant = std::move(*grant);
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
    TokenGrant grant;
    grant.record = credential.record;
    grant.accessToken = AccessToken(credential.accessToken.open());
    grant.tokenType = credential.tokenType;
    AuditEvent event = auditEvent("token.released", run->caller, credential.record, run->wish.tool);
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
    if (const Credential* credential = rooms_.registry.find(run->id)) {
        AuditEvent event = auditEvent("token.denied", run->caller, credential->record, run->wish.tool);
        event.why = std::string(rpcErrorName(error.code).name);
        event.latencyMicroseconds = microsecondsSince(run->begun, rooms_.clock);
        // Nothing is released, so nothing depends on this row.
        static_cast<void>(rooms_.audit.append(event).has_value());
    }
    run->done(failure(error));
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
    AuditEvent again = event;
    again.latencyMicroseconds = 0; // that was the first answer's
    terms.audit = rooms_.audit.prepare(again);
    terms.released = &counters_.providers[record.provider].released;
    terms.consent = run.grant.consent;
    terms.sessionId = record.id;
    terms.caller = event.caller;
    return terms;
}

bool TokenBroker::renew(WarmTerms& terms) {
    const BootTime now = rooms_.clock.boot();
    if (terms.epoch != epoch() || now >= terms.until)
        return false;
    rooms_.audit.stage(terms.audit);
    ++*terms.released;
    if (terms.consent)
        ++terms.consent->uses;
    if (now - terms.notedAt >= notedEvery) {
        terms.notedAt = now;
        rooms_.registry.noteUse(terms.sessionId, terms.caller);
        if (terms.consent)
            terms.consent->noteUse(rooms_.clock.wall(), now);
    }
    return true;
}

} // namespace keybearer
