#pragma once

#include "broker/base/Result.h"
#include "broker/protocol/Endpoint.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <sys/types.h>

namespace keybearer {

// One keybearerd that this program has started: a session of its own, no terminal, none of our descriptors,
// working directory /, and no client key in its environment. Destruction lets it live. Used by BrokerLauncher
// alone.
class DaemonProcess {
public:
    enum class Outcome { Ready, Exited, Silent };

    DaemonProcess() = default;
    ~DaemonProcess();
    DaemonProcess(const DaemonProcess&) = delete;
    DaemonProcess& operator=(const DaemonProcess&) = delete;

    [[nodiscard]] Result<void> start(const std::filesystem::path& program, const Places& places);

    // Waits for READY=1 on the pipe.
    [[nodiscard]] Outcome await(std::chrono::steady_clock::time_point deadline);
    // After Exited: as a shell would say it, 128 + the signal if one killed it.
    [[nodiscard]] int exitStatus() const { return exitStatus_; }
    // After Silent: it would otherwise become a broker that nobody waits for.
    void stop();
    // What it wrote to standard error, its last lines, safe to show.
    [[nodiscard]] std::string lastWords() const;

private:
    [[nodiscard]] bool collect(std::chrono::steady_clock::time_point deadline);

    pid_t pid_ = -1;
    int readyPipe_ = -1;
    int log_ = -1;
    off_t logStart_ = 0;
    int exitStatus_ = -1;
};

} // namespace keybearer
