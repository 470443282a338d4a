#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <string>

namespace keybearer {

// Who is at the other end of a local connection, as the kernel recorded it when the connection was made.
struct PeerCredentials {
    std::int64_t uid = -1; // on Windows: the relative identifier of the account
    std::int64_t pid = 0;
};

// Of a connected Unix-domain socket (Windows: the descriptor of a named pipe's server end). Any thread.
[[nodiscard]] Result<PeerCredentials> peerOf(int fd);

// What the system shows about a process: a label for people and for the audit log, never a proof. A program
// of the same user can make itself look like another one, and a process identifier may be reused; the start
// time tells.
struct ProcessEvidence {
    std::string executable; // absolute path; empty if unreadable
    std::int64_t parentPid = 0;
    std::uint64_t startTime =
        0; // since boot (Linux: clock ticks) or epoch; names one process together with its pid
    std::string startedBy;     // executable of the parent; empty if unreadable
    std::string script;        // what an interpreter runs, absolute; empty for other programs
    std::int64_t terminal = 0; // device number of the controlling terminal; 0: none
};

// Costs five system calls on Linux, some more for an interpreter. What cannot be read stays empty. Any
// thread.
[[nodiscard]] ProcessEvidence describeProcess(std::int64_t pid);

} // namespace keybearer
