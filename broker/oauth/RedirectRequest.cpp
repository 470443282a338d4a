#include "broker/oauth/RedirectRequest.h"

#include "broker/base/Ascii.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr std::string_view headEnd = "\r\n\r\n";

bool isTokenText(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

bool isTarget(std::string_view text) {
    return !text.empty() && text.front() == '/' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
}

bool isFieldValue(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

bool isHostName(std::string_view name) {
    return equalIgnoringCase(name, "host");
}

bool readRequestLine(std::string_view line, RedirectRequest& request) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return false;
    const std::string_view version = line.substr(last + 1);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    if (!isTokenText(line.substr(0, first)) || !isTarget(target) ||
        (version != "HTTP/1.1" && version != "HTTP/1.0"))
        return false;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.method = line.substr(0, first);
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    return true;
}

} // namespace

std::optional<std::size_t> redirectHeadEnd(std::string_view received) {
    const std::size_t end = received.find(headEnd);
    if (end == std::string_view::npos)
        return std::nullopt;
    return end + headEnd.size();
}

std::optional<RedirectRequest> parseRedirectRequest(std::string_view head) {
    const std::optional<std::size_t> end = redirectHeadEnd(head);
    if (!end || *end != head.size() || head.size() > redirectHeadLimit)
        return std::nullopt;
    head.remove_suffix(lineEnd.size()); // what is left are lines, each with its end
    std::size_t stop = head.find(lineEnd);
    RedirectRequest request;
    if (!readRequestLine(head.substr(0, stop), request))
        return std::nullopt;
    int hosts = 0;
    for (head.remove_prefix(stop + lineEnd.size()); !head.empty();
         head.remove_prefix(stop + lineEnd.size())) {
        stop = head.find(lineEnd);
        const std::string_view line = head.substr(0, stop);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !isTokenText(line.substr(0, colon)) ||
            !isFieldValue(line.substr(colon + 1)))
            return std::nullopt;
        if (isHostName(line.substr(0, colon))) {
            request.host = trimmed(line.substr(colon + 1));
            ++hosts;
        }
    }
    if (hosts != 1)
        return std::nullopt;
    return request;
}

} // namespace keybearer
