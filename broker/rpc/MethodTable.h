#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Json.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace keybearer {

// An answer that may be given again to the very same request bytes (but for the id) on the same connection,
// without parsing, for as long as it is valid: the warm path of token.get.
class WarmAnswer {
public:
    virtual ~WarmAnswer() = default;
    // Asked before each further use. True: still valid, and its audit row has been staged; the answer leaves
    // once the batch's audit rows are written. False: forget it and take the long way.
    [[nodiscard]] virtual bool release() = 0;
    // JSON text of `result`. Stays alive as long as this object.
    [[nodiscard]] virtual std::string_view resultJson() const = 0;
};

// The one answer to one request. Copyable handle; calling one of the functions a second time does nothing,
// and it is fine if the connection is gone by then. Event loop thread, at once or any time later.
class Reply {
public:
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void result(std::string_view json) = 0;
        virtual void error(const Error& error) = 0;
        virtual void warm(std::shared_ptr<WarmAnswer> answer) = 0;
    };
    explicit Reply(std::shared_ptr<Sink> sink) : sink_(std::move(sink)) {}
    void result(const Json& value) const {
        std::string text = dumpJson(value);
        sink_->result(text);
        wipe(text); // it may hold a token
    }
    void resultText(std::string_view json) const { sink_->result(json); }
    void error(const Error& error) const { sink_->error(error); }
    // Sends answer->resultJson() now (its first audit row is already written) and remembers it for next time.
    void warm(std::shared_ptr<WarmAnswer> answer) const { sink_->warm(std::move(answer)); }

private:
    std::shared_ptr<Sink> sink_;
};

// What a method may know of who calls it.
struct CallContext {
    std::uint64_t connection = 0; // unique for the life of the daemon
    const Caller& caller;
};

using Method = std::function<void(const CallContext&, const Json& params, Reply reply)>;

// Method families register here; the dispatcher looks up.
class MethodTable {
public:
    virtual ~MethodTable() = default;
    virtual void add(std::string name, Method method) = 0;
};

// Who a connection speaks for may change once, from a program that opened it to the one that it is handed to.
// Owned by the server; not from inside a reply.
class ConnectionDesk {
public:
    virtual ~ConnectionDesk() = default;
    // From now on the connection speaks for this caller alone: what it subscribed to and what was prepared
    // for it is forgotten. False if it is gone.
    virtual bool become(std::uint64_t connection, Caller caller) = 0;
    // Closes it at once, wherever copies of the client's end are held.
    virtual void end(std::uint64_t connection) = 0;
};

// Notifications to whoever subscribed (events.subscribe). Owned by the server.
class EventPublisher {
public:
    virtual ~EventPublisher() = default;
    virtual void publish(std::string_view topic, Json event) = 0; // adds "topic" to the object
    // How many live connections listen to the topic and could put a question to a person, and answer it.
    [[nodiscard]] virtual std::size_t listeners(std::string_view topic) const = 0;
};

} // namespace keybearer
