#pragma once

#include "app/cli/Invocation.h"
#include "app/import/Import.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

// What an import has to know of the broker: what is there already.
struct BrokerFacts {
    std::set<std::string> keys;               // names of API keys
    std::map<std::string, std::string> setAt; // when each got its value, RFC 3339
    std::set<std::string> sessions;           // providers that somebody is signed in to

    // Of a broker that runs; nothing if none does. Starts none.
    [[nodiscard]] static std::optional<BrokerFacts> ofRunningBroker(Invocation& invocation);
    // Starts the broker if need be.
    [[nodiscard]] static Result<BrokerFacts> ask(Invocation& invocation);

    // The names that a plan starts from: a secret that an earlier import has stored keeps its name.
    [[nodiscard]] ImportNames names(const std::vector<Backup>& backups) const;
};

// Puts secrets into the broker's store, over its socket. Owned by the import verb.
class ImportBroker : public ImportTarget {
public:
    explicit ImportBroker(Invocation& invocation) : invocation_(invocation) {}
    [[nodiscard]] Result<void> storeKey(const KeyToStore& key) override;
    void dropKey(const std::string& name) override;
    [[nodiscard]] Result<void> approve(const std::filesystem::path& config, const std::string& text) override;

private:
    Invocation& invocation_;
};

} // namespace keybearer
