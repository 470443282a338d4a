#pragma once

#include "broker/gateway/ToolGate.h"
#include "broker/gateway/door/ServedRequest.h"
#include "broker/gateway/upstream/SseReader.h"

#include <deque>
#include <functional>
#include <memory>

namespace keybearer {

class MessageReader;

// A request of the HTTP door to a service whose tools are held against those that were approved (`pins`),
// between the door and whoever answers it. Warn: everything passes as it is, and a copy of a tools/list
// answer is looked at. Hold: a call of a hidden tool is refused (403); the answer to tools/list is gathered
// and goes on without what is hidden; a list of tools that comes in any other answer ends it, since a client
// may take it for the one that it waits for. What is gathered is bounded; more is refused (502), as is what
// cannot be looked at. Asks the server for answers that are not compressed. Owned by its Answerer; event loop
// thread.
class ScreenedRequest final : public ServedRequest {
public:
    static constexpr std::size_t longestAnswer = 8U << 20;
    static constexpr std::size_t longestQuestion = 16U << 20; // of Hold

    ScreenedRequest(ServedRequest& served, const ExchangeTerms& terms, ToolGate& gate, MessageReader& reader);
    ~ScreenedRequest() override;
    ScreenedRequest(const ScreenedRequest&) = delete;
    ScreenedRequest& operator=(const ScreenedRequest&) = delete;

    // Before anything else: `pass` is called once, from inside or later, when the request may go on; not at
    // all if it was refused.
    void screen(std::function<void()> pass);

    [[nodiscard]] const RequestHead& head() const override { return head_; }
    void readBody(std::function<void(Result<std::string_view>)> done) override;
    void begin(AnswerHead head) override;
    [[nodiscard]] bool write(std::string_view bytes) override;
    void end() override;
    void abort() override;
    void recognised() override { served_.recognised(); }

private:
    enum class Way {
        Pass,   // unseen
        Copy,   // and a copy is looked at
        Gather, // nothing goes on before all of it was looked at
        Events, // event by event, looked at before it goes on
        Over    // refused; what still comes goes nowhere
    };
    // One event of a gathered stream, as it came and as it goes on.
    struct Event {
        std::string lines; // all but data, each with its end
        std::string data;
        bool hasData = false;
    };
    void gatherBody();
    void gathered();
    void noteRequest(std::string_view body);
    [[nodiscard]] Way wayOf(const AnswerHead& head) const;
    void fail(const char* why);
    void look(const std::string& message);
    void lookAtCopy();
    void screenWhole();
    void screenEvents();
    void nextEvent(std::size_t at);
    void send();

    ServedRequest& served_;
    const ExchangeTerms terms_;
    ToolGate& gate_;
    MessageReader& reader_;
    RequestHead head_;
    std::function<void()> pass_;
    std::string body_; // of the request; of Warn its beginning alone
    std::size_t given_ = 0;
    bool whole_ = false; // the body is here
    bool list_ = false;  // the request is a tools/list
    std::string cursor_;
    Way way_ = Way::Pass;
    bool stream_ = false; // the answer is an event stream
    AnswerHead answer_;
    std::string text_;
    SseReader reading_;
    std::deque<Event> events_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
