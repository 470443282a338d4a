#include "broker/methods/CapabilityMethods.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RunMethods.h"

namespace keybearer {

namespace {

RunCommand commandOf(CapabilityOpenParams& params) {
    RunCommand command;
    command.pid = params.pid;
    command.startTime = static_cast<std::uint64_t>(params.startTime);
    command.executable = std::move(params.executable);
    command.arguments = std::move(params.arguments);
    command.workingDirectory = std::move(params.workingDirectory);
    command.environment = std::move(params.environment);
    return command;
}

} // namespace

void CapabilityMethods::addTo(MethodTable& table) {
    table.add("capability.open", [this](const CallContext& context, const Json& params, const Reply& reply) {
        open(context, params, reply);
    });
    table.add("capability.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
}

void CapabilityMethods::open(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<CapabilityOpenParams> wanted = paramsOrAnswer<CapabilityOpenParams>(params, reply);
    if (!wanted)
        return;
    if (!context.caller.operatorProgram)
        return reply.error(Error(ErrorCode::PolicyDenied, "only the command line hands out capabilities",
                                 "Start the program with: keybearer run --profile"));
    const std::string profile = wanted->profile;
    const bool inEnvironment = wanted->inEnvironment;
    const Caller opener = context.caller; // the connection's own is exchanged on the way
    capabilities_.open(context.connection, opener, profile, commandOf(*wanted), inEnvironment,
                       [this, connection = context.connection, reply](Result<Capabilities::Opened> outcome) {
                           if (!outcome)
                               return reply.error(outcome.error());
                           opened(connection, std::move(*outcome), reply);
                       });
}

void CapabilityMethods::opened(std::uint64_t connection, Capabilities::Opened opened, const Reply& reply) {
    const Capability& capability = opened.capability;
    Json result{{"capability_id", capability.id},
                {"profile", capability.profile},
                {"allow", opened.allowed},
                {"expires_at", timeOrNull(capability.until)}};
    if (!opened.stamp.empty())
        result["executable_stamp"] = opened.stamp;
    if (opened.restarts)
        result["restart"] = "on_expiry";
    if (opened.secret)
        result["capability"] = opened.secret->reveal();
    else
        desk_.become(connection, capability.holder);
    reply.result(result);
    wipeJson(result);
}

void CapabilityMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json live = Json::array();
    for (const Capability& capability : capabilities_.live())
        live.push_back(Json{{"capability_id", capability.id},
                            {"profile", capability.profile},
                            {"pid", capability.holder.pid},
                            {"executable", displaySafe(capability.holder.executable, 4096)},
                            {"in_environment", capability.inEnvironment},
                            {"issued_at", toRfc3339(capability.issuedAt)},
                            {"expires_at", timeOrNull(capability.until)}});
    Json profiles = Json::array();
    for (const RunProfile& profile : capabilities_.profiles()) {
        Json command = Json::array();
        for (const std::string& word : profile.command)
            command.push_back(displaySafe(word, 4096));
        profiles.push_back(
            Json{{"profile", profile.name},
                 {"allow", profile.allowed},
                 {"command", std::move(command)},
                 {"expires_seconds", profile.expires ? Json(profile.expires->count()) : Json()},
                 {"fallback", profile.fallback},
                 {"restart", profile.restarts ? "on_expiry" : "never"}});
    }
    reply.result(Json{{"capabilities", std::move(live)}, {"profiles", std::move(profiles)}});
}

} // namespace keybearer
