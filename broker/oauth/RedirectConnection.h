#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

class QTcpSocket;

namespace keybearer {

// One connection to the redirect address: collects a head that may come in any number of pieces, answers
// once, goes. Made and owned by RedirectListener; event loop thread; deletes itself when the connection is
// over.
class RedirectConnection final : public QObject {
    Q_OBJECT

public:
    // Gets the whole head, or an empty one when it grew too large, and returns the whole response. Called at
    // most once.
    using Responder = std::function<std::string(std::string_view head)>;

    // Takes the socket. A head that is not whole within `headDeadline` ends the connection.
    RedirectConnection(QTcpSocket* socket, Responder responder, std::chrono::milliseconds headDeadline,
                       QObject* parent);
    Q_DISABLE_COPY_MOVE(RedirectConnection)

private:
    void onReadyRead();
    void respond(std::string_view head);

    QTcpSocket* socket_; // child
    Responder responder_;
    std::string received_;
    QTimer deadline_;
    std::size_t discarded_ = 0;
};

} // namespace keybearer
