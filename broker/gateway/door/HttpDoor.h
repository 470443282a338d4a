#pragma once

#include "broker/gateway/OwnedDescriptor.h"
#include "broker/gateway/door/HttpConnection.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <list>

namespace keybearer {

// The HTTP server: listens where the broker says, and keeps its connections within bounds
// (docs/gateway-http.md). Of many connections that bring no token the one that has waited longest for its own
// client goes first. Owned by the GatewayRoom, one for the services and one for the metrics; event loop
// thread.
class HttpDoor {
public:
    HttpDoor(boost::asio::io_context& loop, EventTimers& timers, CorePort& core, const RouteTable& routes,
             const DoorTerms& terms, DoorCounts& counts);
    ~HttpDoor();
    HttpDoor(const HttpDoor&) = delete;
    HttpDoor& operator=(const HttpDoor&) = delete;

    // Takes listening sockets, of TCP or Unix. One of that kind that is open is closed first.
    void open(Entrance entrance, std::vector<OwnedDescriptor> listening);
    // Nobody is let in any more; what is open goes on to its end, five seconds at most.
    void close(const std::string& kind);

    [[nodiscard]] std::size_t connections() const { return connections_.size(); }

private:
    struct Listener {
        Listener(boost::asio::io_context& loop, int descriptor, std::shared_ptr<const Entrance> to)
            : socket(loop, descriptor), entrance(std::move(to)) {}
        boost::asio::posix::stream_descriptor socket;
        std::shared_ptr<const Entrance> entrance;
        std::unique_ptr<EventTimer> pause;
    };
    using Listeners = std::list<std::shared_ptr<Listener>>; // what waits holds them weakly

    void wait(const std::shared_ptr<Listener>& listener);
    void accept(const std::shared_ptr<Listener>& listener);
    void rest(const std::shared_ptr<Listener>& listener);
    void admit(int descriptor, const std::shared_ptr<const Entrance>& entrance);
    [[nodiscard]] bool makeRoom();
    [[nodiscard]] HttpConnection* longestIdle(bool strangersOnly) const;
    [[nodiscard]] HttpConnection* longestServed() const;
    [[nodiscard]] std::size_t strangers() const;
    void tick();

    boost::asio::io_context& loop_;
    EventTimers& timers_;
    std::vector<char> scratch_;
    AnswerText text_;
    HttpConnection::Parts parts_;
    Listeners listeners_;
    std::list<std::unique_ptr<HttpConnection>> connections_;
    std::unique_ptr<EventTimer> ticker_;
    std::vector<std::pair<std::string, std::unique_ptr<EventTimer>>> closings_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
