#include "broker/gatekeeper/Exchanges.h"

#include "broker/access/ConsentGate.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>

namespace keybearer {

bool Exchange::uses(const std::string& session) const {
    return std::any_of(serials.begin(), serials.end(),
                       [&](const auto& serial) { return serial.second == session; });
}

std::string exchangeEndLine(const std::string& id, const std::string& why) {
    return notificationLine("exchange.end", Json{{"exchange", id}, {"message", why}});
}

Result<Exchange*> Exchanges::open(Tickets::Admitted admitted, std::optional<HttpRoute> route) {
    if (exchanges_.size() >= most)
        return failure(Error(ErrorCode::RateLimited, "too many MCP conversations are open",
                             "End some of the programs that use keybearer mcp.")
                           .retry(std::chrono::seconds(60)));
    auto exchange = std::make_unique<Exchange>();
    exchange->id = "x_" + std::to_string(next_);
    exchange->connection = ConsentGate::conversationBit | next_;
    exchange->caller = std::move(admitted.caller);
    exchange->target = std::move(admitted.target);
    exchange->route = route;
    const std::shared_ptr<const PeerProcess>& process = exchange->caller.process;
    if (process != nullptr) {
        exchange->end =
            ProcessWatch::start(exchange->caller.pid, [this, id = exchange->id] { Q_EMIT programEnded(id); });
        // Looked at after the watch has begun: from here on the number cannot be another process's.
        if (exchange->end == nullptr || (!exchange->caller.prior && !process->stillTheSame()))
            return failure(ErrorCode::ConsentDenied, "the program that asked for this has ended",
                           "Start it again.");
    }
    ++next_;
    Exchange* added = exchange.get();
    exchanges_[added->id] = std::move(exchange);
    Q_EMIT opened(*added);
    return added;
}

Exchange* Exchanges::find(const std::string& id) {
    const auto found = exchanges_.find(id);
    return found == exchanges_.end() ? nullptr : found->second.get();
}

void Exchanges::close(const std::string& id) {
    const auto found = exchanges_.find(id);
    if (found == exchanges_.end())
        return;
    const std::unique_ptr<Exchange> exchange = std::move(found->second);
    exchanges_.erase(found);
    Q_EMIT closing(*exchange);
}

void Exchanges::closeAll() {
    while (!exchanges_.empty())
        close(exchanges_.begin()->first);
}

} // namespace keybearer
