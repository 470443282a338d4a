#include "broker/stores/vault/VaultEntry.h"
#include "broker/stores/vault/VaultFault.h"
#include "broker/stores/vault/VaultFeed.h"
#include "broker/stores/vault/VaultTransit.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

// Whatever is refused is refused with what to do about it.
template <typename Value>
void check(const Result<Value>& result) {
    if (!result && result.error().action.empty())
        std::abort();
}

void readAll(const VaultAnswer& answer) {
    check(kvWrittenVersionOf(answer));
    check(kvNamesOf(answer));
    check(vaultTokenOf(answer));
    check(describedTokenOf(answer));
    check(ciphertextOf(answer));
    check(plaintextOf(answer));
    check(checkVaultMount(answer, {}));
    static_cast<void>(vaultUnwell(answer, {}));
    check(Result<void>(failure(vaultRefused({}, answer, {}))));
    check(Result<void>(failure(vaultSignInRefused(answer, {}))));
    const Result<KvVersion> there = kvVersionOf(answer);
    check(there);
    if (!there)
        return;
    const VaultChanges changes = readVaultChanges(there->data);
    static_cast<void>(changesAfter(changes.sequence / 2, changes));
    const Result<VaultEntry> entry = readVaultEntry(there->data);
    check(entry);
    if (entry && readVaultEntry(packVaultEntry(*entry)) != *entry)
        std::abort();
}

} // namespace

// The first byte chooses the status; the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    initialiseSecrets();
    if (size == 0)
        return 0;
    static constexpr int statuses[] = {200, 204, 307, 400, 403, 404, 429, 472, 501, 503};
    HttpResponse response;
    response.status = statuses[data[0] % std::size(statuses)];
    response.headers = {{"Content-Type", "application/json"}};
    response.body = Secret::copyOf({reinterpret_cast<const char*>(data) + 1, size - 1});
    const Result<VaultAnswer> answer = readVaultAnswer(response, WallTime{});
    check(answer);
    if (answer)
        readAll(*answer);
    return 0;
}
