#include "app/cli/ConfigEdit.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <cctype>

namespace keybearer {

namespace {

using Lines = std::vector<std::string>; // without their line ends

tl::unexpected<Error> unsure(const std::string& why) {
    return failure(ErrorCode::InvalidRequest,
                   "config.yaml is written in a way that is not changed here: " + why,
                   "Change the file by hand.");
}

Lines split(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines)
        text.append(line).append("\n");
    return text;
}

std::size_t indentOf(const std::string& line) {
    const std::size_t first = line.find_first_not_of(' ');
    return first == std::string::npos ? line.size() : first;
}

bool isContent(const std::string& line) {
    const std::size_t first = line.find_first_not_of(" \r");
    return first != std::string::npos && line[first] != '#';
}

// Nothing but spaces and a comment.
bool isBare(std::string_view rest) {
    const std::size_t first = rest.find_first_not_of(" \r");
    return first == std::string_view::npos || rest[first] == '#';
}

bool isKey(const std::string& line, std::size_t indent, std::string_view key) {
    const std::string start = std::string(indent, ' ').append(key).append(":");
    return line.compare(0, start.size(), start) == 0 &&
           (line.size() == start.size() || line[start.size()] == ' ' || line[start.size()] == '\r');
}

// A text that YAML takes for a text and nothing else without quotes.
bool isPlain(const std::string& value) {
    const auto fits = [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_./:").find(static_cast<char>(c)) != std::string_view::npos;
    };
    static const std::vector<std::string> words{"true", "false", "yes", "no", "on", "off", "null"};
    return !value.empty() && std::isalpha(static_cast<unsigned char>(value.front())) != 0 &&
           value.back() != ':' && std::all_of(value.begin(), value.end(), fits) &&
           std::find(words.begin(), words.end(), value) == words.end();
}

std::string quoted(const std::string& value) {
    if (isPlain(value))
        return value;
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

// What one of its entries is called.
std::string_view wordOf(ConfigSection section) {
    return section == ConfigSection::Providers ? "provider" : "service";
}

// The shapes that lines cannot be put into.
Result<void> checkShape(const Lines& lines, const std::string& key) {
    for (const std::string& line : lines) {
        if (line.find('\t') != std::string::npos)
            return unsure("it has tabs");
        if (line.compare(0, 3, "---") == 0 || line.compare(0, 3, "...") == 0 || line.compare(0, 1, "%") == 0)
            return unsure("it has document marks");
        if (line.compare(0, 1, "{") == 0 || line.compare(0, 1, "[") == 0)
            return unsure("it is one block in braces");
        if (line.find("\"" + key + "\"") == 0 || line.find("'" + key + "'") == 0 || line.find("? ") == 0)
            return unsure("its keys are quoted");
    }
    return {};
}

struct Block {              // of a section
    std::size_t head = 0;   // the line that names it
    std::size_t end = 0;    // behind its last line with content
    std::size_t indent = 2; // of its entries
};

// Nothing: there is no such block yet.
Result<std::optional<Block>> findBlock(const Lines& lines, const std::string& key) {
    const auto head = std::find_if(lines.begin(), lines.end(),
                                   [&key](const std::string& line) { return isKey(line, 0, key); });
    if (head == lines.end())
        return std::nullopt;
    if (!isBare(std::string_view(*head).substr(key.size() + 1)))
        return unsure("its " + key + " stand in braces");
    Block block;
    block.head = static_cast<std::size_t>(head - lines.begin());
    block.end = block.head + 1;
    bool first = true;
    for (std::size_t i = block.head + 1; i < lines.size(); ++i) {
        if (!isContent(lines[i]))
            continue;
        if (indentOf(lines[i]) == 0)
            break;
        if (std::exchange(first, false))
            block.indent = indentOf(lines[i]);
        if (indentOf(lines[i]) < block.indent)
            return unsure("its " + key + " are not indented alike");
        block.end = i + 1;
    }
    return block;
}

// The first line of an entry, or the end of the block.
std::size_t findEntry(const Lines& lines, const Block& block, std::string_view name) {
    for (std::size_t i = block.head + 1; i < block.end; ++i) {
        if (isKey(lines[i], block.indent, name) ||
            isKey(lines[i], block.indent, std::string("\"").append(name).append("\"")) ||
            isKey(lines[i], block.indent, std::string("'").append(name).append("'")))
            return i;
    }
    return block.end;
}

// KEY=VALUE as an entry of a map.
std::string pair(const std::string& text) {
    const std::size_t equals = text.find('=');
    return quoted(text.substr(0, equals)) + ": " +
           quoted(equals == std::string::npos ? std::string() : text.substr(equals + 1));
}

} // namespace

std::string_view keyOf(ConfigSection section) {
    return section == ConfigSection::Providers ? "providers" : "services";
}

std::string entryLines(const ConfigEntry& entry, std::size_t indent) {
    const std::string space(indent, ' ');
    std::string out = space + entry.name + ":\n";
    for (const ConfigMember& member : entry.members) {
        Lines values;
        for (const std::string& value : member.values)
            values.push_back(member.isNumber ? value : member.isMap ? pair(value) : quoted(value));
        const std::string list = join(values, ", ");
        out += space + space + member.key + ": " +
               (member.isList  ? "[" + list + "]"
                : member.isMap ? "{" + list + "}"
                               : list) +
               "\n";
    }
    return out;
}

Result<std::string> withEntry(ConfigSection section, std::string_view text, const ConfigEntry& entry) {
    Lines lines = split(text);
    if (Result<void> shape = checkShape(lines, std::string(keyOf(section))); !shape)
        return failure(shape.error());
    const Result<std::optional<Block>> block = findBlock(lines, std::string(keyOf(section)));
    if (!block)
        return failure(block.error());
    if (!*block)
        return joined(lines) + (lines.empty() ? "" : "\n") + std::string(keyOf(section)) + ":\n" +
               entryLines(entry);
    if (findEntry(lines, **block, entry.name) != (*block)->end)
        return failure(ErrorCode::InvalidParams,
                       "config.yaml has a " + std::string(wordOf(section)) + " " + entry.name + " already",
                       "Remove it first, or change it by hand.");
    const Lines added = split(entryLines(entry, (*block)->indent));
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>((*block)->end), added.begin(), added.end());
    return joined(lines);
}

Result<std::string> withoutEntry(ConfigSection section, std::string_view text, std::string_view name) {
    Lines lines = split(text);
    if (Result<void> shape = checkShape(lines, std::string(keyOf(section))); !shape)
        return failure(shape.error());
    const Result<std::optional<Block>> block = findBlock(lines, std::string(keyOf(section)));
    if (!block)
        return failure(block.error());
    const std::size_t entry = *block ? findEntry(lines, **block, name) : 0;
    if (!*block || entry == (*block)->end)
        return failure(ErrorCode::NotFound,
                       "config.yaml has no " + std::string(wordOf(section)) + " " + displaySafe(name, 64),
                       "See what there is with: keybearer " + std::string(wordOf(section)) + " list");
    std::size_t end = entry + 1;
    for (std::size_t i = entry + 1; i < (*block)->end; ++i) {
        if (isContent(lines[i]) && indentOf(lines[i]) <= (*block)->indent)
            break;
        if (isContent(lines[i]))
            end = i + 1;
    }
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(entry),
                lines.begin() + static_cast<std::ptrdiff_t>(end));
    return joined(lines);
}

namespace {

// Of "gateway: {port: 4180}   # ours": the text between the braces; nothing if it is not on one line, or
// holds what could be misread.
std::optional<std::pair<std::size_t, std::size_t>> bracesIn(const std::string& line, std::size_t from) {
    const std::size_t open = line.find_first_not_of(' ', from);
    const std::size_t close = line.find('}', from);
    if (open == std::string::npos || line[open] != '{' || close == std::string::npos ||
        line.find_first_of("{[\"'#", open + 1) < close || !isBare(std::string_view(line).substr(close + 1)))
        return std::nullopt;
    return std::pair(open + 1, close);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The members of a block in braces, with one of them set.
std::string inBraces(std::string_view members, std::string_view key, const std::string& setting) {
    std::vector<std::string> out;
    bool found = false;
    while (!trimmed(members).empty()) {
        const std::size_t comma = std::min(members.find(','), members.size());
        const std::string_view member = trimmed(members.substr(0, comma));
        const bool same = trimmed(member.substr(0, std::min(member.find(':'), member.size()))) == key;
        out.push_back(same ? setting : std::string(member));
        found = found || same;
        members.remove_prefix(std::min(comma + 1, members.size()));
    }
    if (!found)
        out.push_back(setting);
    return join(out, ", ");
}

// The comment behind a value, with the spaces before it.
std::string remarkOf(const std::string& line) {
    if (line.find_first_of("\"'") < line.find(" #"))
        return {}; // the sign may be a part of the value
    const std::size_t sign = line.find(" #");
    return sign == std::string::npos ? std::string() : line.substr(line.find_last_not_of(' ', sign) + 1);
}

// Of "7  # days", " \"a\"": the value alone.
std::string valueOf(std::string_view text) {
    text = trimmed(text.substr(0, text.find(" #")));
    while (!text.empty() && text.back() == '\r')
        text.remove_suffix(1);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    return std::string(text);
}

std::optional<std::string> memberOf(std::string_view members, std::string_view key) {
    while (!trimmed(members).empty()) {
        const std::size_t comma = std::min(members.find(','), members.size());
        const std::string_view member = trimmed(members.substr(0, comma));
        const std::size_t colon = member.find(':');
        if (colon != std::string_view::npos && trimmed(member.substr(0, colon)) == key)
            return valueOf(member.substr(colon + 1));
        members.remove_prefix(std::min(comma + 1, members.size()));
    }
    return std::nullopt;
}

} // namespace

Result<std::optional<std::string>> settingIn(std::string_view text, std::string_view section,
                                             std::string_view key) {
    const Lines lines = split(text);
    const std::string name(section);
    if (Result<void> shape = checkShape(lines, name); !shape)
        return failure(shape.error());
    for (const std::string& line : lines) {
        if (!isKey(line, 0, name))
            continue;
        if (const auto braces = bracesIn(line, name.size() + 1))
            return memberOf(std::string_view(line).substr(braces->first, braces->second - braces->first),
                            key);
    }
    const Result<std::optional<Block>> block = findBlock(lines, name);
    if (!block)
        return failure(block.error());
    const std::size_t there = *block ? findEntry(lines, **block, key) : 0;
    if (!*block || there == (*block)->end)
        return std::optional<std::string>();
    return std::optional(valueOf(std::string_view(lines[there]).substr(lines[there].find(':') + 1)));
}

Result<std::string> withSetting(std::string_view text, std::string_view section, std::string_view key,
                                std::string_view value) {
    Lines lines = split(text);
    const std::string name(section);
    if (Result<void> shape = checkShape(lines, name); !shape)
        return failure(shape.error());
    const std::string setting = std::string(key).append(": ").append(value);
    for (std::string& line : lines) {
        if (!isKey(line, 0, name))
            continue;
        if (const auto braces = bracesIn(line, name.size() + 1)) {
            const auto [first, last] = *braces;
            line.replace(first, last - first, inBraces(line.substr(first, last - first), key, setting));
            return joined(lines);
        }
    }
    const Result<std::optional<Block>> block = findBlock(lines, name);
    if (!block)
        return failure(block.error());
    if (!*block)
        return joined(lines) + (lines.empty() ? "" : "\n") + name + ":\n  " + setting + "\n";
    const std::string line = std::string((*block)->indent, ' ') + setting;
    const std::size_t there = findEntry(lines, **block, key);
    if (there != (*block)->end)
        lines[there] = line + remarkOf(lines[there]);
    else
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>((*block)->head + 1), line);
    return joined(lines);
}

} // namespace keybearer
