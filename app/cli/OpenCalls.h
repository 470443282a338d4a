#pragma once

#include "broker/base/Error.h"
#include "broker/protocol/MessageScanner.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace keybearer {

// Which requests of an MCP conversation wait for their answer, both ways, and what the client said of itself
// in initialize: what is needed to go on when the connection is lost. Keeps ids, no messages. One owner, one
// thread.
class OpenCalls {
public:
    static constexpr std::size_t most = 1024; // further ones are carried, but nobody answers for the server

    // A whole message of the client; its line began that many bytes after the first one.
    void fromClient(const MessageScanner::Message& message, std::uint64_t begun);
    void fromServer(const MessageScanner::Message& message);

    // The connection is over; what began before `sent` had left for it. The lines that the client is told:
    // an error for each of its requests, a cancellation for each of the server's. An initialize that was not
    // answered stays open, to be sent once more.
    [[nodiscard]] std::string lost(std::uint64_t sent, const Error& error);
    // The same error for whatever the client waits for.
    [[nodiscard]] std::string refused(const Error& error);

    [[nodiscard]] bool clientWaits() const { return !client_.empty(); }
    // The line of an initialize that went out before `sent` and has no answer; empty: none.
    [[nodiscard]] std::string initializeAgain(std::uint64_t sent) const;
    // The params of an initialize that was answered, as JSON text; empty: none.
    [[nodiscard]] std::string resumeParams() const;

private:
    std::map<std::string, std::uint64_t> client_; // by id: where its line began
    std::set<std::string> server_;                // ids
    std::string initializeId_;
    std::string initializeParams_;
    bool initialized_ = false; // the server has answered it
};

} // namespace keybearer
