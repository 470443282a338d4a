#include "broker/protocol/BearerChallenge.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace keybearer {

namespace {

constexpr std::size_t mostFields = 16;
constexpr std::size_t mostBytes = 8 << 10; // of a field; servers and proxies refuse much less
constexpr std::size_t mostChallenges = 16; // of a field
constexpr std::size_t mostParameters = 32; // of a challenge
constexpr std::size_t longestAddress = 2048;
constexpr std::size_t longestWord = 128; // an error name, an algorithm

using Parameter = std::pair<std::string, std::string>; // name in lower case

struct Challenge {
    std::string scheme; // in lower case
    std::vector<Parameter> parameters;
};

bool isTokenCharacter(char c) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           others.find(c) != std::string_view::npos;
}

// Reads one field from left to right.
class FieldReader {
public:
    explicit FieldReader(std::string_view text) : text_(text) {}

    std::vector<Challenge> read() {
        std::vector<Challenge> out;
        while (out.size() < mostChallenges) {
            skipCommas();
            Challenge challenge;
            if (!readChallenge(challenge))
                break;
            out.push_back(std::move(challenge));
        }
        return out;
    }

private:
    [[nodiscard]] bool atEnd() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : text_[at_]; }

    void skipSpaces() {
        while (!atEnd() && (peek() == ' ' || peek() == '\t'))
            ++at_;
    }
    void skipCommas() {
        skipSpaces();
        while (peek() == ',') {
            ++at_;
            skipSpaces();
        }
    }
    std::string_view readToken() {
        const std::size_t from = at_;
        while (!atEnd() && isTokenCharacter(peek()))
            ++at_;
        return text_.substr(from, at_ - from);
    }

    // False: there is none, or it is broken.
    bool readChallenge(Challenge& challenge) {
        challenge.scheme = lowered(readToken());
        if (challenge.scheme.empty() || (!atEnd() && peek() != ' ' && peek() != ','))
            return false;
        if (peek() != ' ')
            return true;
        skipSpaces();
        if (skipToken68())
            return true;
        return readParameters(challenge.parameters);
    }

    // The other form of credentials (RFC 9110 section 11.2), which none of our schemes has.
    bool skipToken68() {
        const std::size_t start = at_;
        while (!atEnd() && (isTokenCharacter(peek()) || peek() == '/'))
            ++at_;
        const bool some = at_ > start;
        while (peek() == '=')
            ++at_;
        skipSpaces();
        if (some && (atEnd() || peek() == ','))
            return true;
        at_ = start;
        return false;
    }

    bool readParameters(std::vector<Parameter>& out) {
        while (true) {
            skipCommas();
            const std::size_t start = at_;
            const std::string name = lowered(readToken());
            skipSpaces();
            if (atEnd() && name.empty())
                return true;
            if (peek() != '=') { // the scheme of the next challenge
                at_ = start;
                return !name.empty();
            }
            ++at_;
            skipSpaces();
            std::string value;
            if (name.empty() || out.size() == mostParameters || !readValue(value))
                return false;
            out.emplace_back(name, std::move(value));
            skipSpaces();
            if (!atEnd() && peek() != ',')
                return false;
        }
    }

    bool readValue(std::string& value) {
        if (peek() == '"')
            return readQuoted(value);
        while (!atEnd() && peek() > ' ' && peek() < 127 && peek() != ',' && peek() != '"')
            value += text_[at_++];
        return !value.empty();
    }

    // RFC 9110 section 5.6.4.
    bool readQuoted(std::string& value) {
        for (++at_; !atEnd(); ++at_) {
            char c = peek();
            if (c == '"') {
                ++at_;
                return true;
            }
            if (c == '\\') {
                ++at_;
                c = peek();
            }
            const auto byte = static_cast<std::uint8_t>(c);
            if ((byte < 0x20 && c != '\t') || byte == 0x7f)
                return false;
            value += c;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool saysSomethingTwice(const Challenge& challenge) {
    std::vector<std::string_view> names;
    for (const auto& [name, value] : challenge.parameters)
        names.emplace_back(name);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

std::vector<std::string> visibleWords(const std::string& text) {
    return isVisibleAscii(text) ? splitWords(text) : std::vector<std::string>{};
}

void take(BearerChallenge& out, const std::string& name, const std::string& value) {
    if (name == "error" && isVisibleAscii(value) && value.size() <= longestWord)
        out.error = value;
    else if (name == "error_description")
        out.errorDescription = displaySafe(value);
    else if (name == "scope")
        out.scope = join(visibleWords(value), " ");
    else if (name == "resource_metadata" && isVisibleAscii(value) && value.size() <= longestAddress &&
             value.find(' ') == std::string::npos)
        out.resourceMetadata = value;
    else if (name == "algs")
        out.algs = visibleWords(value);
}

} // namespace

std::vector<BearerChallenge> parseChallenges(const std::vector<std::string>& fields) {
    std::vector<BearerChallenge> out;
    for (std::size_t i = 0; i < std::min(fields.size(), mostFields); ++i) {
        for (const Challenge& challenge :
             FieldReader(std::string_view(fields[i]).substr(0, mostBytes)).read()) {
            if ((challenge.scheme != "bearer" && challenge.scheme != "dpop") || saysSomethingTwice(challenge))
                continue;
            BearerChallenge read;
            read.scheme =
                challenge.scheme == "dpop" ? BearerChallenge::Scheme::Dpop : BearerChallenge::Scheme::Bearer;
            for (const auto& [name, value] : challenge.parameters)
                take(read, name, value);
            out.push_back(std::move(read));
        }
    }
    return out;
}

std::optional<BearerChallenge> chosenChallenge(const std::vector<std::string>& fields) {
    std::vector<BearerChallenge> all = parseChallenges(fields);
    if (all.empty())
        return std::nullopt;
    const auto bearer = std::find_if(all.begin(), all.end(), [](const BearerChallenge& challenge) {
        return challenge.scheme == BearerChallenge::Scheme::Bearer;
    });
    return bearer == all.end() ? std::move(all.front()) : std::move(*bearer);
}

} // namespace keybearer
