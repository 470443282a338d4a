#include "broker/platform/PeerCredentials.h"
#include "broker/platform/ProgramFile.h"

namespace keybearer {

std::optional<FileIdentity> programIdentity(std::int64_t pid) {
    return fileIdentity(describeProcess(pid).executable);
}

} // namespace keybearer
