#include "broker/methods/SharingMethods.h"

#include "broker/base/Time.h"
#include "broker/methods/CallerEvent.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/SharingParams.h"

namespace keybearer {

Json toWire(const SharingPause& pause) {
    Json out{{"paused", pause.isPaused()}};
    if (const std::optional<WallTime> until = pause.until())
        out["until"] = toRfc3339(*until);
    return out;
}

void SharingMethods::addTo(MethodTable& table) {
    table.add("sharing.pause", [this](const CallContext& context, const Json& params, const Reply& reply) {
        pause(context, params, reply);
    });
    table.add("sharing.resume", [this](const CallContext& context, const Json& params, const Reply& reply) {
        resume(context, params, reply);
    });
    table.add("broker.stop", [this](const CallContext& context, const Json& params, const Reply& reply) {
        stop(context, params, reply);
    });
}

void SharingMethods::pause(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<SharingPauseParams> wish = paramsOrAnswer<SharingPauseParams>(params, reply);
    if (!wish)
        return;
    const auto length = wish->seconds ? std::optional(std::chrono::seconds(*wish->seconds)) : std::nullopt;
    const Result<void> paused = pause_.pause(length);
    const std::optional<WallTime> until = pause_.until();
    record(callerEvent("sharing.paused", context.caller),
           until ? "until " + toRfc3339(*until) : "until it is resumed");
    if (!paused)
        return reply.error(paused.error());
    reply.result(toWire(pause_));
}

void SharingMethods::resume(const CallContext& context, const Json& params, const Reply& reply) {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    const bool was = pause_.isPaused();
    const Result<void> resumed = pause_.resume();
    if (was)
        record(callerEvent("sharing.resumed", context.caller));
    if (!resumed)
        return reply.error(resumed.error());
    reply.result(toWire(pause_));
}

void SharingMethods::stop(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<BrokerStopParams> wish = paramsOrAnswer<BrokerStopParams>(params, reply);
    if (!wish)
        return;
    record(callerEvent("broker.stop_asked", context.caller), wish->restart ? "to restart" : "");
    if (wish->restart) {
        restart_([reply](const Result<void>& sure) {
            if (!sure)
                return reply.error(sure.error());
            reply.result(Json{{"stopping", true}, {"restarting", true}});
        });
        return;
    }
    reply.result(Json{{"stopping", true}});
    stop_();
}

void SharingMethods::record(AuditEvent event, std::string detail) {
    event.detail = std::move(detail);
    // An audit log that cannot be written shows in health.get; nothing is released here.
    static_cast<void>(audit_.append(event).has_value());
}

} // namespace keybearer
