#pragma once

#include "broker/base/Result.h"
#include "broker/stores/keychain/SecretService.h"

#include <optional>
#include <string>

namespace keybearer {

// What is wrong with the keychain, as errors with a sentence on what to do. Event loop thread.

// What can be told before any call: the event loop or the session lacks what QtKeychain needs.
[[nodiscard]] std::optional<Error> missingForKeychain();

// The keychain, or this item, is locked.
[[nodiscard]] Error keychainLocked();
// The service lives, but a call hangs: it waits for the person.
[[nodiscard]] Error keychainWaits();
// No answer within the deadline.
[[nodiscard]] Error keychainSilent();
// The session bus itself does not answer.
[[nodiscard]] Error sessionBusSilent();
// Items that were just written lie in the collection `session`, which the service keeps in memory only.
[[nodiscard]] Error keychainVolatile();
// A job failed with `words` (safe to display); `finding` is what the Secret Service said afterwards, if it
// was asked.
[[nodiscard]] Error keychainFailed(const std::string& words, std::optional<ItemFinding::Presence> finding);

} // namespace keybearer
