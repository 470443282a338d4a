#include "broker/daemon/Broker.h"

#include "broker/accounts/RefreshSchedule.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/log/Log.h"
#include "broker/methods/CallerEvent.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/RpcError.h"

// The part of Broker that tells: what happens inside becomes events for subscribers and rows of the audit
// log.
namespace keybearer {

namespace {

constexpr std::chrono::seconds usesSavedEvery{60};
constexpr std::chrono::hours warnedAgainAfter{24};

AuditEvent consentEvent(const char* kind, const Evidence& evidence, const ConsentSubject& subject) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(evidence.executable, 512);
    if (!evidence.client.empty())
        event.caller = displaySafe("client " + evidence.clientName + " (" + evidence.client + ")", 512);
    event.callerClass = identityLetter(evidence.identity);
    event.provider = subject.provider;
    event.account = subject.accountLabel;
    event.sessionId = subject.sessionId;
    event.scopes = join(subject.scopes, " ");
    return event;
}

const char* changeWord(AccountRegistry::Change change) {
    return change == AccountRegistry::Change::Added     ? "added"
           : change == AccountRegistry::Change::Removed ? "removed"
                                                        : "updated";
}

} // namespace

void Broker::connectEvents() {
    connect(&registry_, &AccountRegistry::changed, this, &Broker::publishSession);
    connect(&registry_, &AccountRegistry::changed, this,
            [this](const std::string& id, AccountRegistry::Change change) {
                const Credential* credential = registry_.find(id);
                if (change == AccountRegistry::Change::Removed || credential == nullptr ||
                    credential->record.needsSignIn || credential->record.quarantined)
                    sessionEnded(id);
            });
    connect(&registry_, &AccountRegistry::changed, this,
            [this](const std::string&, AccountRegistry::Change change) {
                if (change != AccountRegistry::Change::Added)
                    return;
                QTimer::singleShot(0, this, [this] { machine_.begin(); }); // perhaps the first one ever
                QTimer::singleShot(0, &auditKeeper_, &AuditKeeper::storeOpened);
            });
    recordRegistrations();
    connect(&desk_, &SignInDesk::progressed, this, &Broker::publishSignIn);
    connect(&desk_, &SignInDesk::progressed, this, [this](const SignIn& signIn) {
        if (signIn.ended())
            authServer_.signInProgressed(signIn.id());
    });
    connect(&vault_, &CredentialVault::settledChanged, this, [this] { health_.due(); });
    connect(ground_.store.get(), &StoreKeeper::opened, this, &Broker::openStore);
    connect(ground_.store.get(), &StoreKeeper::healthChanged, this, &Broker::onStoreHealth);
    connect(&refresher_, &TokenRefresher::failed, this, [this](const std::string& id, const Error& error) {
        const Credential* credential = registry_.find(id);
        AuditEvent event;
        event.kind = "session.refresh_failed";
        event.sessionId = id;
        if (credential != nullptr) {
            event.provider = credential->record.provider;
            event.account = credential->record.account.label;
        }
        event.why = std::string(rpcErrorName(error.code).name);
        record(event);
        const bool goesOn = error.code == ErrorCode::SignInAgain && credential != nullptr &&
                            !credential->record.needsSignIn; // its access token still works
        if (!isTransient(error.code) && credential != nullptr && !goesOn)
            alert("refresh_failed", id,
                  credential->record.provider + " - " + credential->record.account.label + ": " +
                      error.message,
                  error.action.empty() ? "Sign in again with: keybearer login " + credential->record.provider
                                       : error.action);
        health_.due();
    });
    connect(&server_, &RpcServer::connectionClosed, this,
            [this](quint64 connection) { gate_.connectionClosed(connection); });
    connect(&gate_.prompts(), &ConsentPrompts::requested, this, [this](const PendingConsent& question) {
        server_.publish("consent.requested", toWire(question));
    });
    connect(&gate_.prompts(), &ConsentPrompts::withdrawn, this,
            [this](const std::string& id, const std::string& why) {
                server_.publish("consent.withdrawn", Json{{"consent_id", id}, {"why", why}});
            });
    recordConsents();
    watchCapabilities();
    watchPause();
    recordClients();
    watchRoutes();
    watchConfig();
    connect(&minute_, &QTimer::timeout, this, &Broker::onMinute);
    minute_.setTimerType(Qt::VeryCoarseTimer);
    minute_.start(usesSavedEvery);
    storeRetry_.setSingleShot(true);
    connect(&storeRetry_, &QTimer::timeout, this, &Broker::openStore);
}

// Every row that speaks of a consent names it, so that what was asked, granted, used and ended can be found
// again.
void Broker::recordConsents() {
    const auto recordOf = [this](const char* kind, const Consent& consent, const std::string& detail) {
        AuditEvent event = consentEvent(kind, consent.evidence, consent.subject);
        event.why = consent.id;
        event.detail = detail;
        record(event);
    };
    connect(&gate_, &ConsentGate::granted, this, [recordOf](const Consent& consent) {
        recordOf("consent.granted", consent,
                 std::string(spanWord(consent.span)) + "; question " + consent.promptHash);
    });
    connect(&gate_.records(), &ConsentRecords::revoked, this,
            [recordOf](const Consent& consent) { recordOf("consent.revoked", consent, ""); });
    connect(&gate_.records(), &ConsentRecords::ended, this,
            [recordOf](const Consent& consent, const std::string& why) {
                recordOf("consent.ended", consent, why);
            });
    connect(&gate_.records(), &ConsentRecords::updated, this,
            [recordOf](const Consent& consent, const std::string& before) {
                recordOf("consent.updated", consent,
                         "executable " + before + " is now " + consent.evidence.executableHash);
            });
    connect(&gate_.records(), &ConsentRecords::refused, this, [this](const std::string& id) {
        AuditEvent event;
        event.kind = "consent.refused";
        event.why = displaySafe(id);
        event.detail = "the row in the state database was changed by somebody else";
        record(event);
    });
    const auto questionOf = [this](const char* kind, const PendingConsent& question, std::string detail) {
        AuditEvent event = consentEvent(kind, question.evidence, question.subject);
        event.pid = question.caller.pid;
        event.detail = std::move(detail);
        record(event);
    };
    connect(&gate_, &ConsentGate::denied, this,
            [questionOf](const PendingConsent& question, const std::string& why) {
                questionOf("consent.denied", question, why);
            });
    connect(&gate_, &ConsentGate::quarantined, this,
            [questionOf](const PendingConsent& question, std::chrono::seconds length) {
                questionOf("consent.quarantined", question,
                           "not asked for " + std::to_string(length.count()) + " seconds");
            });
}

void Broker::watchPause() {
    connect(&pause_, &SharingPause::changed, this, [this] {
        gate_.withheldChanged();
        if (pause_.isPaused())
            gatekeeper_.routes().endAll("sharing is paused");
        lastStatus_.clear(); // sharing may differ where the status does not
        publishHealth();
    });
    connect(&pause_, &SharingPause::ended, this, [this] {
        AuditEvent event;
        event.kind = "sharing.resumed";
        event.detail = "its time had come";
        record(event);
    });
}

// Our own clients at authorization servers, beside the programs that are clients of ours.
void Broker::recordRegistrations() {
    const auto row = [this](const char* kind, const std::string& provider, const std::string& issuer,
                            const std::string& clientId) {
        AuditEvent event;
        event.kind = kind;
        event.provider = provider;
        event.detail = "at " + displaySafe(issuer, 256) + ": " + displaySafe(clientId, 128);
        record(event);
    };
    connect(&resources_, &ResourceDirectory::clientAdded, this,
            [row](const std::string& server, const std::string& issuer, const std::string& clientId) {
                row("registration.added", server, issuer, clientId);
            });
    connect(&resources_, &ResourceDirectory::clientRemoved, this,
            [row](const std::string& issuer, const std::string& clientId) {
                row("registration.removed", {}, issuer, clientId);
            });
}

void Broker::recordClients() {
    connect(&clients_, &ClientKeys::withdrawn, this, [this] { gate_.priorGrantsChanged(); });
    connect(&clients_, &ClientKeys::refused, this,
            [this](const Caller& caller, const std::string& why, const std::string& client) {
                AuditEvent event = callerEvent("client.refused", caller);
                event.why = why;
                if (!client.empty())
                    event.detail = "client " + client;
                brake_.append(std::move(event));
            });
}

// Whoever has a token of it asks again, and what local clients were granted with it is over.
void Broker::sessionEnded(const std::string& id) {
    gatekeeper_.sessionEnded(id);
    authServer_.sessionEnded(id);
}

void Broker::publishSession(const std::string& id, AccountRegistry::Change change) {
    Json event{{"session_id", id}, {"change", changeWord(change)}};
    if (const Credential* credential = registry_.find(id)) {
        if (credential->record.kind == CredentialKind::ApiKey)
            return; // nobody signed in to it
        event["session"] = sessionToWire(*credential);
    }
    server_.publish("session.changed", std::move(event));
}

void Broker::publishSignIn(const SignIn& signIn) {
    server_.publish("signin.progress", signInToWire(signIn, registry_));
    if (signIn.state() != SignInState::SignedIn)
        return;
    AuditEvent event;
    event.kind = "session.signed_in";
    event.provider = signIn.wish().provider;
    event.sessionId = signIn.sessionId();
    if (const Credential* credential = registry_.find(signIn.sessionId())) {
        event.account = credential->record.account.label;
        event.scopes = join(credential->record.scopes, " ");
    }
    record(event);
    health_.due();
}

void Broker::alert(const char* name, const std::string& about, const std::string& message,
                   const std::string& action) {
    auditKeeper_.alerts().raise({"warning", name, message, action, {}, {}}, about);
}

void Broker::record(const AuditEvent& event) {
    const Result<void> written = ground_.audit->append(event);
    auditProblem_ = written ? std::string() : written.error().message;
    if (!written)
        qCWarning(logDaemon).noquote()
            << "the audit log could not be written:" << QString::fromStdString(written.error().message);
}

void Broker::onMinute() {
    registry_.saveUses();
    gate_.onMinute();
    clients_.saveUses();
    authServer_.onMinute();
    brake_.tell();
    auditKeeper_.onMinute();
    registry_.checkClock();
    config_.look();
    warnOfEndingSignIns();
    handOver_.look();
    health_.due();
}

// Days ahead, where the provider tells when the refresh token ends; once a day for each.
void Broker::warnOfEndingSignIns() {
    const WallTime now = clock_.wall();
    for (const Credential* credential : registry_.all()) {
        const CredentialRecord& record = credential->record;
        const bool key = record.kind == CredentialKind::ApiKey;
        const std::optional<WallTime> end = key ? record.accessExpiresAt : record.refreshExpiresAt;
        if (!end || record.needsSignIn || now < announceAt(record.refreshedAt, *end) || now > *end)
            continue;
        const auto warned = warned_.find(record.id);
        if (warned != warned_.end() && now - warned->second < warnedAgainAfter)
            continue;
        warned_[record.id] = now;
        alert("sign_in_ends", record.id,
              record.provider + " - " + record.account.label + " ends on " + toRfc3339(*end),
              key ? "Replace it with: keybearer apikey rotate " + record.account.label
                  : "Sign in again before that with: keybearer login " + record.provider);
    }
}

// A store that is locked or broken is told at once: somebody may be there to type a passphrase.
void Broker::onStoreHealth() {
    const CredentialStore::Health health = vault_.storeHealth();
    const bool worse = health.state == CredentialStore::Health::State::Locked ||
                       health.state == CredentialStore::Health::State::Unavailable;
    if (worse && health.state != lastStoreState_)
        alert(health.state == CredentialStore::Health::State::Locked ? "store_locked" : "store_unavailable",
              toRfc3339(clock_.wall()), // each time anew: somebody may be there to type a passphrase

              health.problem, health.action);
    lastStoreState_ = health.state;
    if (health.state == CredentialStore::Health::State::Locked)
        gate_.storeLocked();
    lastStatus_.clear(); // the state may differ where the status does not
    publishHealth();
}

void Broker::publishHealth() {
    std::string status = healthMethods_.status();
    if (status == lastStatus_)
        return;
    lastStatus_ = std::move(status);
    server_.publish("health.changed", Json{{"status", lastStatus_}});
}

} // namespace keybearer
