#pragma once

#include "broker/base/Result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The two families of MCP revisions.
enum class Era {
    Legacy, // up to 2025-11-25: initialize, Mcp-Session-Id, requests of the server on its streams
    Modern, // 2026-07-28: server/discover, _meta in every request, InputRequiredResult
};

// One message on its way to a server.
struct ClientMessage {
    enum class Kind { Request, Notification, Response };
    Kind kind = Kind::Notification;
    std::string text;            // JSON, without LF
    std::string id;              // as JSON text; of a request or a response
    std::string method;          // of a request or a notification
    std::string name;            // params.name or params.uri of the methods that have Mcp-Name, as plain text
    std::string protocolVersion; // MCP-Protocol-Version; empty: none is sent
    std::vector<std::pair<std::string, std::string>>
        parameters; // Mcp-Param-{first}: second, encoded as they are sent
};

// Why a server's answer never came.
struct ServerFailure {
    Error error;      // ready for the client
    int status = 0;   // of the HTTP answer; 0: there was none
    std::string body; // of a refusal (at most 64 KiB): era detection looks into it
};

// Receives what a server says. May destroy the connection from inside any of these.
class ServerListener {
public:
    virtual ~ServerListener() = default;
    // A message of the server, in the order of its stream. `requestId`: JSON text of the request on whose
    // stream it came, empty for a stream of its own. Without LF and CR, and otherwise as it came: nobody has
    // checked that it is JSON. False: do not read on until resume() (back-pressure).
    [[nodiscard]] virtual bool onServerMessage(std::string_view text, const std::string& requestId) = 0;
    // No answer will come to this request. A refusal whose body is an answer to it comes this way too.
    virtual void onRequestFailed(const std::string& requestId, ServerFailure failure) = 0;
    // A notification or response could not be delivered; `failure.status` 404 of a legacy session: it is
    // dead.
    virtual void onDeliveryFailed(const ClientMessage& message, ServerFailure failure) = 0;
    // unsentBytes() has fallen: the client may be read again.
    virtual void onSent() {}
};

// One conversation with one MCP server over HTTP, in one era and one transport of it. Takes messages one
// after the other and delivers each once: nothing is lost or sent twice unless the transport's own rules say
// so (resumption, authorization). Owned by the exchange; destroying it closes every stream. Event loop
// thread.
class ServerConnection {
public:
    virtual ~ServerConnection() = default;
    virtual void send(ClientMessage message) = 0;
    // The client no longer wants the answer. Modern: closes the stream, which is the cancel. Legacy: forgets
    // it; the notification itself goes through send().
    virtual void cancel(const std::string& requestId) = 0;
    // After a false of onServerMessage().
    virtual void resume() = 0;
    // How much of what was sent waits for the network; above a bound the exchange stops reading its client.
    [[nodiscard]] virtual std::size_t unsentBytes() const = 0;
    [[nodiscard]] virtual Era era() const = 0;
    // Ends the session at the server (legacy: DELETE) as far as that goes within a second, then `done`.
    virtual void close(Completion<void> done) = 0;
};

} // namespace keybearer
