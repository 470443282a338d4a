#include "broker/platform/ProcessStart.h"

#include "broker/platform/unix/NewProcess.h"
#include "broker/platform/unix/StarterRequest.h"

#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {

StartedProcess startProcess(const ProcessPlan& plan) {
    std::optional<StartedProcess> started = startByStarter(plan);
    if (!started)
        started = newProcess(plan, ::fork, ::getpid());
    if (started->code == 0)
        return *started;
    if (started->pid > 0)
        ::waitpid(static_cast<pid_t>(started->pid), nullptr, 0);
    return {0, started->code};
}

} // namespace keybearer
