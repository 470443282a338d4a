#include "tests/broker/stores/RemoteRecordsContract.h"
#include "tests/broker/stores/vault/VaultHouse.h"

namespace keybearer {

namespace {

// One server for the program; each broker has a connection of its own.
test::VaultServer& server() {
    static test::VaultServer one;
    return one;
}

std::unique_ptr<RemoteRecords> makeRecords(bool clean) {
    if (clean)
        server().command("clean");
    return test::vaultRecords(test::vaultConfig(server()));
}

// The server's clock has whole seconds, and a lease may last one longer than it was asked for.
void pass(std::chrono::milliseconds time) {
    server().command(Json{{"do", "advance"}, {"ms", time.count() + 2000}});
}

INSTANTIATE_TEST_SUITE_P(Vault, RemoteRecordsContract,
                         ::testing::Values(RecordsMaker{"vault", makeRecords, pass}), recordsMakerName);

} // namespace

} // namespace keybearer
