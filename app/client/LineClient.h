#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"
#include "broker/protocol/MessageFramer.h"
#include "broker/protocol/Methods.h"

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

namespace keybearer {

// What next() came back with.
struct Arrival {
    enum class Kind { Answer, Event, Watched, TimedOut };
    Kind kind = Kind::TimedOut;
    std::int64_t id = 0; // Answer: what post() returned
    Result<Json> body;   // Answer: the result or the refusal; Event: the params
    int descriptor = -1; // Watched: which one has something to read
};

// A blocking client of the broker's socket without Qt: JSON-RPC 2.0, a line a message, every wait with a
// deadline. One thread; the owner holds a unique_ptr, destruction closes the connection and wipes what was
// received. hello goes out in one write with the first request, and its refusal becomes that request's error.
// Never connects to a socket in a directory that is not ours alone to write, nor talks to a process of
// another user (somebody may have taken the name before the broker did). Does not start the broker: that is
// BrokerLauncher.
class LineClient {
public:
    using Milliseconds = std::chrono::milliseconds;
    using EventSink = std::function<void(const Json& params)>;

    // BrokerUnreachable if there is no connection; its detail "absent" is true when nobody listens there,
    // which starting the broker cures.
    [[nodiscard]] static Result<std::unique_ptr<LineClient>>
    connect(const std::filesystem::path& socket, const HelloParams& hello, Milliseconds timeout);
    // A broker that hands over to a successor says so before it closes the connection: what it has not
    // answered it has not read, and is asked again on a new connection, once, without the caller's doing.
    // Only for connections of connect().
    //
    // Takes over a connected stream socket; the peer is trusted. Whether it blocks does not matter: it may be
    // shared with programs that need it one way or the other.
    LineClient(int descriptor, const HelloParams& hello);
    // A connection that was handed over already greeted, and on which others may have asked before: a copy of
    // `descriptor`, which stays open. Answers to their requests are passed over.
    [[nodiscard]] static Result<std::unique_ptr<LineClient>> adopt(int descriptor, const HelloParams& hello);
    ~LineClient();
    LineClient(const LineClient&) = delete;
    LineClient& operator=(const LineClient&) = delete;

    // One request and its answer; events that come meanwhile go to the sink or wait for nextEvent().
    [[nodiscard]] Result<Json> call(std::string_view method, const Json& params, Milliseconds timeout);

    // The same in two steps, so that several requests can leave in one write. Nothing is sent before the next
    // wait.
    std::int64_t post(std::string_view method, const Json& params);
    // The second form takes params as JSON text.
    std::int64_t postText(std::string_view method, std::string_view params);
    [[nodiscard]] Result<Json> answer(std::int64_t id, Milliseconds timeout);
    // The result as the text it came as, not looked at. May hold a secret: the caller wipes it.
    [[nodiscard]] Result<std::string> answerText(std::int64_t id, Milliseconds timeout);

    // The next answer or event, or the first of the watched descriptors that can be read. Fails when the
    // connection is over.
    [[nodiscard]] Result<Arrival> next(Milliseconds timeout, std::span<const int> watched = {});

    // The params of the next event; nothing if none came in time.
    [[nodiscard]] Result<std::optional<Json>> nextEvent(Milliseconds timeout);
    void onEvent(EventSink sink) { sink_ = std::move(sink); }

    // To wait for in another poll(); stays this client's.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    // Gives the connection away, to be closed by whoever has it now; nothing may be under way on it.
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

    // Empty until the answer to hello has come.
    [[nodiscard]] std::string serverVersion() const;

private:
    // A message as it came: the text of a result, a refusal, or an event.
    struct Message {
        Arrival::Kind kind = Arrival::Kind::TimedOut;
        std::int64_t id = 0;
        Result<std::string> text;
        Json event;
        int descriptor = -1;
    };
    using Deadline = std::chrono::steady_clock::time_point;

    [[nodiscard]] Result<Message> arrive(Deadline deadline, std::span<const int> watched);
    [[nodiscard]] Result<void> receive();
    [[nodiscard]] bool mayAskAgain() const;
    [[nodiscard]] Result<void> askAgain(Deadline deadline);
    [[nodiscard]] Result<std::optional<Message>> takeMessage();
    [[nodiscard]] Result<std::optional<Message>> takeLine(std::string_view line);
    [[nodiscard]] Result<std::optional<Message>> takeAnswer(std::int64_t id, Result<std::string> text);
    void keepEvent(Json event);

    // In unix/ and windows/. wait: the descriptor that can be read, -1 at the deadline; also ends when there
    // is room to write again. fetch: how many bytes came into the inbox.
    [[nodiscard]] Result<int> wait(Deadline deadline, std::span<const int> watched);
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<std::size_t> fetch();

    LineClient(int descriptor, const HelloParams& hello, std::int64_t firstId);

    // What was sent and not answered, as it was sent.
    struct Line {
        std::int64_t id;
        std::string text;
    };
    static void appendRequest(std::string& out, std::int64_t id, std::string_view method,
                              std::string_view params);
    void send(std::int64_t id, std::string_view method, std::string_view params);
    void forget(std::int64_t id);

    int descriptor_;
    std::int64_t helloId_;
    bool shared_;
    std::filesystem::path socket_; // empty: nowhere to connect to again
    bool goodbye_ = false;         // the broker goes, and a successor comes
    int handOvers_ = 0;
    std::string hello_;
    std::deque<Line> sent_;
    std::string outbox_;
    std::string inbox_;
    std::optional<MessageFramer> framer_;
    std::int64_t lastId_ = 0;
    std::set<std::int64_t> open_; // asked and not answered
    std::map<std::int64_t, Result<std::string>> answered_;
    std::deque<Json> events_;
    EventSink sink_;
    std::string helloResult_;
};

} // namespace keybearer
