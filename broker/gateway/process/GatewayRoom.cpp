#include "broker/gateway/process/GatewayRoom.h"

#include "broker/base/Text.h"
#include "broker/gateway/GatewayLog.h"

namespace keybearer {

GatewayRoom::GatewayRoom(int coreLink, int door)
    : core_(loop_, timers_, coreLink),
      door_(loop_, McpExchange::Parts{core_, timers_, connector_, memory_, seal_, &pins_}, door) {}

void GatewayRoom::run() {
    core_.start([this](const std::string& method, const Json& params,
                       std::vector<OwnedDescriptor> along) { notified(method, params, std::move(along)); },
                [this] {
                    logInfo("the broker has ended the link; ending");
                    loop_.stop();
                });
    door_.start();
    loop_.run();
}

void GatewayRoom::notified(const std::string& method, const Json& params,
                           std::vector<OwnedDescriptor> descriptors) {
    if (method == "gateway.stop") {
        loop_.stop();
        return;
    }
    if (method == "tools.changed")
        return pins_.changed(stringAt(params, "service").value_or(""));
    const bool conversation = programs_.notified(method, params); // what admitted it hears of it as well
    if (local_.notified(method, params) || http_.notified(method, params, descriptors))
        return;
    McpExchange* exchange = door_.exchange(stringAt(params, "exchange").value_or(""));
    if (exchange == nullptr || conversation)
        return; // it has ended meanwhile
    if (method == "exchange.stale")
        exchange->stale();
    else if (method == "exchange.end")
        exchange->end(stringAt(params, "message").value_or(""));
    else if (method == "exchange.signin")
        exchange->signedIn(stringAt(params, "signin_id").value_or(""),
                           stringAt(params, "state").value_or(""));
    else
        logWarning("the broker sent a notification that is not known: " + displaySafe(method, 60));
}

} // namespace keybearer
