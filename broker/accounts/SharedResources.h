#pragma once

#include "broker/accounts/ResourceDirectory.h"
#include "broker/accounts/SharedStore.h"

#include <QObject>

#include <set>

namespace keybearer {

// Lets the brokers of a shared store know each other's findings about MCP servers, and our one client there:
// without them a session that somebody signed in to elsewhere could be served and not refreshed. Owned by the
// Broker, after the directory; event loop thread.
class SharedResources : public QObject {
    Q_OBJECT
public:
    SharedResources(SharedStore& store, ResourceDirectory& directory);

    // Whether an item of the shared store is one of these, and not a session.
    [[nodiscard]] static bool isOne(const std::string& id);

private:
    void compare();
    void onListed(const Result<std::vector<SharedStore::Listed>>& listed);
    void tell(const std::string& url);
    void write(const std::string& url, std::uint64_t least);
    void fetch(const std::string& id);
    void onFetched(const Result<SharedStore::Item>& item);

    SharedStore& store_;
    ResourceDirectory& directory_;
    std::set<std::string> fetching_;
};

} // namespace keybearer
