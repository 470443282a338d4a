#pragma once

#include "broker/authserver/AuthorityStore.h"
#include "broker/base/Result.h"

#include <deque>
#include <map>

namespace keybearer {

// The clients that have registered (RFC 7591), and those that are known by their document. One that was ever
// allowed something is kept for ever, for clients come back with ids of long ago; one that was not goes after
// a day, or when there are too many. Owned by the LocalAuthorizationServer; event loop thread.
class LocalClients {
public:
    static constexpr std::size_t most = 1000;           // all of them; a desktop has a dozen
    static constexpr std::size_t mostUnused = 100;      // of those that were never allowed anything
    static constexpr std::size_t mostAMinute = 20;      // registrations, over all services
    static constexpr std::chrono::hours unusedLife{24}; // then one that was never used is forgotten

    LocalClients(AuthorityStore& store, const Clock& clock) : store_(store), clock_(clock) {}

    [[nodiscard]] Result<void> load();

    struct Registered {
        LocalClient client;
        Secret secret; // once, here; empty for a public client
    };
    // RateLimited (too many a minute, or too many that are used), StoreUnavailable.
    [[nodiscard]] Result<Registered> add(LocalClient client, const std::string& service);
    // Of a client that is known by its document: what it says now.
    [[nodiscard]] Result<void> keepDocument(LocalClient client);
    [[nodiscard]] const LocalClient* find(const std::string& id) const; // null: unknown
    // Only at the issuer of the service that it registered for.
    [[nodiscard]] const LocalClient* find(const std::string& id, const std::string& service) const;
    // It was allowed something: from now on it is kept.
    [[nodiscard]] Result<void> noteUse(const std::string& id);
    [[nodiscard]] Result<void> remove(const std::string& id); // NotFound
    void forgetUnused();
    [[nodiscard]] std::vector<LocalClient> all() const;

private:
    [[nodiscard]] Result<void> makeRoom();
    [[nodiscard]] std::vector<const LocalClient*> unused() const; // oldest first

    AuthorityStore& store_;
    const Clock& clock_;
    std::map<std::string, LocalClient> clients_; // by id
    std::deque<BootTime> registered_;            // within the last minute
};

} // namespace keybearer
