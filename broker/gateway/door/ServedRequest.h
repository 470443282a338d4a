#pragma once

#include "broker/base/Result.h"
#include "broker/gateway/upstream/Authorizer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The head of a request as the HTTP door lets it through: Host, Origin, Sec-Fetch, method, target, framing
// and bounds have been checked (SEC-G-02, -03, -09, -10, -17), hop-by-hop fields are still in it.
struct RequestHead {
    std::string method;                      // GET, HEAD, POST, DELETE: what the route takes
    std::string path;                        // "/linear/mcp", normalised once; no query
    std::string service;                     // "linear", the variable segment of the path; may not exist
    std::string query;                       // without '?'; empty: none
    std::vector<HttpField> fields;           // names in lower case, values as they came, order kept
    std::optional<std::uint64_t> bodyLength; // absent: chunked; no body: 0
    std::string base;         // "http://127.0.0.1:4180", "http://localhost:4180": as the client calls us
    bool overSocket = false;  // gateway.sock, not TCP
    std::int64_t peerPid = 0; // of gateway.sock; 0 where it cannot be known

    // The first field of that name (lower case); empty if there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

// The head of an answer. The door adds Date and Connection, Transfer-Encoding where no length is known, and
// what a listed origin needs to read it; fields of these names are its own and left out here. To HEAD, and
// with 204 and 304, what is written is not sent.
struct AnswerHead {
    int status = 200;
    std::vector<HttpField> fields;
    std::optional<std::uint64_t> bodyLength; // absent: chunked, flushed with every write()
};

// One request and its answer, as the door holds them. Event loop thread. Belongs to the door; lives until the
// answerer that it was given to is destroyed.
class ServedRequest {
public:
    virtual ~ServedRequest() = default;
    [[nodiscard]] virtual const RequestHead& head() const = 0;

    // The next piece of the body, at least one byte and at most 64 KiB; empty: the end. `done` is called
    // later from the event loop; one call at a time. The view is good until the next call. A failure: the
    // body broke a rule or a bound; where nothing has begun when `done` returns, the door says so to the
    // client by itself, and otherwise it breaks off. A client that goes away is no failure: the answerer is
    // destroyed. "Expect: 100-continue" is answered with the first call.
    virtual void readBody(std::function<void(Result<std::string_view>)> done) = 0;

    // The answer: the head once, then its body. False: the client reads more slowly than we write; nothing
    // more until Answerer::onDrained(). No Nagle: what was written leaves at the latest when the caller has
    // returned to the event loop.
    virtual void begin(AnswerHead head) = 0;
    [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
    // Complete. Calls the door back to destroy the answerer, later from the event loop.
    virtual void end() = 0;
    // The answer cannot be completed: the connection is closed so that the client sees it is not whole.
    virtual void abort() = 0;

    // The request brought a token that opens something: its connection is no longer one of the few that
    // strangers share.
    virtual void recognised() = 0;
};

// Whoever answers one request. Owned by the door's connection; destroyed when the answer has ended or the
// client is gone, whatever comes first: destruction is cancellation. Must not touch the request in its
// destructor.
class Answerer {
public:
    virtual ~Answerer() = default;
    virtual void onDrained() {}
};

// Answers everything below one path. Outlives the door.
class Route {
public:
    virtual ~Route() = default;
    // Null: the request was answered from inside the call (begin, write, end).
    [[nodiscard]] virtual std::unique_ptr<Answerer> serve(ServedRequest& request) = 0;
};

} // namespace keybearer
