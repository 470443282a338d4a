#pragma once

#include "broker/protocol/MessageFramer.h"
#include "broker/rpc/WipedBuffer.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace keybearer {

// Our end of the socketpair to the gateway: lines in, lines out, never waiting. What goes out may hold access
// tokens, so its memory is wiped. Owned by the GatewayProcess; event loop thread.
class GatewayLink : public QObject {
    Q_OBJECT
public:
    // Takes over the descriptor, which must not block.
    explicit GatewayLink(int descriptor);
    ~GatewayLink() override;

    // Without the LF, which is added.
    void send(std::string_view line);

Q_SIGNALS:
    void received(const std::string& line);
    // Over: the other end has closed, does not read, or sent a line that is too long. `why` in words. Nothing
    // follows.
    void broken(const std::string& why);

private:
    void onReadable();
    void onWritable();
    void breakOff(const std::string& why);

    int descriptor_;
    MessageFramer framer_;
    WipedBuffer outbox_;
    QSocketNotifier readable_;
    QSocketNotifier writable_;
    bool over_ = false;
};

} // namespace keybearer
