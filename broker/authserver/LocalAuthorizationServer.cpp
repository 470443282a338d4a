#include "broker/authserver/LocalAuthorizationServer.h"

#include "broker/audit/AuditLog.h"
#include "broker/authserver/AuthorityLists.h"
#include "broker/authserver/ClientAdmission.h"
#include "broker/authserver/TokenDesk.h"
#include "broker/base/Text.h"

#include <QPointer>

namespace keybearer {

struct LocalAuthorizationServer::Parts {
    Parts(Setup wanted, Rooms with)
        : rooms(std::move(with)), clients(rooms.store, rooms.clock), audit(clients, rooms.record),
          grants(rooms.store, rooms.clock), keys(rooms.store, rooms.clock, rooms.isStoreOpen),
          codes(rooms.clock), documents(clients, rooms.http, rooms.clock),
          desk({rooms.services, rooms.gate, codes, rooms.clock, rooms.othersAtDoor}),
          tokens({rooms.services, rooms.gate, clients, grants, keys, codes, rooms.clock, wanted.tokenLife,
                  rooms.mayIntrospect}),
          admission({clients, documents, desk, audit}, wanted.clientIdMetadata) {}

    Rooms rooms;
    std::string base;
    LocalClients clients;
    AuthorityAudit audit;
    LocalGrants grants;
    LocalKeys keys;
    AuthorizationCodes codes;
    DocumentClients documents;
    AuthorizationDesk desk;
    TokenDesk tokens;
    ClientAdmission admission;
    Endpoints* demo = nullptr;
    mutable Counters counters;
};

void LocalAuthorizationServer::configure(Setup setup) {
    parts_->admission.takeDocuments(setup.clientIdMetadata);
    parts_->tokens.setTokenLife(setup.tokenLife);
}

LocalAuthorizationServer::LocalAuthorizationServer(Setup setup, Rooms rooms)
    : parts_(std::make_unique<Parts>(setup, std::move(rooms))) {
    Parts& parts = *parts_;
    connect(&parts.grants, &LocalGrants::ended, this,
            [this](const LocalGrant& grant, const std::string& why) {
                parts_->audit.ofGrant("local_grant.ended", grant, why);
                Q_EMIT grantEnded(grant.id);
                parts_->rooms.gate.endConnection(grant.consentId, why);
            });
    const auto ofConsent = [this](const std::string& id, const std::string& why) {
        parts_->grants.endIf([&id](const LocalGrant& grant) { return grant.consentId == id; }, why);
    };
    ConsentRecords& records = parts.rooms.gate.records();
    connect(&records, &ConsentRecords::revoked, this,
            [ofConsent](const Consent& consent) { ofConsent(consent.id, "a person took it back"); });
    connect(&records, &ConsentRecords::ended, this,
            [ofConsent](const Consent& consent, const std::string& why) { ofConsent(consent.id, why); });
    connect(&parts.tokens, &TokenDesk::noted, this, [this](const std::string& kind, const LocalGrant& grant) {
        const bool first = kind == "issued" && grant.generation == 1;
        parts_->audit.ofGrant(first                ? "local_grant.added"
                              : kind == "reused"   ? "local_grant.reused"
                              : kind == "repeated" ? "local_grant.repeated"
                                                   : "local_grant.refreshed",
                              grant, "");
        noteUse(grant.id);
    });
    connect(&parts.desk, &AuthorizationDesk::refused, this,
            [this](const std::string& client, const std::string& service, const std::string& why) {
                parts_->audit.ofClient("local_grant.refused", client, service, "", displaySafe(why));
            });
}

LocalAuthorizationServer::~LocalAuthorizationServer() = default;

Result<void> LocalAuthorizationServer::load() {
    Parts& parts = *parts_;
    if (auto loaded = parts.clients.load(); !loaded)
        return loaded;
    if (auto loaded = parts.keys.load(); !loaded)
        return loaded;
    return parts.grants.load([&parts](const LocalGrant& grant) {
        return parts.rooms.gate.records().findById(grant.consentId) != nullptr &&
               parts.clients.find(grant.clientId) != nullptr &&
               (grant.sessionId.empty() || parts.rooms.services.isUsable(grant.sessionId));
    });
}

void LocalAuthorizationServer::setBase(const std::string& base) {
    parts_->base = canonicalBase(base);
}

const std::string& LocalAuthorizationServer::base() const {
    return parts_->base;
}

void LocalAuthorizationServer::serveDemo(Endpoints* demo) {
    parts_->demo = demo;
}

void LocalAuthorizationServer::request(const AsRequest& request, Completion<AsAnswer> done) {
    Parts& parts = *parts_;
    if (parts.base.empty())
        parts.base = canonicalBase(request.base);
    if (parts.demo != nullptr && parts.demo->serves(request.service))
        return parts.demo->request(request, std::move(done));
    const std::optional<LocalService> service = parts.rooms.services.find(request.service);
    if (!service)
        return done(errorPage("There is no such service", "This gateway has no service of that name.", 404));
    if (request.endpoint == "authorize")
        return parts.admission.authorize(request, *service, done);
    if (request.endpoint == "wait")
        return parts.desk.wait(request, done);
    if (request.endpoint == "jwks") {
        AsAnswer answer;
        answer.body = jwks();
        return done(answer);
    }
    if (request.endpoint == "register")
        return done(parts.admission.registerClient(request));
    const bool known =
        request.endpoint == "token" || request.endpoint == "revoke" || request.endpoint == "introspect";
    if (!known)
        return done(errorDocument(404, "invalid_request", "there is no such endpoint"));
    // Both need keys; a keychain that is closed is opened first, as for every other use of it.
    if (parts.rooms.isStoreOpen())
        return answerWithKeys(request, done);
    parts.rooms.openStore(
        [alive = QPointer<LocalAuthorizationServer>(this), request, done](const Result<void>&) {
            if (alive)
                alive->answerWithKeys(request, done); // it says so itself if it is still closed
        });
}

void LocalAuthorizationServer::answerWithKeys(const AsRequest& request, const Completion<AsAnswer>& done) {
    Parts& parts = *parts_;
    const std::size_t keysBefore = parts.keys.verifiers().size();
    const AsAnswer answer = request.endpoint == "token"    ? parts.tokens.token(request, parts.base)
                            : request.endpoint == "revoke" ? parts.tokens.revoke(request, parts.base)
                                                           : parts.tokens.introspect(request, parts.base);
    if (parts.keys.verifiers().size() != keysBefore)
        Q_EMIT keysChanged();
    done(answer);
}

Result<LocalToken> LocalAuthorizationServer::verify(const std::string& accessToken,
                                                    const std::string& service) const {
    const Result<TokenClaims> claims = parts_->tokens.read(accessToken, service, parts_->base);
    if (!claims)
        return tl::unexpected(claims.error());
    const LocalGrant* grant = parts_->grants.find(claims->grantId);
    if (grant == nullptr || grant->clientId != claims->clientId || grant->service != service ||
        parts_->rooms.gate.records().findById(grant->consentId) == nullptr)
        return failure(ErrorCode::ClientUnknown, "the permission behind this token is over",
                       "Let the program sign in anew.");
    return LocalToken{grant->id,
                      grant->consentId,
                      grant->clientId,
                      parts_->audit.nameOf(grant->clientId),
                      grant->service,
                      grant->provider,
                      grant->account,
                      grant->sessionId,
                      splitWords(claims->scope),
                      claims->expiresAt};
}

void LocalAuthorizationServer::noteUse(const std::string& grantId) {
    const LocalGrant* grant = parts_->grants.find(grantId);
    if (grant == nullptr)
        return;
    if (const auto consent = parts_->rooms.gate.records().findById(grant->consentId)) {
        consent->noteUse(parts_->rooms.clock.wall(), parts_->rooms.clock.boot());
        ++consent->uses;
    }
    parts_->grants.noteUse(grantId);
}

void LocalAuthorizationServer::sessionEnded(const std::string& sessionId) {
    if (!sessionId.empty())
        parts_->grants.endIf([&](const LocalGrant& grant) { return grant.sessionId == sessionId; },
                             "the sign-in that it uses is over");
}

void LocalAuthorizationServer::signInProgressed(const std::string& signIn) {
    parts_->desk.signInProgressed(signIn);
}

Result<void> LocalAuthorizationServer::endGrant(const std::string& id, const std::string& why) {
    if (parts_->grants.end(std::string(id), why))
        return {};
    return failure(ErrorCode::NotFound, "there is no such grant", "See them with: keybearer gateway clients");
}

Result<void> LocalAuthorizationServer::removeClient(const std::string& clientId) {
    const LocalClient* client = parts_->clients.find(clientId);
    if (client == nullptr)
        return failure(ErrorCode::NotFound, "there is no such client",
                       "See them with: keybearer gateway clients");
    const std::string service = client->service;
    parts_->grants.endIf([&](const LocalGrant& grant) { return grant.clientId == clientId; },
                         "its client was removed");
    parts_->audit.ofClient("local_client.removed", clientId, service, "", "");
    return parts_->clients.remove(std::string(clientId));
}

void LocalAuthorizationServer::rotateKeys(Completion<void> done) {
    parts_->rooms.openStore([alive = QPointer<LocalAuthorizationServer>(this),
                             done = std::move(done)](const Result<void>& opened) {
        if (!opened || !alive)
            return done(opened);
        if (auto rotated = alive->parts_->keys.rotate(); !rotated)
            return done(rotated);
        alive->parts_->audit.ofNewKey(alive->parts_->keys.all().front().id);
        Q_EMIT alive->keysChanged();
        done({});
    });
}

void LocalAuthorizationServer::onMinute() {
    Parts& parts = *parts_;
    parts.clients.forgetUnused();
    parts.desk.sweep();
    const WallTime now = parts.rooms.clock.wall();
    parts.grants.endIf([now](const LocalGrant& grant) { return !grant.refreshable && grant.endsAt <= now; },
                       "it was for once");
    parts.grants.saveUses();
    if (!parts.rooms.isStoreOpen())
        parts.keys.forgetSecrets();
    else if (parts.keys.isDue())
        rotateKeys([](const Result<void>&) {});
    if (parts.keys.endRetired())
        Q_EMIT keysChanged();
}

Json LocalAuthorizationServer::jwks() const {
    return parts_->keys.jwks();
}

Json LocalAuthorizationServer::clients() const {
    return listOf(parts_->clients, parts_->grants);
}

Json LocalAuthorizationServer::grants() const {
    return listOf(parts_->grants, parts_->audit);
}

Json LocalAuthorizationServer::keys() const {
    return listOf(parts_->keys);
}

const LocalAuthorizationServer::Counters& LocalAuthorizationServer::counters() const {
    const AuthorizationDesk::Counters& desk = parts_->desk.counters();
    parts_->counters = {parts_->admission.registrations(),
                        desk.begun,
                        desk.granted,
                        desk.refused,
                        parts_->tokens.counters().tokens,
                        parts_->tokens.counters().reuses};
    return parts_->counters;
}

} // namespace keybearer
