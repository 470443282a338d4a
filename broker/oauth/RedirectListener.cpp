#include "broker/oauth/RedirectListener.h"

#include "broker/base/Random.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/RedirectConnection.h"
#include "broker/oauth/RedirectRequest.h"

#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostConnections =
    16; // a browser uses two; the rest is room for pages that try their luck
constexpr std::chrono::milliseconds acceptPause{200}; // until the next try after one that failed
constexpr int mostAttempts = 8;                       // at a port that is free on both loopback addresses
constexpr std::size_t randomPathBytes = 16;
constexpr std::size_t issuerPathBytes = 6;

} // namespace

RedirectListener::RedirectListener(Place place, Judge judge, std::chrono::milliseconds deadline)
    : place_(std::move(place)), judge_(std::move(judge)), deadline_(deadline) {
    for (QTcpServer* server : {&server_, &sixth_}) {
        connect(server, &QTcpServer::newConnection, this, [this, server] { onNewConnection(*server); });
        // Qt listens no more once a connection could not be accepted, as when descriptors run out for a
        // moment. The browser waits in the queue of the port meanwhile.
        connect(server, &QTcpServer::acceptError, server,
                [server] { QTimer::singleShot(acceptPause, server, &QTcpServer::resumeAccepting); });
    }
}

Result<void> RedirectListener::listen() {
    for (int attempt = 0; attempt < mostAttempts; ++attempt) {
        if (open(place_.port)) {
            authority_ = place_.host + ":" + std::to_string(server_.serverPort());
            return {};
        }
        if (place_.port != 0 && place_.portMayDiffer)
            place_.port = 0;
        else if (place_.port != 0)
            return failure(ErrorCode::InvalidRequest,
                           "port " + std::to_string(place_.port) +
                               " of this machine, which the provider insists on, is taken by another program",
                           "End that program, or the other sign-in that waits there, and try again.");
    }
    return failure(ErrorCode::InternalError,
                   "The redirect address cannot be opened: " + server_.errorString().toStdString(),
                   "Sign in with a device code instead, if the provider can.");
}

bool RedirectListener::open(std::uint16_t port) {
    server_.close();
    sixth_.close();
    if (!server_.listen(QHostAddress::LocalHost, port))
        return false;
    if (place_.host != "localhost" || sixth_.listen(QHostAddress::LocalHostIPv6, server_.serverPort()))
        return true;
    // A machine without IPv6 looks nothing up as ::1; a port that somebody else holds there is theirs.
    return sixth_.serverError() != QAbstractSocket::AddressInUseError;
}

void RedirectListener::close() {
    server_.close();
    sixth_.close();
}

std::string RedirectListener::redirectUri() const {
    return "http://" + authority_ + place_.path;
}

void RedirectListener::onNewConnection(QTcpServer& server) {
    while (QTcpSocket* socket = server.nextPendingConnection()) {
        connections_.erase(std::remove(connections_.begin(), connections_.end(), nullptr),
                           connections_.end());
        if (connections_.size() >= mostConnections) {
            delete connections_.front();
            connections_.pop_front();
        }
        connections_.emplace_back(new RedirectConnection(
            socket, [this](std::string_view head) { return respond(head); }, deadline_, this));
    }
}

std::string RedirectListener::respond(std::string_view head) {
    if (head.empty())
        return redirectResponse(RedirectPage::Neutral, 431);
    const std::optional<RedirectRequest> request = parseRedirectRequest(head);
    if (!request || request->host != authority_)
        return redirectResponse(RedirectPage::Neutral, 400);
    if (request->path != place_.path)
        return redirectResponse(RedirectPage::Neutral, 404);
    if (request->method != "GET")
        return redirectResponse(RedirectPage::Neutral, 405);
    const auto parameters = decodeForm(request->query);
    const RedirectPage page = parameters ? judge_(*parameters) : RedirectPage::Neutral;
    if (page == RedirectPage::Neutral)
        return redirectResponse(page, 400);
    close();
    if (!place_.next.empty())
        return onwardResponse(place_.next);
    return redirectResponse(page, 200);
}

std::string uniqueRedirectPath(std::string_view issuer) {
    std::string path = "/";
    path.append(hex(sha256(issuer).substr(0, issuerPathBytes)))
        .append("/")
        .append(randomToken(randomPathBytes));
    return path;
}

} // namespace keybearer
