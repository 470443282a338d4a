#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/config/ConfigGateway.h"

#include <chrono>
#include <map>
#include <string>

namespace keybearer {

// Which MCP server an exchange is with, as it was found when the exchange was asked for.
struct McpTarget {
    std::string name;           // of the service, or made from the URL; for people and the audit log
    std::string url;            // canonical
    std::string account;        // which one, or empty
    std::string provider;       // entry of the catalog: its own, or another's; empty: not known yet
    bool fixedProvider = false; // the configuration says whose tokens it takes; nothing is to be found out
    std::vector<std::string> scopes; // of the configuration: what a token must cover
    std::chrono::seconds timeout{30};
    bool local = false; // a program of this machine (LocalPrograms); the rest but its name means nothing
    ToolPins pins = ToolPins::Warn;
};

// off, warn, hold.
[[nodiscard]] constexpr const char* pinsWord(ToolPins pins) {
    return pins == ToolPins::Off ? "off" : pins == ToolPins::Hold ? "hold" : "warn";
}

// Who may open which exchange: handed out by mcp.open, taken once by the gateway. 256 random bits that are
// kept as a hash; good for a minute. Owned by the Gatekeeper; event loop thread.
class Tickets {
public:
    static constexpr std::chrono::seconds life{60};
    static constexpr std::size_t most = 256; // open ones; a pipe takes its own within milliseconds

    struct Admitted {
        Caller caller;
        McpTarget target;
    };

    explicit Tickets(const Clock& clock) : clock_(clock) {}

    // RateLimited when too many wait.
    [[nodiscard]] Result<std::string> issue(Admitted admitted);
    // Once. InvalidRequest (detail "transient": another ticket will do) if it is unknown, used or too old.
    [[nodiscard]] Result<Admitted> redeem(const std::string& ticket);
    [[nodiscard]] std::size_t open();

private:
    struct Entry {
        Admitted admitted;
        BootTime until{};
    };
    void forgetOld();

    const Clock& clock_;
    std::map<std::string, Entry> entries_; // by the ticket's SHA-256
};

} // namespace keybearer
