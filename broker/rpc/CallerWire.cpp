#include "broker/rpc/CallerWire.h"

#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::size_t longestPath = 4096; // PATH_MAX: nothing may push the name at its end out of sight
constexpr std::size_t longestName = 256;

Json evidenceOfCaller(const Caller& caller) {
    Json evidence{{"system_owned", caller.systemOwned}};
    const auto put = [&evidence](const char* name, const std::string& text, std::size_t limit) {
        if (!text.empty())
            evidence[name] = displaySafe(text, limit);
    };
    put("executable_sha256", caller.executableHash, longestName);
    put("script_sha256", caller.scriptHash, longestName);
    put("working_directory", caller.workingDirectory, longestPath);
    put("terminal", caller.terminal, longestName);
    put("unit", caller.unit, longestName);
    put("sandbox", caller.sandbox, longestName);
    put("signer", caller.signer, longestName);
    evidence["ancestors"] = Json::array();
    for (const Ancestor& ancestor : caller.ancestors)
        evidence["ancestors"].push_back(
            {{"pid", ancestor.pid}, {"executable", displaySafe(ancestor.executable, longestPath)}});
    evidence["remarks"] = Json::array();
    for (const std::string& remark : caller.remarks)
        evidence["remarks"].push_back(displaySafe(remark, longestPath));
    return evidence;
}

} // namespace

Json toWire(const Caller& caller) {
    Json out{{"uid", caller.uid},
             {"pid", caller.pid},
             {"executable", displaySafe(caller.executable, longestPath)},
             {"started_by", displaySafe(caller.startedBy, longestPath)},
             {"claimed_name", displaySafe(caller.claimedName, 64)},
             {"class", identityLetter(caller.identity)},
             {"evidence", evidenceOfCaller(caller)}};
    if (!caller.script.empty())
        out["script"] = displaySafe(caller.script, longestPath);
    return out;
}

} // namespace keybearer
