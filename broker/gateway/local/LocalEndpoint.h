#pragma once

#include "broker/base/Json.h"
#include "broker/gateway/local/HttpConversation.h"

#include <list>

namespace keybearer {

// /SERVICE/mcp of services that are programs of this machine: Streamable HTTP of both eras, with sessions for
// the legacy one. A session is its client's alone (route.admit names it), ends after ten minutes without use,
// and there are at most 64 a service; the one that was not used longest goes for a new one. Nothing that
// comes in here starts anything that the configuration does not name, and nothing before the broker has
// agreed. Owned by the GatewayRoom; event loop thread.
class LocalEndpoint : public AdmittedRoute {
public:
    static constexpr std::size_t mostSessions = 64; // of one service
    static constexpr std::chrono::minutes idleLimit{10};

    explicit LocalEndpoint(const McpExchange::Parts& parts) : parts_(parts) {}
    ~LocalEndpoint() override;
    LocalEndpoint(const LocalEndpoint&) = delete;
    LocalEndpoint& operator=(const LocalEndpoint&) = delete;

    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest& request,
                                                  std::shared_ptr<AdmittedExchange> exchange) override;
    // exchange.stale, exchange.signin. False: no conversation here has that exchange.
    bool notified(const std::string& method, const Json& params);
    [[nodiscard]] std::size_t sessions() const { return conversations_.size(); }

    // From its answers.
    void take(LocalAnswer& answer, std::string body);
    void listen(LocalAnswer& answer);
    void end(LocalAnswer& answer);

private:
    struct Entry {
        std::string service;
        std::string key; // of 2026-07-28: which client it is, and what it can do; empty of a session
        std::unique_ptr<HttpConversation> conversation;
    };
    using Entries = std::list<Entry>;

    void takeModern(LocalAnswer& answer, HttpMessage message);
    void takeLegacy(LocalAnswer& answer, HttpMessage message);
    // Null: it was answered.
    [[nodiscard]] HttpConversation* sessionOf(LocalAnswer& answer);
    [[nodiscard]] HttpConversation* begin(LocalAnswer& answer, Era era, std::string session, std::string key);
    [[nodiscard]] bool makeRoom(const std::string& service);
    void sweepLater();

    McpExchange::Parts parts_;
    MessageReader reader_;
    Entries conversations_;
    std::unique_ptr<EventTimer> sweeper_;
};

} // namespace keybearer
