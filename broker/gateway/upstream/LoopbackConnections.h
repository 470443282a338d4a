#pragma once

#include "broker/gateway/upstream/UpstreamRequest.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace keybearer {

class LoopbackCall;

// A connection to a server of this machine, in use or kept.
struct LoopbackConnection {
    explicit LoopbackConnection(boost::asio::io_context& loop) : socket(loop) {}
    boost::asio::ip::tcp::socket socket;
    std::vector<char> buffer; // what was read; the call that uses the connection knows how much of it counts
    std::chrono::steady_clock::time_point idleSince;
    bool reused = false;
};

// Where a URL leads.
struct LoopbackTarget {
    std::vector<boost::asio::ip::tcp::endpoint> endpoints;            // tried in this order
    std::string host;                                                 // of the Host field
    std::string shownHost;                                            // for people
    std::string path;                                                 // with the query
    std::vector<std::unique_ptr<LoopbackConnection>>* idle = nullptr; // the newest last
};

// What the calls of a LoopbackPool share: addresses, kept connections and one clock for all deadlines.
class LoopbackConnections {
public:
    explicit LoopbackConnections(boost::asio::io_context& loop);
    ~LoopbackConnections();
    LoopbackConnections(const LoopbackConnections&) = delete;
    LoopbackConnections& operator=(const LoopbackConnections&) = delete;

    [[nodiscard]] boost::asio::io_context& loop() const { return loop_; }
    // Null: the URL is not http on this machine.
    [[nodiscard]] std::shared_ptr<const LoopbackTarget> target(const std::string& url);
    // A kept one that its server has not closed; null if there is none.
    [[nodiscard]] std::unique_ptr<LoopbackConnection> take(const LoopbackTarget& target);
    void keep(const LoopbackTarget& target, std::unique_ptr<LoopbackConnection> connection);

    // Calls are looked at twice a second.
    void watch(LoopbackCall& call);
    void forget(LoopbackCall& call);

private:
    using Idle = std::vector<std::unique_ptr<LoopbackConnection>>;
    void tick();
    void tickLater();
    void drop();

    boost::asio::io_context& loop_;
    boost::asio::steady_timer ticker_;
    bool ticking_ = false;
    std::unordered_map<std::string, std::shared_ptr<const LoopbackTarget>> targets_; // by URL
    std::map<std::string, Idle> idle_;                                               // by host and port
    std::unordered_set<LoopbackCall*> calls_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
