#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/EventTimers.h"
#include "broker/protocol/MessageFramer.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <array>
#include <deque>
#include <map>
#include <vector>

namespace keybearer {

// The core link (docs/gateway.md): JSON-RPC 2.0 over the socketpair to the broker, one object a line, answers
// in any order. Owned by the GatewayRoom; event loop thread. What the broker sends is trusted to be the
// broker's, and still bounded and parsed strictly; a line that is no message ends the link, and the link's
// end ends the process. Descriptors come with the first byte of the line that names how many of them are its
// own (docs/gateway-http.md). Never logs what it carries: there are tokens in it.
class CoreLink : public CorePort {
public:
    using Notified = std::function<void(const std::string& method, const Json& params,
                                        std::vector<OwnedDescriptor> descriptors)>;

    // Takes the descriptor.
    CoreLink(boost::asio::io_context& loop, EventTimers& timers, int descriptor);
    ~CoreLink() override;
    CoreLink(const CoreLink&) = delete;
    CoreLink& operator=(const CoreLink&) = delete;

    // `ended` is called once, when the broker is gone; all open requests have failed then.
    void start(Notified notified, std::function<void()> ended);
    void request(const std::string& method, Json params, std::chrono::milliseconds patience,
                 Completion<Json> done) override;
    void requestDescribed(const std::string& method, Json params, std::chrono::milliseconds patience,
                          Described done) override;
    void notify(const std::string& method, Json params) override;
    void catchUp() override;

private:
    struct Open {
        Described done;
        std::unique_ptr<EventTimer> deadline;
    };
    void read();
    [[nodiscard]] bool receive();
    void take(std::string_view bytes);
    [[nodiscard]] bool message(std::string_view line);
    [[nodiscard]] bool takeDescriptors(const Json& carrier, std::vector<OwnedDescriptor>& out);
    void answer(std::int64_t id, Result<Json> result, std::vector<OwnedDescriptor> descriptors = {});
    void write(std::string line);
    void pump();
    void end();

    EventTimers& timers_;
    boost::asio::local::stream_protocol::socket socket_;
    MessageFramer framer_;
    std::array<char, 16 * 1024> input_{};
    std::deque<OwnedDescriptor> descriptors_; // came, and no message has named them yet
    std::string waiting_;                     // to be written next
    std::string writing_;
    std::map<std::int64_t, Open> open_;
    std::int64_t last_ = 0;
    Notified notified_;
    std::function<void()> ended_;
    bool over_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
