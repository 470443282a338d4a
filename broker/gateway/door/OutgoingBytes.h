#pragma once

#include "broker/gateway/EventTimers.h"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace keybearer {

// What a connection has to send, in order. What is appended leaves when whoever runs has returned to the
// event loop, in as few packets as it fits; a large piece at once, without being copied. Owned by the
// HttpConnection; event loop thread.
class OutgoingBytes {
public:
    using Socket = boost::asio::generic::stream_protocol::socket;
    struct Events {
        std::function<void()> moved;  // bytes have left; pending() tells how many have not
        std::function<void()> failed; // once: the client takes nothing any more
    };
    // Calls both later from the event loop, `failed` at most once. The socket outlives this.
    OutgoingBytes(boost::asio::io_context& loop, EventTimers& timers, Socket& socket, Events events);
    ~OutgoingBytes();
    OutgoingBytes(const OutgoingBytes&) = delete;
    OutgoingBytes& operator=(const OutgoingBytes&) = delete;

    void append(std::string_view bytes);
    // The same for something between two others: a chunk and its frame.
    void append(std::string_view before, std::string_view bytes, std::string_view behind);

    // True: what waits is sent in the next turn of the loop, and `moved` is called behind that.
    [[nodiscard]] bool isAboutToMove() const { return scheduled_ && !awaiting_ && !failed_; }

    [[nodiscard]] std::size_t pending() const { return waiting_.size() - sent_; }
    // When bytes last left, or began to wait.
    [[nodiscard]] EventTimers::Instant lastMoved() const { return lastMoved_; }

private:
    void schedule();
    void flush();
    void await();
    [[nodiscard]] std::size_t sendNow(std::string_view before, std::string_view bytes,
                                      std::string_view behind);
    void fail();

    boost::asio::io_context& loop_;
    EventTimers& timers_;
    Socket& socket_;
    Events events_;
    std::string waiting_;
    std::size_t sent_ = 0; // of what is waiting
    bool scheduled_ = false;
    bool awaiting_ = false;
    bool failed_ = false;
    EventTimers::Instant lastMoved_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
