#include "broker/oauth/RedirectConnection.h"

#include "broker/base/Secret.h"
#include "broker/oauth/RedirectRequest.h"

#include <QTcpSocket>

namespace keybearer {

namespace {

// After the answer: time for the browser to finish sending what it began, so that it reads the page instead
// of a reset connection.
constexpr std::chrono::milliseconds lingerDeadline{250};
constexpr std::size_t discardLimit = std::size_t{1} << 20;

} // namespace

RedirectConnection::RedirectConnection(QTcpSocket* socket, Responder responder,
                                       std::chrono::milliseconds headDeadline, QObject* parent)
    : QObject(parent), socket_(socket), responder_(std::move(responder)) {
    socket_->setParent(this);
    socket_->setReadBufferSize(static_cast<qint64>(redirectHeadLimit));
    connect(socket_, &QTcpSocket::readyRead, this, &RedirectConnection::onReadyRead);
    connect(socket_, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, &QObject::deleteLater);
    deadline_.start(headDeadline);
}

void RedirectConnection::onReadyRead() {
    if (!responder_) {
        discarded_ += static_cast<std::size_t>(socket_->readAll().size());
        if (discarded_ > discardLimit)
            deleteLater();
        return;
    }
    const QByteArray piece = socket_->readAll();
    received_.append(piece.constData(), static_cast<std::size_t>(piece.size()));
    const std::optional<std::size_t> end = redirectHeadEnd(received_);
    if (end && *end <= redirectHeadLimit)
        respond(std::string_view(received_).substr(0, *end));
    else if (received_.size() > redirectHeadLimit)
        respond({});
}

void RedirectConnection::respond(std::string_view head) {
    const bool nothingFollows = !head.empty() && head.size() == received_.size();
    const Responder responder = std::exchange(responder_, nullptr);
    std::string response = responder(head);
    if (head.starts_with("HEAD "))
        response.resize(response.find("\r\n\r\n") + 4); // RFC 9110 section 9.3.2: no content
    wipe(received_);                                    // held an authorization code, perhaps
    socket_->write(response.data(), static_cast<qint64>(response.size()));
    socket_->flush(); // the flow may be gone before the event loop would write
    deadline_.start(lingerDeadline);
    if (nothingFollows)
        socket_->disconnectFromHost();
}

} // namespace keybearer
