#include "broker/authserver/LocalAuthorizationServer.h"

#include "broker/audit/AuditLog.h"
#include "broker/authserver/AuthorizationDesk.h"
#include "broker/authserver/ClientMetadata.h"
#include "broker/authserver/DocumentClients.h"
#include "broker/authserver/RedirectUri.h"
#include "broker/authserver/TokenDesk.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <QPointer>

#include <algorithm>

namespace keybearer {

namespace {

AsAnswer errorDocument(int status, const char* error, const std::string& description) {
    AsAnswer answer;
    answer.status = status;
    answer.fields = {{"Cache-Control", "no-store"}};
    answer.body = {{"error", error}, {"error_description", description}};
    return answer;
}

// Where an answer cannot go back to the client, because it is not known who or where that is (SEC-S-04).
AsAnswer errorPage(const std::string& title, const std::string& text, int status = 400) {
    AsAnswer answer;
    answer.status = status;
    answer.page = AsPage{title, text, AsPage::State::Failed, "", std::nullopt};
    return answer;
}

std::vector<std::string> remarksOn(const LocalClient& client) {
    const auto isLocal = [](const std::string& uri) { return loopbackAddress(uri).has_value(); };
    if (client.kind != LocalClient::Kind::Document ||
        !std::all_of(client.redirectUris.begin(), client.redirectUris.end(), isLocal))
        return {};
    return {"its answers go to this computer alone, so every program here can pretend to be it"};
}

Json wallOrNull(WallTime time) {
    return time == WallTime() ? Json(nullptr) : Json(toRfc3339(time));
}

} // namespace

struct LocalAuthorizationServer::Parts {
    Parts(Setup wanted, Rooms with)
        : setup(wanted), rooms(std::move(with)), clients(rooms.store, rooms.clock),
          grants(rooms.store, rooms.clock), keys(rooms.store, rooms.clock, rooms.isStoreOpen),
          codes(rooms.clock), documents(clients, rooms.http, rooms.clock),
          desk({rooms.services, rooms.gate, codes, rooms.clock, rooms.othersAtDoor}),
          tokens({rooms.services, rooms.gate, clients, grants, keys, codes, rooms.clock, setup.tokenLife,
                  rooms.mayIntrospect}) {}

    Setup setup;
    Rooms rooms;
    std::string base;
    LocalClients clients;
    LocalGrants grants;
    LocalKeys keys;
    AuthorizationCodes codes;
    DocumentClients documents;
    AuthorizationDesk desk;
    TokenDesk tokens;
    Endpoints* demo = nullptr;
    mutable Counters counters;
    std::uint64_t registrations = 0;

    [[nodiscard]] std::string nameOf(const std::string& clientId) const {
        const LocalClient* client = clients.find(clientId);
        return client == nullptr ? "a client" : client->name;
    }
    void record(const char* kind, const std::string& clientId, const std::string& service,
                const std::string& why, const std::string& detail) const {
        AuditEvent event;
        event.kind = kind;
        event.client = displaySafe(clientId);
        event.caller = displaySafe("client " + nameOf(clientId));
        event.provider = service;
        event.why = why;
        event.detail = detail;
        rooms.record(event);
    }
    void recordGrant(const char* kind, const LocalGrant& grant, const std::string& detail) const {
        AuditEvent event;
        event.kind = kind;
        event.client = displaySafe(grant.clientId);
        event.caller = displaySafe("client " + nameOf(grant.clientId));
        event.provider = grant.service;
        event.account = grant.account;
        event.sessionId = grant.sessionId;
        event.scopes = join(grant.scopes, " ");
        event.why = grant.consentId;
        event.detail = detail.empty() ? grant.id : grant.id + ": " + detail;
        rooms.record(event);
    }
    [[nodiscard]] AsAnswer registerClient(const AsRequest& request);
    void authorize(const AsRequest& request, const LocalService& service, const Completion<AsAnswer>& done);
    void authorizeKnown(const AsRequest& request, const LocalService& service,
                        const Completion<AsAnswer>& done);
};

void LocalAuthorizationServer::configure(Setup setup) {
    parts_->setup = setup;
    parts_->tokens.setTokenLife(setup.tokenLife);
}

LocalAuthorizationServer::LocalAuthorizationServer(Setup setup, Rooms rooms)
    : parts_(std::make_unique<Parts>(setup, std::move(rooms))) {
    Parts& parts = *parts_;
    connect(&parts.grants, &LocalGrants::ended, this,
            [this](const LocalGrant& grant, const std::string& why) {
                parts_->recordGrant("local_grant.ended", grant, why);
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
        parts_->recordGrant(first                ? "local_grant.added"
                            : kind == "reused"   ? "local_grant.reused"
                            : kind == "repeated" ? "local_grant.repeated"
                                                 : "local_grant.refreshed",
                            grant, "");
        noteUse(grant.id);
    });
    connect(&parts.desk, &AuthorizationDesk::refused, this,
            [this](const std::string& client, const std::string& service, const std::string& why) {
                parts_->record("local_grant.refused", client, service, "", displaySafe(why));
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

void LocalAuthorizationServer::setBase(std::string base) {
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
        return parts.authorize(request, *service, done);
    if (request.endpoint == "wait")
        return parts.desk.wait(request, done);
    if (request.endpoint == "jwks") {
        AsAnswer answer;
        answer.body = jwks();
        return done(answer);
    }
    if (request.endpoint == "register")
        return done(parts.registerClient(request));
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

AsAnswer LocalAuthorizationServer::Parts::registerClient(const AsRequest& request) {
    if (request.method != "POST")
        return errorDocument(405, "invalid_request", "registration takes POST");
    Result<LocalClient> read = readClientMetadata(request.document);
    if (!read) {
        const ErrorDetail* word = read.error().detail("error");
        return errorDocument(
            400, word == nullptr ? "invalid_client_metadata" : std::get<std::string>(*word).c_str(),
            read.error().message);
    }
    const Result<LocalClients::Registered> added = clients.add(std::move(*read), request.service);
    if (!added) {
        const bool wait = added.error().code == ErrorCode::RateLimited;
        AsAnswer answer = errorDocument(wait ? 429 : 503, "temporarily_unavailable", added.error().message);
        answer.fields.emplace_back(
            "Retry-After",
            std::to_string(added.error().retryAfter.value_or(std::chrono::seconds(10)).count()));
        return answer;
    }
    ++registrations;
    record("local_client.registered", added->client.id, request.service, "",
           displaySafe(join(added->client.redirectUris, " "), 512));
    AsAnswer answer;
    answer.status = 201;
    answer.fields = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
    answer.body = clientInformation(added->client);
    if (!added->secret.empty()) {
        answer.body["client_secret"] = added->secret.reveal();
        answer.body["client_secret_expires_at"] = 0;
    }
    return answer;
}

void LocalAuthorizationServer::Parts::authorize(const AsRequest& request, const LocalService& service,
                                                const Completion<AsAnswer>& done) {
    const std::string id = request.param("client_id");
    if (!setup.clientIdMetadata || !DocumentClients::isDocumentId(id))
        return authorizeKnown(request, service, done);
    documents.resolve(id, [this, request, service, done](const Result<void>& known) {
        if (!known)
            return done(errorPage("This client cannot be recognised", known.error().message + "."));
        authorizeKnown(request, service, done);
    });
}

void LocalAuthorizationServer::Parts::authorizeKnown(const AsRequest& request, const LocalService& service,
                                                     const Completion<AsAnswer>& done) {
    const LocalClient* client = clients.find(request.param("client_id"), request.service);
    if (client == nullptr || (client->kind == LocalClient::Kind::Document && !setup.clientIdMetadata))
        return done(errorPage("This client is not known here",
                              "The program has to register with this gateway again. Remove the connection in "
                              "the program and add it anew."));
    const std::string redirect = request.param("redirect_uri");
    const bool registered =
        std::any_of(client->redirectUris.begin(), client->redirectUris.end(),
                    [&](const std::string& one) { return matchesRedirect(one, redirect); });
    if (!registered)
        return done(
            errorPage("The answer would go somewhere else",
                      "The address for the answer is not one that this program registered. Nothing was "
                      "sent there."));
    desk.begin(request, *client, service, remarksOn(*client), done);
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
                      parts_->nameOf(grant->clientId),
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
    parts_->record("local_client.removed", clientId, service, "", "");
    return parts_->clients.remove(std::string(clientId));
}

void LocalAuthorizationServer::rotateKeys(Completion<void> done) {
    parts_->rooms.openStore([alive = QPointer<LocalAuthorizationServer>(this),
                             done = std::move(done)](const Result<void>& opened) {
        if (!opened || !alive)
            return done(opened);
        if (auto rotated = alive->parts_->keys.rotate(); !rotated)
            return done(rotated);
        AuditEvent event;
        event.kind = "local_key.rotated";
        event.detail = alive->parts_->keys.all().front().id;
        alive->parts_->rooms.record(event);
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
    Json out = Json::array();
    const std::vector<LocalGrant> grants = parts_->grants.all();
    for (const LocalClient& client : parts_->clients.all()) {
        const auto held = std::count_if(grants.begin(), grants.end(),
                                        [&](const LocalGrant& grant) { return grant.clientId == client.id; });
        out.push_back({{"client_id", client.id},
                       {"name", client.name},
                       {"service", client.service},
                       {"kind", client.kind == LocalClient::Kind::Document ? "document" : "registered"},
                       {"redirect_uris", client.redirectUris},
                       {"auth_method", client.authMethod},
                       {"created_at", toRfc3339(client.createdAt)},
                       {"last_used_at", wallOrNull(client.lastUsedAt)},
                       {"grants", held}});
    }
    return Json{{"clients", std::move(out)}};
}

Json LocalAuthorizationServer::grants() const {
    Json out = Json::array();
    for (const LocalGrant& grant : parts_->grants.all())
        out.push_back({{"grant_id", grant.id},
                       {"client_id", grant.clientId},
                       {"client", parts_->nameOf(grant.clientId)},
                       {"service", grant.service},
                       {"account", grant.account},
                       {"session_id", grant.sessionId},
                       {"scopes", grant.scopes},
                       {"consent_id", grant.consentId},
                       {"refreshes", grant.generation - 1},
                       {"created_at", toRfc3339(grant.createdAt)},
                       {"last_used_at", toRfc3339(grant.lastUsedAt)}});
    return Json{{"grants", std::move(out)}};
}

Json LocalAuthorizationServer::keys() const {
    Json out = Json::array();
    for (const LocalKey& key : parts_->keys.all()) {
        Json row{{"kid", key.id},
                 {"algorithm", "ES256"},
                 {"created_at", toRfc3339(key.createdAt)},
                 {"state", key.retiredAt ? "retired" : "signing"}};
        if (key.retiredAt)
            row["retires_at"] = toRfc3339(*key.retiredAt + LocalKeys::overlap);
        out.push_back(std::move(row));
    }
    return Json{{"keys", std::move(out)}};
}

const LocalAuthorizationServer::Counters& LocalAuthorizationServer::counters() const {
    const AuthorizationDesk::Counters& desk = parts_->desk.counters();
    parts_->counters = {parts_->registrations,
                        desk.begun,
                        desk.granted,
                        desk.refused,
                        parts_->tokens.counters().tokens,
                        parts_->tokens.counters().reuses};
    return parts_->counters;
}

} // namespace keybearer
