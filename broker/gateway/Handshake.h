#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/MessageReader.h"
#include "broker/gateway/ServerMemory.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// How the client opened the conversation, as far as a server has to hear of it.
struct ClientOpening {
    Era era = Era::Legacy;
    std::string id;           // of its initialize or server/discover, JSON text; empty: it sent none
    std::string text;         // that message
    std::string version;      // the revision it asked for
    std::string capabilities; // raw JSON object
    std::string info;         // raw JSON object: name and version
    bool elicitsUrl = false;  // a legacy client shows addresses: elicitation.url, since 2025-11-25
};

// Finds out the era of a server and opens the conversation with it (versioning, "era detection"): the
// client's era first, then what a refusal points to. The era goes into the ServerMemory. A refusal of
// authorization, a server error or no answer say nothing of the era and end it. Owned by the exchange, which
// hands over what the server says to messages of the handshake; `done` is its last act and may destroy it.
class Handshake {
public:
    struct Outcome {
        std::unique_ptr<ServerConnection> connection;
        std::string answer;  // the server's message, whole
        std::string id;      // of the request that it answers
        std::string version; // negotiated
        JsonMembers result;  // of the answer
    };
    using Done = std::function<void(Outcome outcome, std::optional<ServerFailure> failure)>;
    using Connect = std::function<std::unique_ptr<ServerConnection>(ServerTransport)>;

    // The opening outlives it.
    Handshake(const ClientOpening& opening, std::shared_ptr<ServerMemory::Server> memory, Connect connect,
              Done done);
    void start();

    [[nodiscard]] bool owns(const std::string& requestId) const { return requestId == id_; }
    // The answer to its request.
    void answered(const MessageView& view, std::string_view text);
    void failed(ServerFailure failure);

private:
    void attempt(ServerTransport transport);
    void next(Era asked, const ServerFailure& failure);
    void giveUp(ServerFailure failure);
    [[nodiscard]] ClientMessage legacyMessage() const;
    [[nodiscard]] ClientMessage modernMessage() const;
    [[nodiscard]] bool tried(ServerTransport transport) const;

    const ClientOpening& opening_;
    std::shared_ptr<ServerMemory::Server> memory_;
    Connect connect_;
    Done done_;
    std::unique_ptr<ServerConnection> connection_;
    std::vector<ServerTransport> tried_;
    std::optional<ServerFailure> first_;
    std::string id_;
};

// params._meta of a request to a modern server in the name of a client.
[[nodiscard]] JsonMembers modernMeta(const ClientOpening& opening);

} // namespace keybearer
