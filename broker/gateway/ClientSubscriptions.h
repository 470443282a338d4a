#pragma once

#include "broker/gateway/Conversation.h"

#include <map>

namespace keybearer {

// The subscriptions/listen requests of a client of 2026-07-28, fed from the session with a server of an
// earlier revision: each is acknowledged with what the server can tell, and every notification of the server
// goes to those that want it, stamped with their id. Bounded. Owned by its conversation; event loop thread.
class ClientSubscriptions {
public:
    explicit ClientSubscriptions(ConversationDesk& desk) : desk_(desk) {}

    // Answers the request. Returns the resources that the server has to be asked to watch.
    [[nodiscard]] std::vector<std::string> open(const MessageView& view, std::string_view text,
                                                const JsonMembers& capabilities);
    // False: there is none of that id.
    bool close(const std::string& id) { return wanted_.erase(id) > 0; }
    // A notification of the server; one that is no business of subscriptions goes nowhere.
    void spread(const MessageView& view, std::string_view text) const;

private:
    ConversationDesk& desk_;
    std::map<std::string, JsonMembers> wanted_; // by the id of the request: what was acknowledged
};

} // namespace keybearer
