#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/ExchangeAuthorizer.h"
#include "broker/gateway/ExchangeTerms.h"
#include "broker/gateway/door/ServedRequest.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

// Something that goes on in an exchange and has to end with it.
class ExchangeTenant {
public:
    virtual ~ExchangeTenant() = default;
    // The broker has withdrawn the exchange (exchange.end). May destroy the tenant.
    virtual void onExchangeEnd(const std::string& message) = 0;
    // What the credential was good for is over: whatever may go on for ever ends now, and the client comes
    // back with a new one. May destroy the tenant.
    virtual void onExchangeExpired() {}
};

// One client that the broker let through to one service (route.admit), and everything that its requests have
// in common. Held by the admission and by each of its requests; event loop thread.
class AdmittedExchange {
public:
    AdmittedExchange(ExchangeTerms opened, CorePort& core, EventTimers& timers)
        : terms(std::move(opened)), authorizer(terms, core, timers) {}
    AdmittedExchange(const AdmittedExchange&) = delete;
    AdmittedExchange& operator=(const AdmittedExchange&) = delete;

    const ExchangeTerms terms;
    std::string client; // who it is, for people
    std::string owner;  // the same for every credential of one grant, key or program
    std::string pins;   // off, warn, hold
    bool local = false; // the service is a program of this machine that the broker starts
    std::vector<std::string> scopes;
    EventTimers::Instant until;    // valid_seconds
    EventTimers::Instant lastUsed; // by a request that began or ended
    bool ended = false;            // withdrawn; no request may begin
    ExchangeAuthorizer authorizer;
    bool authorized = false; // it has said once what to send along

    std::set<ExchangeTenant*> tenants; // one joins when it begins and leaves when it is destroyed
};

// Answers requests that have been let through. Outlives the door.
class AdmittedRoute {
public:
    virtual ~AdmittedRoute() = default;
    // Null: the request was answered from inside the call.
    [[nodiscard]] virtual std::unique_ptr<Answerer> serve(ServedRequest& request,
                                                          std::shared_ptr<AdmittedExchange> exchange) = 0;
};

} // namespace keybearer
