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
    const std::filesystem::path program = named(caller);
    return !program.empty() && caller.program && caller.program == fileIdentity(program) &&
           onlyThisUserReplaces(program);
}

std::filesystem::path OperatorPrograms::named(const Caller& caller) const {
    for (const char* name : {"keybearer", "keybearer-tray"}) {
        std::filesystem::path program = directory_ / (std::string(name) + suffix);
        if (!directory_.empty() && caller.executable == program.string())
            return program;
    }
    return {};
}

std::string OperatorPrograms::advice(const Caller& caller) const {
    const std::filesystem::path program = named(caller);
    if (program.empty() || caller.operatorProgram)
        return {};
    if (!onlyThisUserReplaces(program))
        return "Others may replace " + program.string() +
               ": see to it that only you or root can write it and every directory above it.";
    return "Start the tray or the command again: it is not the program that lies at " + program.string() +
           ".";
}

bool OperatorPrograms::isStill(const Caller& caller) {
    if (caller.process != nullptr && !caller.process->stillTheSame())
        return false;
    return caller.program && programIdentity(caller.pid) == caller.program &&
           describeProcess(caller.pid).startTime == caller.startTime;
}

} // namespace keybearer
