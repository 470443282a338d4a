#include "broker/gateway/StateSeal.h"

#include "broker/base/Random.h"

#include <sodium.h>

#include <array>
#include <charconv>

namespace keybearer {

namespace {

constexpr std::string_view mark = "keybearer.1.";
constexpr std::chrono::minutes lifetime{10}; // as long as a person may need for a sign-in

} // namespace

std::string StateSeal::tag(std::string_view time, std::string_view exchange, std::string_view request) const {
    // Each part with its length, so that no two triples have one text.
    std::string text;
    for (const std::string_view part : {time, exchange, request})
        text.append(std::to_string(part.size())).append(":").append(part);
    std::array<unsigned char, crypto_auth_BYTES> out{};
    static_assert(crypto_auth_KEYBYTES == 32);
    crypto_auth(out.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                reinterpret_cast<const unsigned char*>(key_.reveal().data()));
    return base64Url(std::string_view(reinterpret_cast<const char*>(out.data()), out.size()));
}

std::string StateSeal::seal(std::string_view exchange, std::string_view request, Instant now) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const std::string time = std::to_string(seconds);
    return std::string(mark).append(time).append(".").append(tag(time, exchange, request));
}

bool StateSeal::isOurs(std::string_view state) {
    return state.substr(0, mark.size()) == mark;
}

bool StateSeal::opens(std::string_view state, std::string_view exchange, std::string_view request,
                      Instant now) const {
    if (!isOurs(state))
        return false;
    state.remove_prefix(mark.size());
    const std::size_t dot = state.find('.');
    if (dot == std::string_view::npos)
        return false;
    const std::string_view time = state.substr(0, dot);
    std::int64_t seconds = 0;
    const auto read = std::from_chars(time.data(), time.data() + time.size(), seconds);
    if (read.ec != std::errc() || read.ptr != time.data() + time.size())
        return false;
    const std::string expected = tag(time, exchange, request);
    const std::string_view given = state.substr(dot + 1);
    if (given.size() != expected.size() || sodium_memcmp(given.data(), expected.data(), given.size()) != 0)
        return false;
    const Instant made{std::chrono::seconds(seconds)};
    return made <= now && now - made <= lifetime;
}

} // namespace keybearer
