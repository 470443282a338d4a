#pragma once

#include <functional>
#include <memory>

namespace keybearer {

// Whether this machine has a network, by what the system says (QNetworkInformation: NetworkManager or netlink
// on Linux). Where nobody says anything, it is online: a machine without such a service must work as before.
// Only one at a time, for the whole process; owned by the Broker; event loop thread.
class NetworkWatch {
public:
    // `changed(online)` is called when the answer changes.
    [[nodiscard]] static std::unique_ptr<NetworkWatch> start(std::function<void(bool)> changed);
    virtual ~NetworkWatch() = default;
    NetworkWatch(const NetworkWatch&) = delete;
    NetworkWatch& operator=(const NetworkWatch&) = delete;

    [[nodiscard]] virtual bool online() const = 0;

protected:
    NetworkWatch() = default;
};

} // namespace keybearer
