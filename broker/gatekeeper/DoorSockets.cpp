#include "broker/gatekeeper/DoorSockets.h"

namespace keybearer {

Result<void> DoorSockets::openPort(std::uint16_t port) {
    const std::optional<std::uint16_t> known = memory_.recall(name_);
    const std::uint16_t wanted = port != 0 ? port : known.value_or(0);
    Result<LoopbackSockets> opened = wanted != 0 ? LoopbackSockets::open(wanted) : LoopbackSockets::openAny();
    if (!opened)
        return failure(opened.error());
    tcp_ = std::move(*opened);
    before_ = known && *known != tcp_.port() ? known : std::nullopt;
    if (known != tcp_.port())
        memory_.remember(name_, tcp_.port());
    return {};
}

Result<void> DoorSockets::openSocket(const std::filesystem::path& path) {
    Result<ListenSocket> opened = openListenSocket(path);
    if (!opened)
        return failure(opened.error());
    local_ = std::move(*opened);
    return {};
}

void DoorSockets::close() {
    tcp_.close();
    local_.close();
}

std::vector<std::string> DoorSockets::hosts() const {
    if (!tcp_.isOpen())
        return {};
    const std::string port = ":" + std::to_string(tcp_.port());
    std::vector<std::string> out{"127.0.0.1" + port};
    // A browser may look up localhost as either address.
    if (!tcp_.twinTaken())
        out.push_back("localhost" + port);
    if (tcp_.hasIpv6())
        out.push_back("[::1]" + port);
    return out;
}

} // namespace keybearer
