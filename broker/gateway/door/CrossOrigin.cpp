#include "broker/gateway/door/CrossOrigin.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::array<std::string_view, 8> plainFields{"authorization",        "content-type", "accept",
                                                      "mcp-protocol-version", "mcp-method",   "mcp-name",
                                                      "mcp-session-id",       "last-event-id"};
constexpr std::string_view parameterFields = "mcp-param-"; // any name may follow
constexpr std::size_t longestName = 128;

bool isAllowed(std::string_view name) {
    const auto token = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (name.size() > longestName || !std::all_of(name.begin(), name.end(), token))
        return false;
    return name.starts_with(parameterFields) ||
           std::find(plainFields.begin(), plainFields.end(), name) != plainFields.end();
}

// A browser asks for the names in lower case and sorted.
std::string allowedOf(std::string_view asked) {
    std::string out;
    for (std::size_t begin = 0; begin <= asked.size();) {
        const std::size_t end = std::min(asked.find(',', begin), asked.size());
        std::string name = lowered(asked.substr(begin, end - begin));
        std::erase(name, ' ');
        if (isAllowed(name))
            out.append(out.empty() ? "" : ", ").append(name);
        begin = end + 1;
    }
    return out;
}

} // namespace

std::vector<HttpField> readableFor(const std::string& origin) {
    return {{"access-control-allow-origin", origin},
            {"access-control-expose-headers", "WWW-Authenticate, Mcp-Session-Id"},
            {"vary", "Origin"}};
}

std::vector<HttpField> allowedFor(const RequestHead& preflight, const std::vector<std::string>& methods) {
    std::vector<HttpField> out{{"access-control-allow-methods", join(methods, ", ")},
                               {"access-control-max-age", "600"}};
    const std::string fields = allowedOf(preflight.field("access-control-request-headers"));
    if (!fields.empty())
        out.emplace_back("access-control-allow-headers", fields);
    if (preflight.field("access-control-request-private-network") == "true")
        out.emplace_back("access-control-allow-private-network", "true");
    return out;
}

} // namespace keybearer
