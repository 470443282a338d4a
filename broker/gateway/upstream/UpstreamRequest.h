#pragma once

#include "broker/gateway/upstream/Authorizer.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace keybearer {

// One HTTP request as the pool sends it.
struct UpstreamRequest {
    std::string method = "POST";
    std::string url;                                      // https, or http towards this machine
    std::shared_ptr<const std::vector<HttpField>> common; // the same each time it is sent; null: none
    std::vector<HttpField> fields;                        // behind those: what authorizes it
    std::shared_ptr<const std::string> body;              // null: none
    std::chrono::milliseconds headTimeout{30'000};
    std::string proxy;   // empty: the environment's
    std::string noProxy; // empty: the environment's
    std::string caFile;  // PEM, beside the system's; empty: none
    // True: where a kept connection turns out to be dead, it may go out again on a new one. Never for what
    // does something at the server, which may have read it before the connection died.
    bool repeatable = false;
    // The body comes while it is sent, by UpstreamCall::feed(); `body` is what there is of it already. Never
    // repeatable.
    bool streamed = false;
    std::optional<std::uint64_t> length; // of the whole streamed body; absent: chunked
    // Between a client and a server that know each other (the HTTP door): the answer's body is told as it
    // came, compressed or not, nothing is added to the fields, and a body may be as slow as its client.
    bool verbatim = false;
};

// The head of an answer; what came before it with a status of 1xx is not told.
struct UpstreamHead {
    int status = 0;
    std::vector<HttpField> fields; // names in lower case

    // The first field of that name (lower case); empty if there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    // Content-Type without parameters, in lower case.
    [[nodiscard]] std::string mediaType() const;
};

// How a request ended.
struct UpstreamEnd {
    std::optional<Error> error; // none: the answer is complete
    bool notAccepted = false;   // the server did not accept the connection, and has seen nothing
    bool timedOut = false;      // it said nothing for as long as it had
};

// Receives the answer to one request, in this order, from the event loop, never from inside start(). May
// destroy the transfer from inside any of these.
class UpstreamListener {
public:
    virtual ~UpstreamListener() = default;
    virtual void onHead(const UpstreamHead& head) = 0;
    // False: nothing more until resume(). What is waiting then is bounded; the server has to stop.
    [[nodiscard]] virtual bool onBody(std::string_view bytes) = 0;
    virtual void onEnd(UpstreamEnd end) = 0;
    // unsentBytes() has fallen.
    virtual void onSent() {}
};

// One request on its way. Destroying it takes the request back: the stream is closed, nothing more is told.
class UpstreamCall {
public:
    virtual ~UpstreamCall() = default;
    // After a false of onBody(). What waits is told from the event loop, not from inside this call.
    virtual void resume() = 0;
    // How much of the request's body has not gone to the network.
    [[nodiscard]] virtual std::size_t unsentBytes() const = 0;
    // More of a streamed body, and its end. Ignored once the call has ended. The caller looks at
    // unsentBytes() and waits for onSent(): nothing else bounds what gathers here.
    virtual void feed(std::string_view bytes) = 0;
    virtual void feedEnd() = 0;
};

// What starts requests: a pool of connections. Event loop thread; outlives the calls it gave out.
class UpstreamStarter {
public:
    virtual ~UpstreamStarter() = default;
    [[nodiscard]] virtual boost::asio::io_context& loop() const = 0;
    [[nodiscard]] virtual std::unique_ptr<UpstreamCall> call(UpstreamRequest request,
                                                             UpstreamListener& listener) = 0;
};

} // namespace keybearer
