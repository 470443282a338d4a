#pragma once

#include "broker/base/Result.h"
#include "broker/gateway/ExchangeTerms.h"

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// Whether a client may see and call the tools of a server (`pins` of a service): the definitions that a
// tools/list answer brings are held against those that were approved. Event loop thread.
class ToolGate {
public:
    virtual ~ToolGate() = default;

    // What a client is told when something is hidden no longer. Owned by nobody here; leaves before it goes.
    class Watcher {
    public:
        virtual ~Watcher() = default;
        virtual void onToolsChanged() = 0;
    };
    virtual void watch(const std::string& service, Watcher& watcher) = 0;
    virtual void leave(Watcher& watcher) = 0;

    // The server's whole answer (one JSON-RPC response) to a tools/list whose cursor was this, empty for
    // none. Completes with the text to send in its place, or nothing if it may go on as it is; with an error,
    // of Hold only, where nothing may go on. From inside the call, or later, within seconds. For Warn it need
    // not be waited for.
    virtual void listed(const ExchangeTerms& terms, const std::string& cursor, std::string_view answer,
                        Completion<std::optional<std::string>> done) = 0;
    // A tools/call is about to go to the server; of Hold. From inside the call where it is known.
    virtual void called(const ExchangeTerms& terms, const std::string& tool, Completion<void> done) = 0;
};

} // namespace keybearer
