#include "app/import/McpRemoteCall.h"

#include "app/import/JsonText.h"
#include "broker/base/Ascii.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace keybearer {

namespace {

using Words = std::vector<std::string>;

// npx of C:\Program Files\nodejs\npx.cmd
std::string programOf(const std::string& word) {
    const std::size_t slash = word.find_last_of("/\\");
    std::string name = lowered(std::string_view(word).substr(slash == std::string::npos ? 0 : slash + 1));
    for (const std::string_view extension : {".cmd", ".exe", ".bat"}) {
        if (name.ends_with(extension))
            name.resize(name.size() - extension.size());
    }
    return name;
}

bool isAmong(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isPackage(std::string_view word) {
    if (word.starts_with("npm:"))
        word.remove_prefix(4);
    return word == "mcp-remote" || word.starts_with("mcp-remote@");
}

// Past the options of a package runner, to the package's name; words.size() if there is none.
std::size_t pastOptions(const Words& words, std::size_t at) {
    while (at < words.size() && words[at].starts_with("-"))
        at += isAmong(words[at], {"-p", "--package", "-c", "--registry"}) ? 2 : 1;
    return std::min(at, words.size());
}

// Behind what starts mcp-remote; nothing if it is something else that is started.
std::optional<std::size_t> pastPackage(const Words& words) {
    std::size_t at = 0;
    if (words.size() > 2 && programOf(words[0]) == "cmd" && equalIgnoringCase(words[1], "/c"))
        at = 2;
    if (at >= words.size())
        return std::nullopt;
    const std::string program = programOf(words[at++]);
    if (program == "mcp-remote")
        return at;
    if (program == "node") {
        const bool own = at < words.size() && (words[at].ends_with("mcp-remote/dist/proxy.js") ||
                                               words[at].ends_with("mcp-remote\\dist\\proxy.js"));
        return own ? std::optional(at + 1) : std::nullopt;
    }
    if (isAmong(program, {"pnpm", "yarn", "bun", "npm", "deno"})) {
        if (at >= words.size() || !isAmong(words[at], {"dlx", "x", "exec", "run"}))
            return std::nullopt;
        ++at;
    } else if (!isAmong(program, {"npx", "bunx", "pnpx"})) {
        return std::nullopt;
    }
    at = pastOptions(words, at);
    return at < words.size() && isPackage(words[at]) ? std::optional(at + 1) : std::nullopt;
}

bool isNumber(std::string_view word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::pair<std::string, std::string> headerFrom(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view value = text.substr(std::min(colon + 1, text.size()));
    return {std::string(trimmed(text.substr(0, colon))), std::string(trimmed(value))};
}

constexpr std::uint32_t rotated(std::uint32_t value, unsigned by) {
    return (value << by) | (value >> (32U - by));
}

constexpr std::array<std::uint32_t, 64> sines{
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
constexpr std::array<std::array<unsigned, 4>, 4> turns{
    {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};

using State = std::array<std::uint32_t, 4>;

// RFC 1321 section 3.4, one block of 64 bytes.
void digestBlock(State& state, const char* block) {
    std::array<std::uint32_t, 16> words{};
    for (std::size_t i = 0; i < 64; ++i)
        words[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(block[i])) << (8 * (i % 4));
    auto [a, b, c, d] = state;
    for (std::uint32_t i = 0; i < 64; ++i) {
        const std::uint32_t round = i / 16;
        const std::uint32_t mixed = round == 0   ? (b & c) | (~b & d)
                                    : round == 1 ? (d & b) | (~d & c)
                                    : round == 2 ? b ^ c ^ d
                                                 : c ^ (b | ~d);
        const std::uint32_t word = round == 0   ? i
                                   : round == 1 ? (5 * i + 1) % 16
                                   : round == 2 ? (3 * i + 5) % 16
                                                : (7 * i) % 16;
        const std::uint32_t sum = a + mixed + sines[i] + words[word];
        a = d;
        d = c;
        c = b;
        b += rotated(sum, turns[round][i % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

} // namespace

std::string md5Hex(const std::string& text) {
    std::string padded = text;
    padded += '\x80';
    while (padded.size() % 64 != 56)
        padded += '\0';
    const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 8;
    for (unsigned i = 0; i < 8; ++i)
        padded += static_cast<char>((bits >> (8 * i)) & 0xFFU);
    State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (std::size_t at = 0; at < padded.size(); at += 64)
        digestBlock(state, padded.data() + at);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint32_t part : state) {
        for (unsigned i = 0; i < 4; ++i) {
            const std::uint32_t byte = (part >> (8 * i)) & 0xFFU;
            out += digits[byte >> 4];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::optional<McpRemoteCall> McpRemoteCall::from(const Words& words) {
    const std::optional<std::size_t> start = pastPackage(words);
    if (!start)
        return std::nullopt;
    McpRemoteCall call;
    call.firstWord = *start;
    for (std::size_t at = *start; at < words.size(); ++at) {
        const std::string& word = words[at];
        const bool more = at + 1 < words.size();
        if (word == "--header" && more)
            call.headers.push_back(headerFrom(words[++at]));
        else if (word == "--resource" && more)
            call.resource = words[++at];
        else if (isAmong(word, {"--transport", "--host", "--auth-timeout"}) && more)
            ++at; // how it reaches the server and the browser is ours to know
        else if (isAmong(word, {"--allow-http", "--debug", "--silent", "--enable-proxy"}) || isNumber(word))
            continue;
        else if (word.starts_with("-")) {
            call.strange.push_back(word.substr(0, word.find('=')));
            if (more && !words[at + 1].starts_with("-") && !call.url.empty())
                ++at; // its value, which may be a secret
        } else if (call.url.empty())
            call.url = word;
        else
            call.strange.emplace_back("a further argument");
    }
    if (!call.resource.empty())
        call.strange.emplace_back("--resource");
    return call.url.empty() ? std::nullopt : std::optional(std::move(call));
}

std::string McpRemoteCall::fileHash() const {
    std::string text = url;
    if (!resource.empty())
        text.append("|").append(resource);
    if (headers.empty())
        return md5Hex(text);
    std::vector<std::pair<std::string, std::string>> sorted = headers;
    std::sort(sorted.begin(), sorted.end());
    std::string object;
    for (const auto& [name, value] : sorted)
        object.append(object.empty() ? "{" : ",")
            .append(quotedJson(name))
            .append(":")
            .append(quotedJson(value));
    return md5Hex(text.append("|").append(object).append("}"));
}

} // namespace keybearer
