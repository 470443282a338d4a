#include "broker/base/Text.h"
#include "broker/oauth/TokenResponse.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// First byte: which status. Rest: the body. Whatever comes out as a token must be fit for a header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static constexpr int statuses[] = {200, 400, 401, 429, 500};
    if (size == 0)
        return 0;
    HttpResponse response;
    response.status = statuses[data[0] % std::size(statuses)];
    response.body = Secret::copyOf({reinterpret_cast<const char*>(data) + 1, size - 1});
    const Result<TokenSet> set = parseTokenResponse(response, fromUnixSeconds(1'000'000));
    if (!set) {
        if (!isVisibleAscii(displaySafe(set.error().message)) && !isValidUtf8(set.error().message))
            std::abort();
        return 0;
    }
    if (response.status != 200 || !isBearerToken(set->accessToken.reveal()) || set->tokenType != "Bearer" ||
        !isVisibleAscii(set->refreshToken.reveal()) || set->refreshToken.size() > 16384 ||
        (set->expiresIn && set->expiresIn->count() < 0))
        std::abort();
    return 0;
}
