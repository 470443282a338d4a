#include "broker/http/HttpTransport.h"

#include "broker/base/Ascii.h"

#include <algorithm>
#include <charconv>

namespace keybearer {

namespace {

bool isNumber(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string HttpResponse::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [name](const HttpHeader& header) {
        return equalIgnoringCase(header.name, name);
    });
    return found == headers.end() ? std::string() : found->value;
}

std::optional<std::chrono::seconds> HttpResponse::retryAfter(WallTime now, std::chrono::seconds most) const {
    const std::string value = header("Retry-After");
    if (isNumber(value)) {
        std::int64_t seconds = 0;
        const auto parsed = std::from_chars(value.data(), value.data() + value.size(), seconds);
        // A number that does not fit is still "very long".
        return parsed.ec == std::errc() ? std::min(std::chrono::seconds(seconds), most) : most;
    }
    const std::optional<WallTime> date = fromHttpDate(value);
    if (!date)
        return std::nullopt;
    return std::clamp(std::chrono::ceil<std::chrono::seconds>(*date - now), std::chrono::seconds(0), most);
}

} // namespace keybearer
