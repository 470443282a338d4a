#include "broker/base/Text.h"
#include "broker/oauth/DeviceCode.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// First byte: which status. Rest: the body. Whatever is shown to a person must be harmless.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static constexpr int statuses[] = {200, 400, 429, 500};
    if (size == 0)
        return 0;
    HttpResponse response;
    response.status = statuses[data[0] % std::size(statuses)];
    response.body = Secret::copyOf({reinterpret_cast<const char*>(data) + 1, size - 1});
    const WallTime now = fromUnixSeconds(1'000'000);
    const Result<DeviceAuthorization> answer = parseDeviceAuthorization(response, now);
    if (!answer)
        return 0;
    const DeviceCode& shown = answer->shown;
    const bool plain = shown.verificationUri.scheme() == QStringLiteral("https") ||
                       shown.verificationUri.scheme() == QStringLiteral("http");
    if (response.status != 200 || !plain || !isVisibleAscii(shown.userCode) || shown.userCode.size() > 64 ||
        shown.expiresAt <= now || shown.interval.count() < 1 || answer->deviceCode.empty())
        std::abort();
    return 0;
}
