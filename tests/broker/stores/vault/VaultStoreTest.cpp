#include "tests/broker/stores/SharedStoreMaker.h"
#include "tests/broker/stores/StoreContract.h"
#include "tests/broker/stores/vault/VaultHouse.h"

namespace keybearer {
namespace {

struct Ground {
    test::VaultServer server;
    SharedStoreMaker maker;
};

std::unique_ptr<Ground>& ground() {
    static std::unique_ptr<Ground> one;
    return one;
}

std::unique_ptr<CredentialStore> make(bool clean) {
    initialiseSecrets();
    if (clean)
        ground() = std::make_unique<Ground>();
    return ground()->maker.over(test::vaultRecords(test::vaultConfig(ground()->server)), "vault");
}

INSTANTIATE_TEST_SUITE_P(Vault, StoreContract, ::testing::Values(StoreMaker{"Vault", make}), storeMakerName);

} // namespace
} // namespace keybearer
