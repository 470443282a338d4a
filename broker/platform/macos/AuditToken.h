#pragma once

#include <bsm/audit.h>
#include <cstdint>
#include <optional>

namespace keybearer {

// The kernel's name for one program in one process: beside the number of the process it holds the version of
// it, which each exec raises, so neither a number that was given to another process nor another program in
// the same one is taken for it. Any thread.

// Of whoever connected this socket, as of then (LOCAL_PEERTOKEN).
[[nodiscard]] std::optional<audit_token_t> auditTokenOfPeer(int socket);
// Of whatever has this number now; only for processes of the same user.
[[nodiscard]] std::optional<audit_token_t> auditTokenOf(std::int64_t pid);
[[nodiscard]] std::int64_t processIn(const audit_token_t& token);
[[nodiscard]] std::uint64_t versionIn(const audit_token_t& token);

} // namespace keybearer
