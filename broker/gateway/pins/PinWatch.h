#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/EventTimers.h"
#include "broker/gateway/ToolGate.h"
#include "broker/gateway/pins/ToolList.h"

#include <deque>
#include <map>
#include <memory>
#include <set>

namespace keybearer {

// What the broker says of the tools of the services (tools.seen, tools.define of docs/gateway-http.md). Asks
// once for each list that differs, and again when it is ten minutes old, so that the broker knows when it
// was last seen; sends definitions that the broker does not know, a few at a time; puts the pages of a list
// together, so that the broker learns what is on it no longer. Where the broker does not answer within two
// seconds, Warn lets pass and Hold does not. Bounded. Owned by the GatewayRoom; event loop thread.
class PinWatch final : public ToolGate {
public:
    PinWatch(CorePort& core, EventTimers& timers) : core_(core), timers_(timers) {}
    ~PinWatch() override;
    PinWatch(const PinWatch&) = delete;
    PinWatch& operator=(const PinWatch&) = delete;

    void watch(const std::string& service, Watcher& watcher) override;
    void leave(Watcher& watcher) override;
    void listed(const ExchangeTerms& terms, const std::string& cursor, std::string_view answer,
                Completion<std::optional<std::string>> done) override;
    void called(const ExchangeTerms& terms, const std::string& tool, Completion<void> done) override;

    // tools.changed: what was said of the service is forgotten.
    void changed(const std::string& service);

private:
    using Hidden = std::map<std::string, std::string>; // tool: why
    using Said = std::shared_ptr<const Hidden>;
    struct Verdict {
        Said hidden;
        EventTimers::Instant at;
    };
    struct Chain {                               // pages of one list, as one exchange reads them
        std::string next;                        // cursor of the page that is to come
        std::map<std::string, std::string> seen; // tool: fingerprint
    };
    struct Definitions {
        std::string exchange;
        std::string service;
        std::string question;
        std::deque<ListedTool> waiting;
    };
    struct Service {
        unsigned generation = 0; // of what the broker has said
        std::map<std::string, Verdict> verdicts;
        std::map<std::string, std::vector<Completion<Said>>> asking;
        std::map<std::string, Chain> chains; // by exchange
        Verdict newest;
        std::set<Watcher*> watchers;
    };
    // What one page asks.
    struct Page {
        std::map<std::string, std::string> seen;
        std::set<std::size_t> refused; // places that no verdict can let through
        bool whole = false;
    };
    [[nodiscard]] Page pageOf(Service& service, const std::string& exchange, const std::string& cursor,
                              const ToolList& list) const;
    void ask(const ExchangeTerms& terms, const Page& page, std::vector<ListedTool> tools,
             Completion<Said> done);
    void answered(const std::string& service, const std::string& question, unsigned generation,
                  Result<Said> said);
    void define(std::shared_ptr<Definitions> definitions);
    [[nodiscard]] bool isFresh(const Verdict& verdict) const;

    CorePort& core_;
    EventTimers& timers_;
    std::map<std::string, Service> services_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
