#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <map>
#include <string>

namespace keybearer {

// What is remembered of a store outside of it, so that an older copy of the store cannot bring it along:
// which generation every item must at least have, and where the items lie. No secrets. Every change is on the
// disk when the call returns. Owned by the Broker; event loop thread.
class StoreLedger {
public:
    virtual ~StoreLedger() = default;

    // The least generation of every item of the store with this identity.
    [[nodiscard]] virtual Result<std::map<std::string, std::uint64_t>>
    expectedGenerations(const std::string& storeId) = 0;
    [[nodiscard]] virtual Result<void> expectGeneration(const std::string& storeId, const std::string& item,
                                                        std::uint64_t generation) = 0;
    // Many at once, as one change.
    [[nodiscard]] virtual Result<void>
    expectGenerations(const std::string& storeId, const std::map<std::string, std::uint64_t>& items) = 0;
    [[nodiscard]] virtual Result<void> expectNothing(const std::string& storeId, const std::string& item) = 0;
    // The store is given up as a whole.
    [[nodiscard]] virtual Result<void> forgetStore(const std::string& storeId) = 0;

    // Short texts by name: "store_place", "store_file", "store_move". Empty: there is none; to remember an
    // empty text is to forget.
    [[nodiscard]] virtual Result<std::string> recall(const std::string& name) = 0;
    [[nodiscard]] virtual Result<void> remember(const std::string& name, const std::string& text) = 0;
};

} // namespace keybearer
