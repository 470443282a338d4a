#pragma once

#include "broker/authserver/LocalGrant.h"
#include "broker/gatekeeper/CoreDesk.h"
#include "broker/gatekeeper/RouteService.h"

#include <QTimer>

namespace keybearer {

// Who may use which route of the HTTP door (route.admit of docs/gateway-http.md): makes a caller of the
// token, client key or capability that a request carries, opens an exchange for it, and ends that as soon as
// what opened it is worth nothing any more. Nothing is admitted because it is local. Keeps no credential.
// Owned by the Gatekeeper; event loop thread.
class RouteDesk : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        // What the name means; nothing: there is no such service.
        std::function<std::optional<RouteService>(const std::string& name)> find;
        // Complete the caller from what was shown, or say why it is not good.
        std::function<Result<void>(Caller&, const std::string& key)> recogniseKey;
        std::function<Result<void>(Caller&, const std::string& capability)> recogniseCapability;
        // A token of our own authorization server, for exactly this service.
        std::function<Result<LocalToken>(const std::string& token, const std::string& service)> verify;
        std::function<void(const std::string& grant)> noteUse;
        // The sign-in that a grant uses is missing or dead: whoever has the grant signs in anew.
        std::function<void(const std::string& grant, const std::string& why)> endGrant;
        // Is what the caller showed still good?
        std::function<Result<void>(const Caller&)> confirm;
        std::function<void(const AuditEvent&)> refused;
        const AuthRules& rules;
        const Clock& clock;
    };
    // Takes over exchange.token of routes, to see which grants lead nowhere.
    RouteDesk(Rooms rooms, CoreDesk& desk, GatewayProcess& process, Exchanges& exchanges);

    void admit(const Json& params, const CoreDesk::Answer& answer);
    // Something that opened routes was taken back: what it opened ends.
    void review();
    void grantEnded(const std::string& grant);
    // Ends every route that is open; who comes again is looked at anew.
    void endAll(const std::string& why);
    // An exchange could not have a token.
    void onRefused(const std::string& exchange, const Error& error);

    struct Counters {
        std::uint64_t admitted = 0;
        std::uint64_t refused = 0;
        std::uint64_t limited = 0; // refused ones that were told to wait
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }
    // {"clients": [{client, service, kind, exchanges}]}: who has a route open now.
    [[nodiscard]] Json connected() const;

private:
    [[nodiscard]] Caller callerFrom(const Json& params) const;
    [[nodiscard]] Result<void> recognise(Caller& caller, const std::string& credential,
                                         RouteService& service);
    [[nodiscard]] Result<void> recogniseToken(Caller& caller, const std::string& token,
                                              RouteService& service);
    void record(const Caller& caller, const std::string& service, const Error& error);
    [[nodiscard]] Error refuse(const std::string& service, Error error);
    [[nodiscard]] std::optional<std::chrono::seconds> pause();
    void end(const std::string& exchange, const std::string& why);
    void closeOld();
    void armTimer();

    Rooms rooms_;
    CoreDesk& desk_;
    GatewayProcess& process_;
    Exchanges& exchanges_;
    Counters counters_;
    BootTime failuresSince_{};
    int failures_ = 0;
    QTimer timer_;
};

} // namespace keybearer
