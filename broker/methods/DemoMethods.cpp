#include "broker/methods/DemoMethods.h"

#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

void DemoMethods::addTo(MethodTable& table) {
    table.add("demo.status", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (paramsOrAnswer<NoParams>(params, reply))
            reply.result(desk_.status());
    });
    table.add("demo.start", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (!paramsOrAnswer<NoParams>(params, reply))
            return;
        if (const Result<void> started = desk_.start(); !started)
            return reply.error(started.error());
        reply.result(desk_.status());
    });
    table.add("demo.stop", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (!paramsOrAnswer<NoParams>(params, reply))
            return;
        desk_.stop([this, reply](const Result<void>& stopped) {
            if (!stopped)
                return reply.error(stopped.error());
            reply.result(desk_.status());
        });
    });
}

} // namespace keybearer
