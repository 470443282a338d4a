#include "broker/platform/Starter.h"
#include "broker/platform/unix/StarterRequest.h"

namespace keybearer {

int forkStarter() {
    return -1;
}

void useStarter(int) {}

int starterSocket() {
    return -1;
}

void endStarter() {}

bool starterIsGone() {
    return false;
}

void refuseProgramsBelow(const std::vector<std::filesystem::path>&) {}

std::optional<StartedProcess> startByStarter(const ProcessPlan&) {
    return std::nullopt;
}

} // namespace keybearer
