#pragma once

#include "broker/stores/keychain/KeychainStore.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <string>

namespace keybearer::test {

// The private session that tests/support/with_keyring made, looked at and disturbed from outside the store.
class KeyringSession {
public:
    // Process of the service; 0 if nobody owns the name.
    [[nodiscard]] static qint64 keyringPid();
    [[nodiscard]] static qint64 busPid();
    static void signalKeyring(int signal);

    static void lock();
    static void unlock();
    // Which collection new items go to; "/" for none.
    static void setDefault(const char* collection);

    // Items with these attributes of QtKeychain: their object paths, locked ones too.
    [[nodiscard]] static QStringList items(const std::string& ns, const std::string& id);
    [[nodiscard]] static std::string labelOf(const QString& path);
};

// Runs the event loop until the condition holds; false if it does not within the time.
[[nodiscard]] bool spinUntil(const std::function<bool()>& condition,
                             std::chrono::milliseconds limit = std::chrono::seconds(30));

// One call on a store, waited for.
[[nodiscard]] Result<void> writeTo(CredentialStore& store, const std::string& id, std::string_view value,
                                   const std::string& label = "a label");
[[nodiscard]] Result<Secret> readFrom(CredentialStore& store, const std::string& id);
[[nodiscard]] Result<void> eraseFrom(CredentialStore& store, const std::string& id);

// What a failed result says: "store_locked: the keyring is locked"; "fine" if it did not fail.
template <typename T>
[[nodiscard]] std::string wordsOf(const Result<T>& result) {
    if (result)
        return "fine";
    const char* code = result.error().code == ErrorCode::StoreLocked        ? "store_locked: "
                       : result.error().code == ErrorCode::StoreUnavailable ? "store_unavailable: "
                       : result.error().code == ErrorCode::NotFound         ? "not_found: "
                                                                            : "other: ";
    return code + result.error().message;
}

// The program's other mode, run in a session that lacks something: reads one item, prints what came of it,
// and ends.
[[noreturn]] void probe();

} // namespace keybearer::test
