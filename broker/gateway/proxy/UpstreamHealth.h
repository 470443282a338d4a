#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/EventTimers.h"
#include "broker/gateway/ExchangeTerms.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// How each service's server is: from what becomes of requests, and from a cheap GET without any credential
// every half minute while the service is in use. Tells the broker of every change (service.state), and keeps
// what a server did not accept waiting until it is back: back-off from 100 ms to 2 s, 64 requests a service.
// Owned by the RemoteRoute; event loop thread.
class UpstreamHealth {
public:
    enum class Trouble { NotAccepted, Broken, Silent };
    // A request that waits for its server; destroying it withdraws that.
    class Waiting {
    public:
        virtual ~Waiting() = default;
    };

    UpstreamHealth(CorePort& core, EventTimers& timers, UpstreamStarter& upstream);
    ~UpstreamHealth();
    UpstreamHealth(const UpstreamHealth&) = delete;
    UpstreamHealth& operator=(const UpstreamHealth&) = delete;

    // A request to the service begins. `checked`: its server may be looked at without one.
    void used(const ExchangeTerms& terms, bool checked);
    // What became of it. `latency`: until the head of the answer.
    void answered(const std::string& service, int status, std::chrono::milliseconds latency);
    void failed(const std::string& service, Trouble trouble, const std::string& why);
    // A session that the server had given is not known to it any more.
    void forgotItsSessions(const std::string& service);

    // Calls `again` once, later: after the back-off of that round (0 is the first), or as soon as the server
    // answers somebody. Null: as many wait as may.
    [[nodiscard]] std::unique_ptr<Waiting> wait(const std::string& service, int round,
                                                std::function<void()> again);

private:
    enum class State { Unknown, Up, Degraded, Down };
    struct Check;
    struct Server;
    struct Place;

    [[nodiscard]] Server& server(const std::string& service);
    void change(Server& server, State state, const std::string& why, bool restarted);
    void checkLater(Server& server);
    void check(Server& server);

    CorePort& core_;
    EventTimers& timers_;
    UpstreamStarter& upstream_;
    std::map<std::string, std::unique_ptr<Server>> servers_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
