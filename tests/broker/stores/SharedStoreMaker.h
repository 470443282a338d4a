#pragma once

#include "broker/stores/shared/SealedSharedStore.h"
#include "broker/stores/state/StateDatabase.h"
#include "tests/support/FakeClock.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <stdlib.h>

namespace keybearer {

// What a broker has beside the server for the stores of StoreContract.h: a key file and a local state, which
// the next store finds again.
class SharedStoreMaker {
public:
    SharedStoreMaker() {
        std::string name = "/tmp/kb-shared-XXXXXX";
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        key_ = directory_ / "key";
        std::ofstream(key_, std::ios::binary) << std::string(storeKeyBytes, 'k');
        std::filesystem::permissions(key_, std::filesystem::perms::owner_read);
    }
    ~SharedStoreMaker() { std::filesystem::remove_all(directory_); }
    SharedStoreMaker(const SharedStoreMaker&) = delete;
    SharedStoreMaker& operator=(const SharedStoreMaker&) = delete;

    [[nodiscard]] std::unique_ptr<CredentialStore> over(std::unique_ptr<RemoteRecords> records,
                                                        const std::string& backend) {
        return std::make_unique<SealedSharedStore>(SealedSharedStore::Setup{
            backend, std::move(records), StoreKeySource{StoreKeyKind::KeyFile, key_, {}}, *ledger_, clock_});
    }
    // Below "own/": what StoreContract.h writes belongs to one broker.
    [[nodiscard]] std::string nameOf(const std::string& id) const {
        return "own/" + *ledger_->recall("broker_id") + "/" + id;
    }

private:
    std::filesystem::path directory_;
    std::filesystem::path key_;
    std::unique_ptr<StateDatabase> ledger_ = std::move(*StateDatabase::open(std::filesystem::path()));
    FakeClock clock_;
};

} // namespace keybearer
