#pragma once

#include "broker/gateway/AuthorizationAnswer.h"
#include "broker/gateway/EventTimers.h"
#include "broker/gateway/Handshake.h"

#include <memory>
#include <string>

namespace keybearer {

// A request that went to the server and has no answer yet.
struct OpenRequest {
    AskedRequest asked;      // as the client sent it
    ClientMessage sent;      // as the server got it; its text is kept only where it may have to be repeated
    std::string retryKey;    // what a repetition of the same request by the client looks like
    bool repeated = false;   // in a new session, after the old one had died
    std::string cursor;      // of tools/list
    unsigned generation = 0; // of the connection that it went over
};

// What a conversation may ask of its exchange.
class ConversationDesk {
public:
    virtual ~ConversationDesk() = default;
    virtual void toClient(std::string line) = 0;
    // A notification or a response.
    virtual void toServer(ClientMessage message) = 0;
    // A request; its id has to be free at the server.
    virtual void ask(OpenRequest request) = 0;
    // Nobody wants the answer any more. False: there is no such request.
    virtual bool forget(const std::string& serverId) = 0;
    [[nodiscard]] virtual const OpenRequest* open(const std::string& serverId) const = 0;
    [[nodiscard]] virtual const ClientOpening& opening() const = 0;
    [[nodiscard]] virtual EventTimers& timers() = 0;
};

// How a client of one era and a server of one era get along, once the conversation is open. Owned by the
// exchange; event loop thread; never waits.
class Conversation {
public:
    virtual ~Conversation() = default;

    // The line that answers the client's own initialize or server/discover.
    [[nodiscard]] virtual std::string openingAnswer(const Handshake::Outcome& outcome) = 0;
    // The client has its answer. `initialized`: its notification of that name has been taken in already.
    virtual void opened(const Handshake::Outcome& outcome, bool initialized) = 0;
    // Anything else that the client sends.
    virtual void fromClient(const MessageView& view, std::string text) = 0;
    // The server's answer to a request; it is open no longer.
    virtual void answered(OpenRequest request, const MessageView& view, std::string_view text) = 0;
    // There will be none. False: the exchange tells the client.
    [[nodiscard]] virtual bool failed(const OpenRequest&, const Error&) { return false; }
    // A notification or a request of the server; `requestId`: on whose stream.
    virtual void said(const MessageView& view, std::string_view text, const std::string& requestId) = 0;
};

// Both are of one era: every byte passes as it is.
[[nodiscard]] std::unique_ptr<Conversation> makePassThrough(ConversationDesk& desk, Era era);
// A client up to 2025-11-25 at a server of 2026-07-28.
[[nodiscard]] std::unique_ptr<Conversation> makeLegacyClientConversation(ConversationDesk& desk);
// A client of 2026-07-28 at a server up to 2025-11-25.
[[nodiscard]] std::unique_ptr<Conversation> makeModernClientConversation(ConversationDesk& desk);

// What every conversation says of a request of the client.
[[nodiscard]] OpenRequest openRequestOf(const MessageView& view, std::string_view text,
                                        const ClientOpening& opening);
// What stays the same when a client sends a request once more: all but _meta and the answers it collected.
[[nodiscard]] std::string retryKeyOf(const MessageView& view, std::string_view text);

} // namespace keybearer
