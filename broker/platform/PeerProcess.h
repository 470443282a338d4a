#pragma once

#include "broker/platform/PeerCredentials.h"

#include <cstdint>
#include <memory>

namespace keybearer {

// Holds on to one process, so that its number cannot come to mean another one unnoticed: a pidfd on Linux, a
// process handle on Windows; macOS has neither and compares start times. Costs one descriptor, shared by all
// connections of the process. Any thread.
class ProcessPin {
public:
    // The process that connected this socket: SO_PEERPIDFD where the kernel has it (Linux 6.5), else whatever
    // has its number now (macOS: if it is still what connected, by the audit token). Null if it has ended.
    [[nodiscard]] static std::shared_ptr<const ProcessPin> ofPeer(int socket, std::int64_t pid);
    [[nodiscard]] static std::shared_ptr<const ProcessPin> ofProcess(std::int64_t pid);
    ~ProcessPin();
    ProcessPin(const ProcessPin&) = delete;
    ProcessPin& operator=(const ProcessPin&) = delete;

    [[nodiscard]] std::int64_t pid() const { return pid_; }
    // Readable once the process has ended (Linux); -1 on macOS, the number of a handle on Windows.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool ended() const;

private:
    ProcessPin(std::int64_t pid, int descriptor, std::uint64_t since)
        : pid_(pid), descriptor_(descriptor), since_(since) {}

    std::int64_t pid_;
    int descriptor_;
    std::uint64_t since_; // start time, where there is no descriptor
};

// What tells one program in one process from another: executing something changes at least one of these. The
// place of the stack is drawn anew by each exec, unless address randomisation was switched off.
struct ProgramMark {
    std::uint64_t startTime = 0;
    std::uint64_t device = 0; // of the executable; 0 if unreadable
    std::uint64_t inode = 0;
    std::uint64_t stack = 0; // 0 if unreadable; macOS: the version of the process in its audit token
    [[nodiscard]] bool operator==(const ProgramMark&) const = default;
};

// The process at the other end of a connection, as it was when the connection was accepted. Shared by the
// connection and whoever has to decide about it later. Any thread.
struct PeerProcess {
    PeerCredentials credentials;
    std::shared_ptr<const ProcessPin> pin; // null: a process of another namespace, of which nothing is known
    ProgramMark mark;

    // Five system calls on Linux. False once the process has ended or executes something else than at accept:
    // nothing that was granted to the program of before may go to it.
    [[nodiscard]] bool stillTheSame() const;
};

[[nodiscard]] ProgramMark markOf(std::int64_t pid);

} // namespace keybearer
