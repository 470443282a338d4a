#pragma once

#include "broker/gatekeeper/Tickets.h"
#include "broker/platform/ProcessWatch.h"

#include <QObject>

#include <map>
#include <memory>

namespace keybearer {

// Of an exchange that an HTTP request opened.
struct HttpRoute {
    bool userHeaders = false; // the server is told who the person is
    bool local = false;       // a program of this machine, without a url
    BootTime until{};         // then what opened it has to be looked at again
};

// One conversation of one local program with one MCP server.
struct Exchange {
    std::string id;
    std::uint64_t connection = 0; // what the ConsentGate knows it by; no connection of the server has it
    Caller caller;
    McpTarget target;
    std::string claimedName;                    // what the client says of itself, display-safe; a claim
    std::map<std::string, std::string> serials; // of the tokens that it was given: whose session they are
    std::unique_ptr<ProcessWatch> end;
    std::optional<HttpRoute> route{}; // absent: over stdio

    [[nodiscard]] bool uses(const std::string& session) const;
};

// What the gateway is sent when the broker ends one: the notification exchange.end.
[[nodiscard]] std::string exchangeEndLine(const std::string& id, const std::string& why);

// The conversations that are open. One ends with the program that asked for it. Owned by the Gatekeeper;
// event loop thread.
class Exchanges : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t most = 1024;

    // RateLimited when too many are open; ConsentDenied when the program has ended or become another.
    [[nodiscard]] Result<Exchange*> open(Tickets::Admitted admitted, std::optional<HttpRoute> route = {});
    [[nodiscard]] Exchange* find(const std::string& id);
    void close(const std::string& id);
    // All of them: the gateway that held their other end is gone.
    void closeAll();
    [[nodiscard]] std::size_t count() const { return exchanges_.size(); }
    [[nodiscard]] const std::map<std::string, std::unique_ptr<Exchange>>& all() const { return exchanges_; }
    [[nodiscard]] std::uint64_t everOpened() const { return next_ - 1; } // since the start

Q_SIGNALS:
    void opened(const keybearer::Exchange& exchange);
    // Not found any more when this is told.
    void closing(const keybearer::Exchange& exchange);
    void programEnded(const std::string& id);

private:
    std::map<std::string, std::unique_ptr<Exchange>> exchanges_; // by id
    std::uint64_t next_ = 1;
};

} // namespace keybearer
