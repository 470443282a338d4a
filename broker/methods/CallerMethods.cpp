#include "broker/methods/CallerMethods.h"

#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

void CallerMethods::addTo(MethodTable& table) {
    table.add("caller.show", [this](const CallContext& call, const Json& params, const Reply& reply) {
        if (!paramsOrAnswer<NoParams>(params, reply))
            return;
        const Caller caller = call.caller;
        const auto answer = [caller, reply](const Result<Caller>& parent) {
            // A number that was given to another process since hello names nobody that started this one.
            const bool known = parent && parent->startTime == caller.parentStartTime;
            Json starter = known ? toWire(*parent) : Json(nullptr);
            if (known) { // it has not connected, and claims nothing
                starter.erase("claimed_name");
                starter.erase("uid");
            }
            reply.result(Json{{"role", roleWord(caller.role)},
                              {"operator", caller.operatorProgram},
                              {"caller", toWire(caller)},
                              {"started_by", std::move(starter)}});
        };
        if (caller.parentPid <= 0)
            return answer(failure(ErrorCode::NotFound, "nothing is known of who started it"));
        describe_(caller.parentPid, answer);
    });
}

} // namespace keybearer
