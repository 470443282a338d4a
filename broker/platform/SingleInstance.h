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
    // files cannot be used.
    [[nodiscard]] static Result<std::unique_ptr<SingleInstance>>
    acquire(const std::filesystem::path& lock, const std::filesystem::path& pidFile);
    // Removes the pid file.
    virtual ~SingleInstance() = default;
    SingleInstance(const SingleInstance&) = delete;
    SingleInstance& operator=(const SingleInstance&) = delete;

protected:
    SingleInstance() = default;
};

} // namespace keybearer
