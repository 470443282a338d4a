#include "broker/gateway/ServerMemory.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::size_t mostServers = 256; // more than anybody has configured
}

std::shared_ptr<ServerMemory::Server> ServerMemory::of(const ExchangeTerms& terms) {
    const std::string key = terms.service + "\n" + terms.url;
    const auto found =
        std::find_if(servers_.begin(), servers_.end(), [&](const auto& entry) { return entry.first == key; });
    if (found != servers_.end()) {
        servers_.splice(servers_.begin(), servers_, found);
    } else {
        servers_.emplace_front(key, std::make_shared<Server>());
        if (servers_.size() > mostServers)
            servers_.pop_back();
    }
    return servers_.front().second;
}

} // namespace keybearer
