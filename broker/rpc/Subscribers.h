#pragma once

#include "broker/base/Json.h"
#include "broker/rpc/ConnectionTable.h"
#include "broker/rpc/RpcDispatcher.h"

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace keybearer {

// Who listens to which events (events.subscribe), and the events on their way to them. Owned by the
// RpcServer; event loop thread.
class Subscribers {
public:
    Subscribers(const ConnectionTable& connections, const RpcDispatcher& dispatcher)
        : connections_(connections), dispatcher_(dispatcher) {}

    // See EventPublisher.
    void publish(std::string_view topic, Json event) const;
    [[nodiscard]] std::size_t listeners(std::string_view topic) const;
    // Does an operator program that lies there listen to the topic?
    [[nodiscard]] bool hears(std::string_view topic, const std::filesystem::path& program) const;

private:
    const ConnectionTable& connections_;
    const RpcDispatcher& dispatcher_;
};

} // namespace keybearer
