#pragma once

#include "broker/protocol/MessageFramer.h"
#include "broker/rpc/WipedBuffer.h"

#include <QObject>
#include <QSocketNotifier>

#include <deque>
#include <memory>
#include <vector>

namespace keybearer {

// Our end of the socketpair to the gateway: lines in, lines out, never waiting. What goes out may hold access
// tokens, so its memory is wiped. Some lines carry descriptors (SCM_RIGHTS), which travel with their first
// byte; nothing that comes in may carry any. Owned by the GatewayProcess; event loop thread.
class GatewayLink : public QObject {
    Q_OBJECT
public:
    // Takes over the descriptor, which must not block.
    explicit GatewayLink(int descriptor);
    ~GatewayLink() override;

    static constexpr std::size_t mostDescriptors = 8; // of one line

    // Without the LF, which is added.
    void send(std::string_view line);
    // The same with copies of descriptors, which the line must announce ("descriptors": how many). The caller
    // keeps its own. Without any: as above.
    void send(std::string_view line, const std::vector<int>& descriptors);

Q_SIGNALS:
    void received(const std::string& line);
    // Over: the other end has closed, does not read, or sent a line that is too long. `why` in words. Nothing
    // follows.
    void broken(const std::string& why);

private:
    void onReadable();
    void onWritable();
    void breakOff(const std::string& why);
    struct Parcel {
        std::uint64_t at = 0; // how many bytes go before it
        std::vector<int> copies;
    };
    [[nodiscard]] std::int64_t write(std::string_view text);
    void drop(Parcel& parcel);

    int descriptor_;
    MessageFramer framer_;
    WipedBuffer outbox_;
    QSocketNotifier readable_;
    QSocketNotifier writable_;
    std::deque<Parcel> parcels_;
    std::uint64_t sent_ = 0; // bytes, since the beginning
    bool over_ = false;
};

} // namespace keybearer
