#pragma once

#include "broker/base/Result.h"

#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// One service of this gateway, as its authorization server sees it.
struct LocalService {
    std::string name;                // of the configuration
    std::string title;               // for people
    std::string url;                 // where its server is; empty: a program of this machine
    std::vector<std::string> scopes; // further ones that a client may have; the service's name always is one
};

// The stored sign-in that requests to a service go out with.
struct ServiceSession {
    std::string sessionId; // empty: the service needs none
    std::string provider;
    std::string account; // label
    std::string issuer;
};

// What the authorization server wants to know of services and asks for them. The daemon implements it; event
// loop thread.
class LocalServices {
public:
    virtual ~LocalServices() = default;
    // Nothing: there is no such service.
    [[nodiscard]] virtual std::optional<LocalService> find(const std::string& name) const = 0;
    // Nothing: somebody has to sign in first, or it has to be found out whether anybody has to.
    [[nodiscard]] virtual std::optional<ServiceSession> session(const std::string& name) const = 0;

    // A sign-in of the person in whose browser we are.
    struct Step {
        std::string id;               // of the sign-in; empty: none is needed, it is over already
        std::string authorizationUrl; // where the browser goes; empty: this sign-in needs no browser of ours
        std::string instructions;     // what the person does instead
    };
    // Begins one whose last page leads the browser to `next`. Called once with the first step or why there
    // is none (from inside the call or later). `agreed`: a person was asked and said yes; where nobody was,
    // no sign-in is begun that would lend a configured provider's client to a server.
    virtual void signIn(const std::string& name, const std::string& next, bool agreed,
                        Completion<Step> ready) = 0;
    // Of a sign-in that was begun: nothing while it is under way.
    [[nodiscard]] virtual std::optional<Result<ServiceSession>> outcome(const std::string& name,
                                                                        const std::string& signIn) const = 0;
    virtual void cancel(const std::string& signIn) = 0;
    // It is there, and no person is needed to use it.
    [[nodiscard]] virtual bool isUsable(const std::string& sessionId) const = 0;
};

} // namespace keybearer
