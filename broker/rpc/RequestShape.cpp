#include "broker/rpc/RequestShape.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestLine = 2048; // four of them a connection, some thousand connections
constexpr std::size_t mostDigits = 15;    // every such integer is exact in every client's number type

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isPlainInteger(std::string_view text) {
    return !text.empty() && text.size() <= mostDigits && (text.front() != '0' || text.size() == 1) &&
           std::all_of(text.begin(), text.end(), isDigit);
}

std::size_t skipSpaces(std::string_view line, std::size_t at) {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
        ++at;
    return at;
}

} // namespace

std::optional<RequestShape> RequestShape::of(std::string_view line, std::string_view id) {
    // Without a backslash every string stands for itself, so the text "id" in quotes cannot be a part of
    // another one. Standing there once and followed by a colon, it is the member of the request whose value
    // the parser read.
    if (!isPlainInteger(id) || line.size() > longestLine || line.find('\\') != std::string_view::npos)
        return std::nullopt;
    constexpr std::string_view name = R"("id")";
    const std::size_t found = line.find(name);
    if (found == std::string_view::npos || line.find(name, found + 1) != std::string_view::npos)
        return std::nullopt;
    std::size_t at = skipSpaces(line, found + name.size());
    if (at == line.size() || line[at] != ':')
        return std::nullopt;
    at = skipSpaces(line, at + 1);
    const std::size_t end = at + id.size();
    if (line.substr(at, id.size()) != id || end >= line.size() ||
        (line[end] != ',' && line[end] != '}' && line[end] != ' '))
        return std::nullopt;
    return RequestShape(line.substr(0, at), line.substr(end));
}

std::string_view RequestShape::idIn(std::string_view line) const {
    if (line.size() <= before_.size() + after_.size() || !line.starts_with(before_) ||
        !line.ends_with(after_))
        return {};
    const std::string_view id = line.substr(before_.size(), line.size() - before_.size() - after_.size());
    return isPlainInteger(id) ? id : std::string_view();
}

} // namespace keybearer
