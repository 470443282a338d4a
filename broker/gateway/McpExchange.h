#pragma once

#include "broker/gateway/ClientPort.h"
#include "broker/gateway/Conversation.h"
#include "broker/gateway/ExchangeAuthorizer.h"
#include "broker/gateway/ServerMemory.h"
#include "broker/gateway/StateSeal.h"
#include "broker/gateway/ToolGate.h"

#include <deque>
#include <map>
#include <set>

namespace keybearer {

// One conversation of one local program with one MCP server (docs/gateway.md). Decides the eras, opens the
// conversation with the server, and lets a Conversation carry the messages; keeps the order of each
// direction, delivers each once, and bounds what waits. The client's first request is answered at once even
// if the server wants a sign-in first: the conversation is then opened by the first call that somebody waits
// for. Owned by the StdioDoor; event loop thread.
class McpExchange : public ServerListener, public ConversationDesk, private ToolGate::Watcher {
public:
    // The references outlive it.
    struct Parts {
        CorePort& core;
        EventTimers& timers;
        ServerConnector& connector;
        ServerMemory& memory;
        const StateSeal& seal;
        ToolGate* tools = nullptr; // null: nobody looks at the tools
    };
    McpExchange(const Parts& parts, ExchangeTerms terms, ClientPort& port);
    ~McpExchange() override;
    McpExchange(const McpExchange&) = delete;
    McpExchange& operator=(const McpExchange&) = delete;

    // After a lost connection; before the first line.
    void resume(std::string_view initializeParams);

    // From the door.
    void onClientLine(std::string line);
    // A line was longer than a message may be; `id` of it, if it was seen.
    void onClientLineTooLong(const std::string& id);
    void onClientDrained();
    // Closes the session at the server; `done` comes within two seconds.
    void close(std::function<void()> done);

    // From the core link.
    [[nodiscard]] const std::string& name() const { return terms_.exchange; }
    void stale() { authorizer_.forget(); }
    // The same client goes on under a new admission: what it asks for from now on, it asks for in this name.
    void moveTo(const std::string& exchange);
    void end(const std::string& message);
    void signedIn(const std::string& signinId, const std::string& state);

    [[nodiscard]] bool onServerMessage(std::string_view text, const std::string& requestId) override;
    void onRequestFailed(const std::string& requestId, ServerFailure failure) override;
    void onDeliveryFailed(const ClientMessage& message, ServerFailure failure) override;
    void onSent() override { reviewInput(); }

    void toClient(std::string line) override;
    void toServer(ClientMessage message) override;
    void ask(OpenRequest request) override;
    bool forget(const std::string& serverId) override;
    [[nodiscard]] const OpenRequest* open(const std::string& serverId) const override;
    [[nodiscard]] const ClientOpening& opening() const override { return opening_; }
    [[nodiscard]] EventTimers& timers() override { return parts_.timers; }

private:
    enum class Phase { Silent, Opening, Waiting, Open, Over };
    struct Held {
        MessageView view;
        std::string text;
    };
    void take(MessageView view, std::string text);
    void takeBatch(std::string_view line);
    void hold(MessageView view, std::string text);
    [[nodiscard]] bool answeredHere(const MessageView& view);
    void begin(ClientOpening opening, bool answered);
    void acknowledge(const MessageView& view, std::string_view text);
    void shake(bool somebodyWaits);
    void shaken(Handshake::Outcome outcome, const std::optional<ServerFailure>& failure);
    void openUp(Handshake::Outcome outcome);
    void standBy(const ServerFailure& failure);
    void answerEarly();
    void failHeld(const ServerFailure& failure);
    void announceChanges(const JsonMembers& result);
    void flush();
    void carry(Held message);
    void carryOn(Held message);
    void screenCall(Held message);
    void screened(const std::string& id, const Result<void>& allowed);
    void screenList(OpenRequest request, const MessageView& view, std::string_view text);
    void deliver(OpenRequest request, const MessageView& view, std::string_view text);
    void onToolsChanged() override;
    void carryAnswered(Held message);
    void takeServerMessage(std::string_view text, const std::string& requestId);
    void giveAnswer(const MessageView& view, std::string_view text);
    void tellFailure(const OpenRequest& request, const ServerFailure& failure);
    [[nodiscard]] bool revive(const std::string& requestId, const ServerFailure& failure);
    void dispatch(OpenRequest request);
    void reviewInput();
    void retireIfDone();

    Parts parts_;
    ExchangeTerms terms_;
    ClientPort& port_;
    ExchangeAuthorizer authorizer_;
    MessageReader fromClient_;
    MessageReader fromServer_;

    Phase phase_ = Phase::Silent;
    ClientOpening opening_;
    bool openingAnswered_ = false;
    bool early_ = false; // the answer was ours, not the server's
    bool initialized_ = false;
    bool loud_ = false; // somebody waits for the handshake
    std::unique_ptr<Handshake> handshake_;
    std::unique_ptr<EventTimer> earlyTimer_;

    std::unique_ptr<ServerConnection> connection_;
    std::unique_ptr<ServerConnection> retired_; // of a dead session, until its requests are answered
    unsigned generation_ = 0;
    std::unique_ptr<Conversation> conversation_;
    std::map<std::string, OpenRequest> open_; // by their id at the server
    std::deque<Held> held_;                   // of the client, until the conversation is open
    std::size_t heldBytes_ = 0;
    std::map<std::string, Held> screened_; // calls whose tools are asked about, by their id
    std::size_t screening_ = 0;            // lists that wait for a verdict
    std::deque<OpenRequest> repeat_;       // in the session that is being opened
    std::map<std::string, JsonMembers>
        listening_;                  // ids of subscriptions that we acknowledged: what they want
    std::set<std::string> elicited_; // sign-ins whose address the client has
    bool blocked_ = false;           // the client does not read
    bool inputHeld_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
