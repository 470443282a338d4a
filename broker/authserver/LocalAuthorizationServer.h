#pragma once

#include "broker/authserver/AsMessage.h"
#include "broker/authserver/LocalGrant.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

class AuthorityStore;
class ConsentGate;
class HttpTransport;
class LocalServices;
struct AuditEvent;

// The gateway's own OAuth 2.1 authorization server, one issuer a service (RFC 6749, 7009, 7591, 7636, 7662,
// 8414, 8707, 9068, 9207): what answers as.request. It holds the signing keys; the gateway process holds
// none. Tokens are for one route of this gateway and nothing else. Owned by the Broker; event loop thread.
class LocalAuthorizationServer : public QObject {
    Q_OBJECT
public:
    // Another issuer below the same door: the demo provider. It outlives this, or is taken away again.
    class Endpoints {
    public:
        virtual ~Endpoints() = default;
        [[nodiscard]] virtual bool serves(const std::string& service) const = 0;
        virtual void request(const AsRequest& request, Completion<AsAnswer> done) = 0;
    };
    struct Setup {
        bool clientIdMetadata = false;       // gateway.client_id_metadata
        std::chrono::seconds tokenLife{900}; // gateway.token_seconds
    };
    struct Rooms {
        AuthorityStore& store;
        LocalServices& services;
        ConsentGate& gate;
        HttpTransport& http;
        const Clock& clock;
        // Opens the store that holds the key of what is sealed; completes at once where it is open.
        std::function<void(Completion<void>)> openStore;
        std::function<bool()> isStoreOpen;
        std::function<void(const AuditEvent&)> record;
        // Whether this bearer credential (a client key) is of somebody who may use the service, and so may be
        // told of its tokens (RFC 7662). Absent: nobody's is.
        std::function<bool(const std::string& credential, const std::string& service)> mayIntrospect{};
        // A program of another user of this machine is connected to the door now; empty: nobody can tell.
        std::function<bool()> othersAtDoor{};
    };
    LocalAuthorizationServer(Setup setup, Rooms rooms);
    ~LocalAuthorizationServer() override;

    // From now on. Tokens that were given keep their life.
    void configure(Setup setup);

    // Clients, grants and public keys of earlier runs. Once, before anything else.
    [[nodiscard]] Result<void> load();
    // "http://127.0.0.1:PORT": what stands in the claims of tokens, whatever host a client named. Before the
    // door opens, and whenever the port is another one.
    void setBase(const std::string& base);
    [[nodiscard]] const std::string& base() const; // empty: nobody has said it yet
    void serveDemo(Endpoints* demo);               // null: no longer

    // Completes once: at once (from inside the call), or within about twenty seconds for `wait`, or when the
    // store has opened. An HTTP error is an answer; never an Error but InternalError.
    void request(const AsRequest& request, Completion<AsAnswer> done);

    // An access token of ours for this service: signature, alg, kid, typ, iss, aud, time and whether its
    // grant is still there (RFC 9068 section 4). ClientExpired if its time is over; else ClientUnknown,
    // which says nothing more.
    [[nodiscard]] Result<LocalToken> verify(const std::string& accessToken, const std::string& service) const;
    // A request with a token of this grant was let through.
    void noteUse(const std::string& grantId);

    // A stored sign-in is gone or needs a person: what was granted with it is over.
    void sessionEnded(const std::string& sessionId);
    // LocalServices::outcome() of this sign-in may have changed: whoever waits for it goes on.
    void signInProgressed(const std::string& signIn);
    [[nodiscard]] Result<void> endGrant(const std::string& id, const std::string& why); // NotFound
    // With its grants. NotFound.
    [[nodiscard]] Result<void> removeClient(const std::string& clientId);
    // A new signing key; tokens of the one before are good until they end.
    void rotateKeys(Completion<void> done);

    [[nodiscard]] Json jwks() const; // public parts only, RFC 7517
    // {"clients": [{client_id, name, service, kind, redirect_uris, created_at, last_used_at, grants}]}
    [[nodiscard]] Json clients() const;
    // {"grants": [{grant_id, client_id, client, service, account, scopes, consent_id, created_at, ...}]}
    [[nodiscard]] Json grants() const;
    // {"keys": [{kid, algorithm, created_at, state: "signing"|"retired", retires_at?}]}
    [[nodiscard]] Json keys() const;
    struct Counters {
        std::uint64_t registrations = 0;
        std::uint64_t authorizations = 0; // that were begun
        std::uint64_t granted = 0;        // that became a grant
        std::uint64_t refused = 0;
        std::uint64_t tokens = 0; // issued, first and refreshed ones
        std::uint64_t reuses = 0; // of a code or refresh token, which ended its grant
    };
    [[nodiscard]] const Counters& counters() const;
    void onMinute(); // what is over goes; uses are written

Q_SIGNALS:
    // Tokens of this grant are good for nothing from now on: end what they opened.
    void grantEnded(const std::string& grantId);
    void keysChanged(); // jwks() is another

private:
    void answerWithKeys(const AsRequest& request, const Completion<AsAnswer>& done);

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace keybearer
