// The settings of a gateway from arbitrary bytes. Looks for crashes, endless loops, names that config.yaml
// does not take, and a secret in an error.
#include "app/import/GatewaySettings.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto settings =
        keybearer::readGatewaySettings({reinterpret_cast<const char*>(data), size}, "gateway.yaml");
    if (!settings) {
        // The name of a key is no secret.
        const std::string& message = settings.error().message;
        if (message.find("c4n4ry") != std::string::npos &&
            message.find("stands here a second time") == std::string::npos)
            std::abort();
        return 0;
    }
    for (const keybearer::GatewayEntry& entry : settings->entries) {
        const bool odd =
            entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") != std::string::npos;
        if (odd || entry.name.size() > 64 || (entry.name.empty() && entry.problem.empty()))
            std::abort();
        for (const keybearer::GatewayMember& member : entry.members) {
            if (member.values.empty() || member.values.front().find('\n') != std::string::npos)
                std::abort();
        }
    }
    return 0;
}
