#include "broker/access/ToolPattern.h"

#include "broker/base/Ascii.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <re2/re2.h>

namespace keybearer {

namespace {

constexpr std::size_t longestPattern = 256;
constexpr std::int64_t expressionMemory =
    std::int64_t{256} * 1024; // for program and automaton of one pattern

re2::RE2::Options options() {
    re2::RE2::Options chosen;
    chosen.set_log_errors(false);
    chosen.set_max_mem(expressionMemory);
    return chosen;
}

std::string expressionOfGlob(std::string_view glob) {
    std::string out = "(?s)";
    for (const char c : glob) {
        if (c == '*')
            out += ".*";
        else if (c == '?')
            out += '.';
        else
            out += re2::RE2::QuoteMeta(re2::StringPiece(&c, 1));
    }
    return out;
}

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

// Where the first word of camelCase ends: createIssue, HTTPServer.
std::size_t firstWord(std::string_view name) {
    for (std::size_t i = 1; i < name.size(); ++i) {
        if (isUpper(name[i]) && !isUpper(name[i - 1]))
            return i;
        if (i >= 2 && isLower(name[i]) && isUpper(name[i - 1]) && isUpper(name[i - 2]))
            return i - 1;
    }
    return name.size();
}

} // namespace

tl::expected<ToolPattern, std::string> ToolPattern::parse(std::string_view text) {
    if (text.empty())
        return tl::unexpected<std::string>("is empty; write github.* or /^gh_/");
    if (text.size() > longestPattern)
        return tl::unexpected("is longer than " + std::to_string(longestPattern) + " bytes");
    const bool regular = text.front() == '/';
    if (regular && (text.size() < 3 || text.back() != '/'))
        return tl::unexpected<std::string>("begins with a slash, so it is a regular expression and must end "
                                           "with one: /^gh_/");
    const std::string expression =
        regular ? std::string(text.substr(1, text.size() - 2)) : expressionOfGlob(text);
    auto compiled = std::make_shared<const re2::RE2>(expression, options());
    if (!compiled->ok())
        return tl::unexpected("is no regular expression that RE2 understands: " +
                              displaySafe(compiled->error(), 120));
    return ToolPattern(std::move(compiled), !regular);
}

bool ToolPattern::matches(std::string_view tool) const {
    const re2::StringPiece name(tool.data(), tool.size());
    return whole_ ? re2::RE2::FullMatch(name, *expression_) : re2::RE2::PartialMatch(name, *expression_);
}

std::string capabilityOf(std::string_view tool) {
    const std::size_t start = tool.find_first_not_of("._-");
    if (start == std::string_view::npos)
        return {};
    std::string_view name = tool.substr(start);
    std::size_t end = std::string_view::npos;
    for (const char separator : {'.', '_', '-'}) {
        end = name.find(separator);
        if (end != std::string_view::npos)
            break;
    }
    name = name.substr(0, end == std::string_view::npos ? firstWord(name) : end);
    std::string capability(name);
    std::transform(capability.begin(), capability.end(), capability.begin(),
                   [](char c) { return lowered(c); });
    return capability;
}

} // namespace keybearer
