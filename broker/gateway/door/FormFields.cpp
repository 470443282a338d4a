#include "broker/gateway/door/FormFields.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <optional>

namespace keybearer {

namespace {

constexpr std::size_t mostFields = 64; // an authorization request has a dozen

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Nothing where an escape is not whole.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out.push_back(text[at] == '+' ? ' ' : text[at]);
            continue;
        }
        const int high = at + 2 < text.size() ? hexValue(text[at + 1]) : -1;
        const int low = at + 2 < text.size() ? hexValue(text[at + 2]) : -1;
        if (high < 0 || low < 0)
            return {};
        out.push_back(static_cast<char>(high * 16 + low));
        at += 2;
    }
    return out;
}

bool isPlain(std::string_view text) {
    return isValidUtf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
           });
}

} // namespace

FormFields FormFields::of(std::string_view text) {
    FormFields out;
    const auto wrong = [&out](const char* why) {
        if (out.problem_.empty())
            out.problem_ = why;
    };
    std::size_t fields = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('&', begin), text.size());
        const std::string_view field = text.substr(begin, end - begin);
        begin = end + 1;
        if (field.empty())
            continue;
        const std::size_t equals = std::min(field.find('='), field.size());
        std::optional<std::string> name = decoded(field.substr(0, equals));
        std::optional<std::string> value =
            decoded(equals < field.size() ? field.substr(equals + 1) : std::string_view());
        if (!name || !value || !isPlain(*name) || !isPlain(*value) || name->empty()) {
            wrong("a parameter is not written as a form has them");
            continue;
        }
        if (++fields > mostFields)
            wrong("there are too many parameters");
        if (!out.values_.emplace(std::move(*name), std::move(*value)).second)
            wrong("a parameter is there twice");
    }
    return out;
}

} // namespace keybearer
