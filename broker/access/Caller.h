#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace keybearer {

// The local program that asks, as far as the kernel tells. Evidence is a label, not a proof: a program of the
// same user can make itself look like another one (SECURITY.md). Filled by the rpc room from platform facts.
struct Caller {
    std::int64_t uid = -1;
    std::int64_t pid = 0;
    std::uint64_t startTime = 0; // clock ticks since boot; with the pid it names one process
    std::string executable;      // absolute path; empty if unreadable
    std::int64_t parentPid = 0;
    std::uint64_t parentStartTime = 0;
    std::string startedBy;    // executable of the parent, empty if unreadable
    bool interpreter = false; // the executable runs scripts: node, python ...
    std::string script;       // first argument of an interpreter if it is a file, absolute
    std::string claimedName;  // what hello said; shown as a claim, display-safe
};

} // namespace keybearer
