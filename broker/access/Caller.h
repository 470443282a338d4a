#pragma once

#include "broker/access/Role.h"
#include "broker/base/Clock.h"
#include "broker/platform/PeerProcess.h"
#include "broker/platform/ProgramFile.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// How well a caller is known, strongest first. It bounds how long a permission may last.
enum class IdentityClass {
    Capability, // A: holds what was handed to it when it was started, or a registered client's key
    Sandboxed,  // B: Flatpak or Snap application, signed macOS or Windows package
    Native,     // C: binary that only the system's administrator can replace
    Script,     // D: an interpreter's script
    Unknown,    // E: anything that its own user can replace or that cannot be measured
    Remote,     // F: from another machine or another user namespace
};

// "A" ... "F".
[[nodiscard]] constexpr const char* identityLetter(IdentityClass identity) {
    constexpr const char* letters[] = {"A", "B", "C", "D", "E", "F"};
    return letters[static_cast<std::size_t>(identity)];
}

// One step of the chain of parents.
struct Ancestor {
    std::int64_t pid = 0;
    std::uint64_t startTime = 0;
    std::string executable; // empty if unreadable
};

// A permission that comes with what the caller showed, and not from a question to a person.
struct PriorGrant {
    std::string why; // "client:NAME", "run:PROFILE" or "gateway:CLIENT", as it stands in the audit log
    // "github", "github:ana@example.com", "apikey:NAME"; what is not listed is refused.
    std::vector<std::string> allowed;
    std::optional<WallTime> until;
};

// Through which door the caller came.
enum class Door {
    Broker, // broker.sock
    Agent,  // agent.sock, which may be forwarded to another machine: tokens that were allowed before, only
    Route,  // HTTP, by way of the gateway: what opened the route is all that is known of it
};

// The local program that asks, as far as the kernel tells, and what it showed. Evidence is a label, not a
// proof: a program of the same user can make itself look like another one (SECURITY.md). Filled by the daemon
// from platform facts.
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

    IdentityClass identity = IdentityClass::Unknown;
    std::string executableHash; // SHA-256, hex; empty if it could not be read
    std::string scriptHash;
    bool systemOwned = false; // executable and every directory above it belong to root, nobody else may write
    std::string workingDirectory;
    std::vector<Ancestor> ancestors;  // nearest first, up to the first process of the session
    std::string terminal;             // "pts/3", or empty
    std::string unit;                 // systemd unit or scope, or empty
    std::string sandbox;              // "flatpak:org.example.App", "snap:name", or empty
    std::string signer;               // who signed the program (macOS, Windows), or empty
    std::vector<std::string> remarks; // what weakens the evidence, one sentence each, for people

    // The process itself, held fast; null where there is none (tests, agents on other machines).
    // process->stillTheSame() says whether it still is the program that was measured.
    std::shared_ptr<const PeerProcess> process;

    Door door = Door::Broker;
    Role role = Role::Agent;
    Role ceiling = Role::Admin;          // what it was before it asked for less: it may do what both may
    bool operatorProgram = false;        // the installed tray or command line
    std::optional<FileIdentity> program; // the file that it ran when it was measured; nothing if it became
                                         // another program after it had connected
    std::string clientId;                // registered client whose key it showed, or empty
    std::int64_t clientKeyNumber = 0;    // which of that client's keys it was
    std::string capability;              // id of the capability that it holds, or empty
    // Client of our own authorization server: whose token it showed, or that asks for one through a browser.
    // Nothing was measured of it; claimedName is what it calls itself.
    std::string localClient;
    std::string localGrant;          // the grant of that token, or empty
    std::optional<PriorGrant> prior; // with it, nobody is asked
};

} // namespace keybearer
