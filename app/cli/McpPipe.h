#pragma once

#include "app/cli/OpenCalls.h"
#include "app/cli/ParentWatch.h"
#include "app/cli/PipeBuffer.h"
#include "broker/base/Result.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace keybearer {

// `keybearer mcp`: carries MCP messages (one a line) between this program's standard streams and the
// gateway's mcp.sock (docs/gateway.md), and knows of them only what MessageScanner notes. Whatever their
// length, it holds two PipeBuffers. A lost connection is made anew: what was under way is answered with an
// error, what was not sent yet waits. Nothing but MCP goes to the output. Ends with the input or with the
// program that started it. Owned by the verb; one thread.
class McpPipe {
public:
    // What admits one connection, and where to.
    struct Way {
        std::string ticket;
        std::filesystem::path socket;
    };
    struct Setup {
        std::function<Result<Way>()> ask; // asks the broker; may block, and start it
        int input = 0;
        int output = 1;
    };
    explicit McpPipe(Setup setup);
    ~McpPipe();
    McpPipe(const McpPipe&) = delete;
    McpPipe& operator=(const McpPipe&) = delete;

    // Until the input or the parent ends: 0. An error: the broker or the gateway refuses, and the client has
    // been told.
    [[nodiscard]] Result<int> run();

private:
    using Steady = std::chrono::steady_clock;

    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> openWay();
    [[nodiscard]] bool finished() const;
    [[nodiscard]] bool turn();
    [[nodiscard]] int patience() const;
    void readClient();
    void scanClient(std::string_view fresh);
    void readGateway();
    void readGreeting();
    void scanGateway(std::string_view fresh);
    void writeGateway();
    [[nodiscard]] bool writeClient();
    [[nodiscard]] bool writeOwn();
    void onLost();
    [[nodiscard]] Error lostError() const;
    [[nodiscard]] tl::unexpected<Error> refuse(const Error& error);
    void awaitRequest();
    void flushOwn();

    Setup setup_;
    EndKind output_;
    ParentWatch parent_;
    OpenCalls calls_;

    PipeBuffer up_; // from the client
    MessageScanner upScanner_;
    std::uint64_t read_ = 0;      // bytes of the client so far
    std::uint64_t sent_ = 0;      // of these, bytes that left or were dropped
    std::uint64_t lineBegun_ = 0; // where the line that is being read began
    bool upMid_ = false;          // the last byte that left was not the end of a line
    bool dropping_ = false;       // the rest of a line whose begin went down with its connection
    bool inputEnded_ = false;

    PipeBuffer down_; // from the gateway
    MessageScanner downScanner_;
    std::size_t released_ = 0;  // bytes at its front that may be written: whole lines, or parts of long ones
    std::string own_;           // what the pipe itself has to tell the client
    bool ownContinues_ = false; // `own_` begins with the end of the line that is being written
    bool outMid_ = false;       // the last byte that was written was not the end of a line

    int gateway_ = -1;
    std::string greeting_;    // what goes to the gateway before anything of the client
    bool greeted_ = false;    // the gateway has taken the ticket
    bool wasGreeted_ = false; // once at least
    bool lost_ = false;
    std::optional<Error> refusal_; // of the gateway
    unsigned attempts_ = 0;        // since it was last greeted
    Steady::time_point greetBy_{};
    Steady::time_point endBy_{};     // once the input has ended
    Steady::time_point troubleBy_{}; // then nobody tries any longer
};

} // namespace keybearer
