#include "broker/gatekeeper/DoorMethods.h"

#include "broker/base/Text.h"
#include "broker/protocol/GatewayParams.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

Error notThere() {
    return {ErrorCode::NotConfigured, "this broker has no authorization server of its own",
            "Start a broker that was built with the gateway."};
}

template <typename Params>
std::optional<Params> paramsOr(const Json& params, const Reply& reply) {
    Result<Params> read = Params::from(params);
    if (read)
        return std::move(*read);
    reply.error(read.error());
    return std::nullopt;
}

} // namespace

void DoorMethods::addTo(MethodTable& table) {
    table.add("gateway.status", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (paramsOr<NoParams>(params, reply))
            reply.result(status());
    });
    table.add("gateway.start", [this](const CallContext& context, const Json& params, const Reply& reply) {
        start(context, params, reply);
    });
    table.add("gateway.stop", [this](const CallContext& context, const Json& params, const Reply& reply) {
        stop(context, params, reply);
    });
    table.add("gateway.keys", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (!paramsOr<NoParams>(params, reply))
            return;
        authority_.keys ? reply.result(authority_.keys()) : reply.error(notThere());
    });
    table.add("gateway.rotate_keys", [this](const CallContext& context, const Json& params,
                                            const Reply& reply) { rotate(context, params, reply); });
    table.add("gateway.clients",
              [this](const CallContext&, const Json& params, const Reply& reply) { clients(params, reply); });
    table.add("gateway.remove_client", [this](const CallContext& context, const Json& params,
                                              const Reply& reply) { removeClient(context, params, reply); });
}

Json DoorMethods::status() const {
    Json out = rooms_.doors.status();
    out["process"] = Json{{"running", rooms_.process.running()},
                          {"starts", rooms_.process.counters().starts},
                          {"deaths", rooms_.process.counters().deaths}};
    if (rooms_.process.running())
        out["process"]["pid"] = rooms_.process.pid();
    out["connected"] = rooms_.routes.connected();
    Json findings = Json::array();
    for (const HttpDoors::Finding& finding : rooms_.doors.findings())
        findings.push_back(Json{{"level", finding.level},
                                {"name", finding.name},
                                {"message", finding.message},
                                {"action", finding.action}});
    out["findings"] = std::move(findings);
    return out;
}

void DoorMethods::start(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<GatewayStartParams> wish = paramsOr<GatewayStartParams>(params, reply);
    if (!wish)
        return;
    const bool was = rooms_.doors.isOpen();
    const Result<void> opened = rooms_.doors.open(static_cast<std::uint16_t>(wish->port));
    rooms_.changed();
    if (!opened)
        return reply.error(opened.error());
    if (!was)
        rooms_.record("gateway.opened", context.caller, rooms_.doors.base());
    reply.result(status());
}

void DoorMethods::stop(const CallContext& context, const Json& params, const Reply& reply) {
    if (!paramsOr<NoParams>(params, reply))
        return;
    if (const std::string base = rooms_.doors.base(); !base.empty())
        rooms_.record("gateway.closed", context.caller, base);
    rooms_.doors.close();
    rooms_.changed();
    reply.result(status());
}

void DoorMethods::rotate(const CallContext& context, const Json& params, const Reply& reply) {
    if (!paramsOr<NoParams>(params, reply))
        return;
    if (!authority_.rotateKeys)
        return reply.error(notThere());
    authority_.rotateKeys([this, reply, caller = context.caller](const Result<void>& rotated) {
        if (!rotated)
            return reply.error(rotated.error());
        rooms_.record("gateway.key_rotated", caller, {});
        reply.result(authority_.keys());
    });
}

void DoorMethods::clients(const Json& params, const Reply& reply) const {
    if (!paramsOr<NoParams>(params, reply))
        return;
    if (!authority_.clients || !authority_.grants)
        return reply.error(notThere());
    Json out = authority_.clients();
    out.update(authority_.grants());
    out["connected"] = rooms_.routes.connected();
    reply.result(out);
}

void DoorMethods::removeClient(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<GatewayClientParams> which = paramsOr<GatewayClientParams>(params, reply);
    if (!which)
        return;
    if (!authority_.removeClient)
        return reply.error(notThere());
    if (const Result<void> removed = authority_.removeClient(which->clientId); !removed)
        return reply.error(removed.error());
    rooms_.record("gateway.client_removed", context.caller, displaySafe(which->clientId, 128));
    reply.result(Json{{"client_id", which->clientId}});
}

} // namespace keybearer
