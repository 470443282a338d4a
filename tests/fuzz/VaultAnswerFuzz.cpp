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
void needsAction(const Result<Value>& result) {
    if (!result && result.error().action.empty())
        std::abort();
}

void readAll(const VaultAnswer& answer) {
    needsAction(kvWrittenVersionOf(answer));
    needsAction(kvNamesOf(answer));
    needsAction(vaultTokenOf(answer));
    needsAction(describedTokenOf(answer));
    needsAction(ciphertextOf(answer));
    needsAction(plaintextOf(answer));
    needsAction(checkVaultMount(answer, {}));
    static_cast<void>(vaultUnwell(answer, {}));
    needsAction(Result<void>(failure(vaultRefused({}, answer, {}))));
    needsAction(Result<void>(failure(vaultSignInRefused(answer, {}))));
    const Result<KvVersion> there = kvVersionOf(answer);
    needsAction(there);
    if (!there)
        return;
    const VaultChanges changes = readVaultChanges(there->data);
    static_cast<void>(changesAfter(changes.sequence / 2, changes));
    const Result<VaultEntry> entry = readVaultEntry(there->data);
    needsAction(entry);
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
    needsAction(answer);
    if (answer)
        readAll(*answer);
    return 0;
}
