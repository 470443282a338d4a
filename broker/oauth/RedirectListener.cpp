#include "broker/oauth/RedirectListener.h"

#include "broker/base/Random.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/RedirectConnection.h"
#include "broker/oauth/RedirectRequest.h"

#include <QTcpSocket>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostConnections =
    16; // a browser uses two; the rest is room for pages that try their luck
constexpr std::size_t randomPathBytes = 16;
constexpr std::size_t issuerPathBytes = 6;

} // namespace

RedirectListener::RedirectListener(std::string path, Judge judge, std::chrono::milliseconds deadline)
    : path_(std::move(path)), judge_(std::move(judge)), deadline_(deadline) {
    connect(&server_, &QTcpServer::newConnection, this, &RedirectListener::onNewConnection);
}

Result<void> RedirectListener::listen() {
    if (!server_.listen(QHostAddress::LocalHost, 0))
        return failure(ErrorCode::InternalError,
                       "The redirect address cannot be opened: " + server_.errorString().toStdString());
    authority_ = "127.0.0.1:" + std::to_string(server_.serverPort());
    return {};
}

void RedirectListener::close() {
    server_.close();
}

std::string RedirectListener::redirectUri() const {
    return "http://" + authority_ + path_;
}

void RedirectListener::onNewConnection() {
    while (QTcpSocket* socket = server_.nextPendingConnection()) {
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
    if (request->path != path_)
        return redirectResponse(RedirectPage::Neutral, 404);
    if (request->method != "GET")
        return redirectResponse(RedirectPage::Neutral, 405);
    const auto parameters = decodeForm(request->query);
    const RedirectPage page = parameters ? judge_(*parameters) : RedirectPage::Neutral;
    if (page == RedirectPage::Neutral)
        return redirectResponse(page, 400);
    close();
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
