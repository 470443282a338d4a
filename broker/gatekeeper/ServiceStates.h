#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace keybearer {

// How the gateway finds the servers behind it (service.state), and what its door counts (door.count). Of a
// process that has ended nothing is known any more, but what it counted. Owned by HttpDoors; event loop
// thread.
class ServiceStates : public QObject {
    Q_OBJECT
public:
    struct State {
        std::string word;           // up, degraded, down
        std::string why;            // display-safe
        std::uint64_t restarts = 0; // that were noticed
        std::int64_t waiting = 0;   // conversations that wait for it
        std::optional<std::int64_t> latencyMilliseconds;
        WallTime since{}; // that it is in this state
    };
    struct Counts {
        std::uint64_t connections = 0; // open now
        std::uint64_t requests = 0;
        std::uint64_t unauthorized = 0;
        std::uint64_t refused = 0;
        std::uint64_t streams = 0; // open now
        std::uint64_t upstreamErrors = 0;
        std::uint64_t recovered = 0; // sessions
    };
    explicit ServiceStates(const Clock& clock) : clock_(clock) {}

    // service.state of a service that there is. What is none of the three words is left out.
    void note(const Json& params);
    // door.count.
    void count(const Json& params);
    void processEnded();

    [[nodiscard]] const State* find(const std::string& service) const; // null: nothing is known
    [[nodiscard]] const std::map<std::string, State>& all() const { return states_; }
    // Since the broker began; what is open is of this process.
    [[nodiscard]] Counts counts() const;
    // {"state", "since", "why"?, "restarts", "waiting", "latency_ms"?}; "unknown" where nothing is known.
    [[nodiscard]] Json toJson(const std::string& service) const;

Q_SIGNALS:
    void changed(const std::string& service); // its word is another

private:
    const Clock& clock_;
    std::map<std::string, State> states_; // by service
    Counts before_;                       // of processes that have ended
    Counts now_;
};

} // namespace keybearer
