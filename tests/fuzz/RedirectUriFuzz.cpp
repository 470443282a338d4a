#include "broker/authserver/AuthorizationQuery.h"
#include "broker/authserver/RedirectUri.h"
#include "broker/authserver/RefreshTokens.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// One text as everything that a stranger may send: a redirect address, a resource, a refresh token.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    constexpr const char* registered = "http://127.0.0.1/callback";
    if (matchesRedirect(registered, text) && text != registered) {
        const auto address = loopbackAddress(text);
        if (!address || address->rest != "/callback" || judgeRedirect(text) != RedirectVerdict::Accept)
            std::abort();
    }
    if (judgeRedirect(text) == RedirectVerdict::Accept &&
        text.find_first_of("\r\n #<>\"") != std::string::npos)
        std::abort();
    static_cast<void>(redirectTarget(text));
    if (namesService(text, "http://127.0.0.1:4180", "notes") && !text.empty()) {
        const auto address = loopbackAddress(text);
        if (!address || address->port != "4180")
            std::abort();
    }
    if (const auto parts = readRefreshToken(text); parts && parts->mac.size() != 32)
        std::abort();
    static_cast<void>(scopeWords(text));
    return 0;
}
