#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/door/AdmittedExchange.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

class SessionRevival;

// The sessions (Mcp-Session-Id, up to 2025-11-25) that clients opened through the HTTP door: whose they are,
// how they were opened, and which session of the server stands for each, since a server that was restarted
// knows the old one no more. A session belongs to one service and one client; to everybody else it does not
// exist. At most 4096, those that were idle longest go. Owned by the RemoteRoute; event loop thread.
class SessionBook {
public:
    SessionBook(EventTimers& timers, UpstreamStarter& upstream);
    ~SessionBook();
    SessionBook(const SessionBook&) = delete;
    SessionBook& operator=(const SessionBook&) = delete;

    enum class Standing { Unknown, Own, Foreign };
    [[nodiscard]] Standing standing(const AdmittedExchange& exchange, std::string_view id) const;
    // The server's name of a session of the client's; the same text where the two do not differ.
    [[nodiscard]] std::string serversName(const AdmittedExchange& exchange, std::string_view id);

    // The server gave a session in answer to `initialize`, whose body and fields (without a credential) are
    // kept where they are short enough to be repeated.
    void opened(const AdmittedExchange& exchange, const std::string& id, std::string initialize,
                std::vector<HttpField> fields);
    void closed(const AdmittedExchange& exchange, std::string_view id);

    // The server knows the session no more: opens one in its place, once for all who need it, and calls
    // `done` with true where the request may be repeated. Destroying what is returned withdraws the wish.
    class Waiting {
    public:
        virtual ~Waiting() = default;
    };
    // Null: there is nothing to repeat the opening with. `serversName`: the one that was refused.
    [[nodiscard]] std::unique_ptr<Waiting> revive(const std::shared_ptr<AdmittedExchange>& exchange,
                                                  std::string_view id, const std::string& serversName,
                                                  std::function<void(bool revived)> done);

private:
    struct Session;
    struct Place;
    using Key = std::pair<std::string, std::string>; // service, id as the client knows it

    [[nodiscard]] Session* find(const AdmittedExchange& exchange, std::string_view id) const;
    void revived(const Key& key, std::optional<std::string> name);
    void tell(Session& session, bool good);
    void makeRoom();

    EventTimers& timers_;
    UpstreamStarter& upstream_;
    std::map<Key, std::unique_ptr<Session>> sessions_;
    std::map<Key, Key> byServersName_; // of those whose names differ
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
