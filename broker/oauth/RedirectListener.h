#pragma once

#include "broker/base/Result.h"
#include "broker/oauth/RedirectPage.h"

#include <QPointer>
#include <QTcpServer>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace keybearer {

class RedirectConnection;

// The loopback redirect address of one sign-in (RFC 8252 section 7.3): a port of 127.0.0.1 that the system
// picks, open for this one flow only. Any program and any web page of this machine can reach it, so
// everything that is not a GET for exactly our path under exactly our Host gets a neutral page and changes
// nothing; so does an answer that the flow does not recognise. At most 16 connections, 8 KiB and 5 seconds
// each; when a seventeenth comes, the oldest goes, so that nobody can keep the real answer out by holding
// connections. Owned by the flow; event loop thread; destroying it closes the port.
class RedirectListener final : public QObject {
    Q_OBJECT

public:
    // Decides about the decoded parameters of a request to our path. Anything but Neutral ends the listening.
    using Judge = std::function<RedirectPage(const std::map<std::string, std::string>& parameters)>;

    // A browser on this machine needs milliseconds for its request; five seconds are for one that swaps.
    static constexpr std::chrono::milliseconds headDeadline{5'000};

    // Where to listen. A server that takes no 127.0.0.1 gets localhost, which a browser may look up as either
    // of the two loopback addresses, so the port is then opened on both.
    struct Place {
        std::string path;
        std::string host = "127.0.0.1"; // or localhost
        std::uint16_t port = 0;         // 0: the system picks one
        bool portMayDiffer = false;     // it also picks one when that port is taken
        std::string next{}; // an address of our own that the browser goes on to; empty: our page ends it
    };

    RedirectListener(Place place, Judge judge, std::chrono::milliseconds deadline = headDeadline);
    Q_DISABLE_COPY_MOVE(RedirectListener)

    // Opens the port. Failures: InvalidRequest (a port that the provider insists on is taken), InternalError.
    [[nodiscard]] Result<void> listen();
    void close(); // no new connection; one that is being answered is answered
    [[nodiscard]] bool isListening() const { return server_.isListening(); }

    // http://127.0.0.1:<port><path>
    [[nodiscard]] std::string redirectUri() const;

private:
    [[nodiscard]] bool open(std::uint16_t port);
    void onNewConnection(QTcpServer& server);
    [[nodiscard]] std::string respond(std::string_view head);

    Place place_;
    Judge judge_;
    std::chrono::milliseconds deadline_; // of one request head
    QTcpServer server_;
    QTcpServer sixth_;                                     // the same port on ::1, for localhost
    std::string authority_;                                // 127.0.0.1:<port>
    std::deque<QPointer<RedirectConnection>> connections_; // oldest first
};

// "/<issuer>/<random>": unique to the issuer (SEC-C-05) and not to be guessed by a page that scans ports.
[[nodiscard]] std::string uniqueRedirectPath(std::string_view issuer);

} // namespace keybearer
