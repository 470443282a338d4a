#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/door/AnswerText.h"
#include "broker/gateway/door/DoorCounts.h"
#include "broker/gateway/door/OutgoingBytes.h"
#include "broker/gateway/door/RequestReader.h"
#include "broker/gateway/door/Threshold.h"

#include <vector>

namespace keybearer {

// One connection of a client: its requests one after the other, each checked, given to its route and answered
// before the next is looked at. Reads ahead a little, so that it notices when the client goes away. Owned by
// the HttpDoor; event loop thread. Never logs what it carries.
class HttpConnection : private ServedRequest {
public:
    using Socket = OutgoingBytes::Socket;
    struct Parts {
        boost::asio::io_context& loop;
        EventTimers& timers;
        CorePort& core;
        const RouteTable& routes;
        const DoorTerms& terms;
        DoorCounts& counts;
        AnswerText& text;
        std::vector<char>& scratch; // of all connections: used only inside one step
    };
    // `gone` is called once, later from the event loop, and may destroy the connection.
    HttpConnection(const Parts& parts, Socket socket, std::shared_ptr<const Entrance> entrance,
                   std::int64_t peerPid, std::function<void()> gone);
    ~HttpConnection() override;
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    void start();
    // Looks at the clock; once a second is enough.
    void tick();
    // No request after the one that is under way.
    void retire();
    [[nodiscard]] bool isRetired() const { return retiring_; }
    // Ends at once, whatever is under way.
    void drop();

    [[nodiscard]] const Entrance& entrance() const { return *entrance_; }
    [[nodiscard]] bool isStranger() const { return !recognised_ && state_ != State::Over; }
    // Since when it waits for its client, whatever trickles in meanwhile; nothing while the client waits for
    // us.
    [[nodiscard]] std::optional<EventTimers::Instant> idleSince() const;
    // Since when a request is under way; nothing: none is.
    [[nodiscard]] std::optional<EventTimers::Instant> servingSince() const;

private:
    enum class State { Head, Serving, Ending, Lingering, Over };

    [[nodiscard]] const RequestHead& head() const override { return head_; }
    void readBody(std::function<void(Result<std::string_view>)> done) override;
    void begin(AnswerHead head) override;
    [[nodiscard]] bool write(std::string_view bytes) override;
    void end() override;
    void abort() override;
    void recognised() override { recognised_ = true; }

    void read();
    void takeIn();
    void advance();
    void takeHead();
    void serve(const std::string& target);
    void offerBody();
    [[nodiscard]] bool offerPiece();
    void tellBody(Result<std::string_view> piece);
    void breakBody(const Refusal& refusal);
    void refuse(const Refusal& refusal, std::vector<HttpField> fields = {});
    void moved();
    void finish();
    void settle();
    [[nodiscard]] bool skipBody();
    void next();
    void linger();
    void lost();
    void later(void (HttpConnection::*step)());

    Parts parts_;
    Socket socket_;
    std::shared_ptr<const Entrance> entrance_;
    std::int64_t peerPid_;
    std::function<void()> gone_;
    OutgoingBytes out_;
    RequestReader reader_;
    State state_ = State::Head;
    std::string in_;       // arrived, not yet understood
    std::size_t seen_ = 0; // of it, looked at for the end of a head
    bool reading_ = false;
    bool inputOver_ = false; // the client says nothing more, and may still listen
    bool retiring_ = false;
    bool recognised_ = false;
    EventTimers::Instant since_;     // the state began, or the last byte of a body came
    EventTimers::Instant headBegan_; // its first byte came
    EventTimers::Instant served_;    // the request under way was taken

    // The request under way.
    RequestHead head_;
    const RouteRules* rules_ = nullptr;
    std::string listedOrigin_;
    std::unique_ptr<Answerer> answerer_;
    std::function<void(Result<std::string_view>)> bodyDone_;
    bool offering_ = false; // whoever asks for the body now is told of it as soon as what runs has returned
    std::string piece_;
    std::uint64_t bodyBytes_ = 0;
    bool expects_ = false; // the client waits for "100 Continue"
    bool begun_ = false;
    bool ended_ = false; // or aborted
    bool closing_ = false;
    bool silent_ = false; // the answer has no body
    bool chunks_ = false;
    std::uint64_t owed_ = 0; // of a sized answer
    bool full_ = false;
    std::size_t skipped_ = 0; // read and dropped behind an answer
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
