#include "broker/gateway/upstream/LoopbackConnections.h"

#include "broker/base/Text.h"
#include "broker/gateway/upstream/LoopbackCall.h"
#include "broker/gateway/upstream/WebAddress.h"

#include <charconv>
#include <sys/socket.h>

namespace keybearer {

namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds tickPeriod{500};         // how late a deadline may be noticed
constexpr std::chrono::seconds longestIdle{55}; // servers drop them after 60
constexpr std::size_t mostIdle = 512;           // a server; as many requests as may be under way at once
constexpr std::size_t mostTargets = 256;        // URLs that are remembered

std::vector<Tcp::endpoint> endpointsOf(const WebAddress& address) {
    std::uint16_t port = 0;
    std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
    if (address.host == "localhost")
        return {{asio::ip::address_v4::loopback(), port}, {asio::ip::address_v6::loopback(), port}};
    std::string host = address.host;
    if (host.size() > 2 && host.front() == '[')
        host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    const asio::ip::address literal = asio::ip::make_address(host, error);
    if (error || !literal.is_loopback())
        return {};
    return {{literal, port}};
}

// The server has closed it, or says something that nobody asked for.
bool isDead(Tcp::socket& socket) {
    char byte = 0;
    const auto count = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

} // namespace

LoopbackConnections::LoopbackConnections(asio::io_context& loop) : loop_(loop), ticker_(loop) {}

LoopbackConnections::~LoopbackConnections() {
    *alive_ = false;
}

std::shared_ptr<const LoopbackTarget> LoopbackConnections::target(const std::string& url) {
    if (const auto found = targets_.find(url); found != targets_.end())
        return found->second;
    const auto address = parseWebAddress(url);
    if (!address || address->scheme != "http" || !address->isLoopback())
        return nullptr;
    auto made = std::make_shared<LoopbackTarget>();
    made->endpoints = endpointsOf(*address);
    if (made->endpoints.empty())
        return nullptr;
    made->shownHost = displaySafe(address->host);
    made->host = address->port == "80" ? address->host : address->host + ":" + address->port;
    const std::size_t path = address->text.find('/', address->text.find("//") + 2);
    made->path = path == std::string::npos ? "/" : address->text.substr(path);
    made->idle = &idle_[made->host];
    if (targets_.size() >= mostTargets)
        targets_.clear();
    targets_[url] = made;
    return made;
}

std::unique_ptr<LoopbackConnection> LoopbackConnections::take(const LoopbackTarget& target) {
    while (!target.idle->empty()) {
        std::unique_ptr<LoopbackConnection> connection = std::move(target.idle->back());
        target.idle->pop_back();
        // A server may close right behind its answer without having said so, and no call is sent twice.
        if (!isDead(connection->socket)) {
            connection->reused = true;
            return connection;
        }
    }
    return nullptr;
}

void LoopbackConnections::keep(const LoopbackTarget& target, std::unique_ptr<LoopbackConnection> connection) {
    if (target.idle->size() >= mostIdle)
        return;
    connection->idleSince = steady_clock::now();
    target.idle->push_back(std::move(connection));
    tickLater();
}

void LoopbackConnections::watch(LoopbackCall& call) {
    calls_.insert(&call);
    tickLater();
}

void LoopbackConnections::forget(LoopbackCall& call) {
    calls_.erase(&call);
}

void LoopbackConnections::tickLater() {
    if (std::exchange(ticking_, true))
        return;
    ticker_.expires_after(tickPeriod);
    ticker_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (error || !*alive)
            return;
        ticking_ = false;
        tick();
    });
}

void LoopbackConnections::tick() {
    drop();
    const auto now = steady_clock::now();
    const std::vector<LoopbackCall*> calls(calls_.begin(), calls_.end());
    const auto alive = alive_;
    for (LoopbackCall* call : calls) {
        if (!*alive)
            return;
        if (calls_.contains(call))
            call->look(now);
    }
    if (!*alive)
        return;
    bool kept = false;
    for (const auto& [host, idle] : idle_)
        kept = kept || !idle.empty();
    if (kept || !calls_.empty())
        tickLater();
}

void LoopbackConnections::drop() {
    const auto oldest = steady_clock::now() - longestIdle;
    for (auto& [host, idle] : idle_)
        std::erase_if(idle, [&](const auto& connection) {
            return connection->idleSince < oldest || isDead(connection->socket);
        });
}

} // namespace keybearer
