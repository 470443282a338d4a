#include "broker/oauth/Form.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostParameters = 64; // an authorization answer has five
constexpr std::size_t firstSize = 4096;    // holds an ordinary token request without growing

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high < 0 || low < 0 || high + low == 0)
                return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else if (text[i] == '\0') {
            return std::nullopt;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

std::string formEncoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size() * 3);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isUnreserved(c)) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15U];
        }
    }
    return out;
}

Form& Form::add(std::string_view name, std::string_view value) {
    if (!text_.empty())
        append("&");
    append(formEncoded(name));
    append("=");
    std::string encoded = formEncoded(value);
    append(encoded);
    wipe(encoded);
    return *this;
}

Form Form::clone() const {
    Form copy;
    copy.append(text_);
    return copy;
}

// Grows by hand: std::string would leave its old buffer on the heap as it was.
void Form::append(std::string_view text) {
    if (text_.size() + text.size() > text_.capacity()) {
        std::string larger;
        larger.reserve(std::max(firstSize, (text_.size() + text.size()) * 2));
        larger = text_;
        wipe(text_);
        text_.swap(larger);
    }
    text_ += text;
}

std::optional<std::map<std::string, std::string>> decodeForm(std::string_view query) {
    std::map<std::string, std::string> parameters;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty())
            continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::optional<std::string> name = decoded(pair.substr(0, equals));
        const std::optional<std::string> value = decoded(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value || parameters.size() == mostParameters ||
            !parameters.emplace(*name, *value).second)
            return std::nullopt;
    }
    return parameters;
}

} // namespace keybearer
