#pragma once

#include "broker/access/Caller.h"

#include <string>
#include <vector>

namespace keybearer {

// What a permission remembers of the program that it was given to. A program is its executable; a script its
// interpreter, itself and where it runs; a sandboxed application its id. Our own command line is only a
// messenger, so the program that started it counts.
struct Evidence {
    IdentityClass identity = IdentityClass::Unknown;
    std::string executable;
    std::string executableHash;
    bool systemOwned = false;
    std::string script;
    std::string scriptHash;
    std::string workingDirectory;
    std::string startedBy; // only for our own command line
    std::string unit;      // for people; another one each time a program is started
    std::string sandbox;
    std::string signer;
    std::string client;     // client id at the gateway's own authorization server; then all above is empty
    std::string clientName; // what that client calls itself: for people, and no part of what it is
    [[nodiscard]] bool operator==(const Evidence&) const = default;
};
[[nodiscard]] Evidence evidenceOf(const Caller& caller, const std::string& ownCommandLine);

// Both name the same program, whatever has become of it.
[[nodiscard]] bool sameProgram(const Evidence& a, const Evidence& b);
// The same program, and nothing has changed of what a permission hangs on (security: R1, R3).
[[nodiscard]] bool sameEvidence(const Evidence& a, const Evidence& b);
// The same program, replaced by a newer one in a place where only the system's administrator can do that.
[[nodiscard]] bool isSystemUpdate(const Evidence& before, const Evidence& now);
// A text that two pieces of evidence share when they name the same program; for keys of maps, not for people.
[[nodiscard]] std::string programKey(const Evidence& evidence);

// One fact that is not what it was, in words and values for people.
struct EvidenceChange {
    std::string what; // "executable_sha256", "script_sha256", "owner", "class", "working_directory",
                      // "signer", "scopes"
    std::string before;
    std::string now;
};
[[nodiscard]] std::vector<EvidenceChange> differences(const Evidence& before, const Evidence& now);

} // namespace keybearer
