#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <string>

namespace keybearer {

// A service that wraps a few bytes under a key that never leaves it (Vault's transit engine, a KMS): whoever
// has the store's key alone opens nothing then. It sees nothing but what is sealed already. Owned by the
// Broker; event loop thread. Every call has a deadline and completes exactly once, later; destruction
// cancels. Failures: StoreUnavailable (not reachable, refused); ParseError (it did not wrap this).
class KeyWrapper {
public:
    virtual ~KeyWrapper() = default;
    // Text without spaces, at most four times as long.
    virtual void wrap(std::string bytes, Completion<std::string> done) = 0;
    virtual void unwrap(std::string wrapped, Completion<std::string> done) = 0;
    // "transit/keybearer": stands in the header of the store, so that a broker without it can say what it
    // lacks.
    [[nodiscard]] virtual std::string name() const = 0;
};

} // namespace keybearer
