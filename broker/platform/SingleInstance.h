#pragma once

#include "broker/base/Result.h"

#include <filesystem>
#include <memory>

namespace keybearer {

// The right to be the one broker of this user and place: an exclusive lock on a file for as long as the
// object lives; the kernel gives it back whatever happens to the process. The lock file itself stays, since
// removing it would let two brokers hold locks on two files of one name.
class SingleInstance {
public:
    // Makes the directories private, takes the lock and writes the process identifier to `pidFile`.
    // InvalidRequest with detail "pid" (if known) when another broker has the lock; StoreUnavailable when the
    // files cannot be used. `held`: a descriptor that holds the lock already, from a predecessor; -1: none.
    [[nodiscard]] static Result<std::unique_ptr<SingleInstance>>
    acquire(const std::filesystem::path& lock, const std::filesystem::path& pidFile, int held = -1);
    // Gives the descriptor of the lock away without giving up the lock; the pid file stays. -1: not here.
    [[nodiscard]] virtual int release() = 0;
    // Removes the pid file.
    virtual ~SingleInstance() = default;
    SingleInstance(const SingleInstance&) = delete;
    SingleInstance& operator=(const SingleInstance&) = delete;

protected:
    SingleInstance() = default;
};

} // namespace keybearer
