#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// Where the key that wraps the keys of a sealed file comes from.
enum class StoreKeyKind { Keychain, Passphrase, KeyFile, Credential };
[[nodiscard]] std::string_view
storeKeyKindWord(StoreKeyKind kind); // "keychain", "passphrase", "key_file", "credential"
[[nodiscard]] std::optional<StoreKeyKind> storeKeyKindOf(std::string_view word);

// The person's choice: `store: {backend: file, key: key_file, key_file: F}`.
struct StoreKeySource {
    StoreKeyKind kind = StoreKeyKind::Keychain;
    std::filesystem::path file; // of KeyFile
    std::string credential;     // of Credential: a name below $CREDENTIALS_DIRECTORY (systemd.exec(5))
};

// What Argon2id costs (RFC 9106; one lane). The bounds are what a header may ask for: a file from elsewhere
// must neither weaken the passphrase nor exhaust the machine.
struct PassphraseCost {
    std::uint64_t memory = 256ULL << 20; // bytes
    std::uint64_t passes = 3;
    std::uint64_t leastMemory = 64ULL << 20; // smaller in tests only
};
inline constexpr std::uint64_t mostPassphraseMemory = 1ULL << 30;
inline constexpr std::uint64_t mostPassphrasePasses = 10;
inline constexpr std::size_t storeKeyBytes = 32;
inline constexpr std::size_t passphraseSaltBytes = 16; // crypto_pwhash_SALTBYTES
inline constexpr std::size_t leastPassphraseBytes = 8; // of a new one
inline constexpr std::size_t mostPassphraseBytes = 1024;

// InvalidParams if it is too short or too long to be chosen.
[[nodiscard]] Result<void> checkNewPassphrase(const Secret& passphrase);
// Takes about a second and memory: not for the event loop thread. StoreUnavailable if the memory is not to be
// had or the cost is out of bounds.
[[nodiscard]] Result<Secret> deriveStoreKey(const Secret& passphrase, std::string_view salt,
                                            const PassphraseCost& cost);

// 32 bytes raw, as 64 hex digits or as 44 characters of base64; a line end may follow the text forms.
[[nodiscard]] Result<Secret> parseStoreKey(std::string_view content);
// Of KeyFile and Credential. Refused if it belongs to somebody else, if others may read it, or if it is no
// regular file: StoreUnavailable, with the file's name and what to do.
[[nodiscard]] Result<Secret> readStoreKey(const StoreKeySource& source);
// The name under which the source stands in the header, so that a person can be told: a path, or the name of
// the credential.
[[nodiscard]] std::string keySourceName(const StoreKeySource& source);

} // namespace keybearer
