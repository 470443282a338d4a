#include "broker/config/ConfigText.h"

#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t expandedLimit = std::size_t{64} * 1024; // one value; a private key has 4 KiB

bool isVariableName(std::string_view name) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && isLetter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    });
}

// `inside` is what stands between the braces.
tl::expected<std::string, std::string> valueOf(std::string_view inside, const Environment& environment) {
    const std::size_t colon = inside.find(':');
    const std::string name(inside.substr(0, colon));
    if (!isVariableName(name) || (colon != std::string_view::npos && inside.substr(colon, 2) != ":-"))
        return tl::make_unexpected("${" + displaySafe(inside, 40) +
                                   "} is not understood; write ${VARIABLE} or ${VARIABLE:-default}");
    const auto found = environment.find(name);
    if (colon != std::string_view::npos) {
        const bool isSet = found != environment.end() && !found->second.empty();
        return isSet ? found->second : std::string(inside.substr(colon + 2));
    }
    if (found == environment.end())
        return tl::make_unexpected("the environment variable " + name + " is not set; set it or write ${" +
                                   name + ":-default}");
    return found->second;
}

} // namespace

tl::expected<std::string, std::string> expandVariables(std::string_view text,
                                                       const Environment& environment) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view two = text.substr(at, 2);
        if (two == "$$") {
            out += '$';
            at += 2;
        } else if (two == "${") {
            const std::size_t end = text.find('}', at);
            if (end == std::string_view::npos)
                return tl::make_unexpected(
                    std::string("${ without its closing brace; write $$ for a dollar sign"));
            auto value = valueOf(text.substr(at + 2, end - at - 2), environment);
            if (!value)
                return value;
            out += *value;
            at = end + 1;
        } else {
            out += text[at++];
        }
        if (out.size() > expandedLimit)
            return tl::make_unexpected("longer than " + std::to_string(expandedLimit) + " bytes");
    }
    return out;
}

void addVariables(std::string_view text, std::vector<std::string>& names) {
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (text[at] != '$')
            continue;
        if (text[at + 1] == '{') {
            const std::string_view inside = text.substr(at + 2);
            const std::string name(inside.substr(0, inside.find_first_of(":}")));
            if (isVariableName(name) && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
        ++at; // $$ is a dollar sign, and no beginning
    }
}

} // namespace keybearer
