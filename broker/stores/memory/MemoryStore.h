#pragma once

#include "broker/accounts/CredentialStore.h"

#include <QObject>

#include <map>

namespace keybearer {

// Credentials that last as long as this process: for trying things out and for machines without a keyring.
// The values are sealed under a key of this process. Owned by the Broker, event loop thread; never locked,
// never unavailable.
class MemoryStore final : public CredentialStore {
public:
    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override;
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override;

private:
    std::map<std::string, SealedSecret> items_;
    QObject later_; // completions die with it
};

} // namespace keybearer
