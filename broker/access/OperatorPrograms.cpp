#include "broker/access/OperatorPrograms.h"

#include "broker/platform/PeerCredentials.h"

namespace keybearer {

namespace {

#ifdef _WIN32
constexpr const char* suffix = ".exe";
#else
constexpr const char* suffix = "";
#endif

} // namespace

bool OperatorPrograms::include(const Caller& caller) const {
    if (directory_.empty() || caller.pid <= 0 || caller.door != Door::Broker)
        return false;
    if (caller.process != nullptr && !caller.process->stillTheSame())
        return false; // it became this program only after it had connected
    for (const char* name : {"keybearer", "keybearer-tray"}) {
        const std::filesystem::path program = directory_ / (std::string(name) + suffix);
        if (caller.executable != program.string())
            continue;
        // It may have connected as another program, which still holds the connection.
        if (caller.process != nullptr && !caller.process->stillTheSame())
            return false;
        const std::optional<FileIdentity> running = programIdentity(caller.pid);
        return running && running == fileIdentity(program) && onlyThisUserReplaces(program);
    }
    return false;
}

bool OperatorPrograms::isStill(const Caller& caller) {
    if (caller.process != nullptr && !caller.process->stillTheSame())
        return false;
    return caller.program && programIdentity(caller.pid) == caller.program &&
           describeProcess(caller.pid).startTime == caller.startTime;
}

} // namespace keybearer
