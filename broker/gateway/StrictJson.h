#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string_view>

// JSON as a message of the Model Context Protocol may be written, read without keeping it. simdjson on demand
// looks at nothing that nobody asks for: here every part is looked at, and a part of another kind than the
// one that was expected is read over.
namespace keybearer {

// Reads over a whole value: numbers, words and nesting (128 levels) included. `depth`: how deep it lies.
[[nodiscard]] simdjson::error_code skipJson(simdjson::ondemand::value value, int depth);

// A number as JSON writes it, whatever a double can hold of it.
[[nodiscard]] bool isJsonNumber(std::string_view text);
// What stands there, without the white space behind it.
[[nodiscard]] std::string_view tokenOf(simdjson::ondemand::value& value);

// A whole number of 64 bits goes into `into`.
[[nodiscard]] simdjson::error_code takeInteger(simdjson::ondemand::value value, std::int64_t& into);

// use(text), if it is a string.
template <typename Use>
[[nodiscard]] simdjson::error_code takeString(simdjson::ondemand::value value, Use use) {
    simdjson::ondemand::json_type type{};
    if (const simdjson::error_code e = value.type().get(type); e != 0)
        return e;
    if (type != simdjson::ondemand::json_type::string)
        return skipJson(value, 2);
    std::string_view text;
    if (const simdjson::error_code e = value.get_string().get(text); e != 0)
        return e;
    use(text);
    return simdjson::SUCCESS;
}

// member(key, value) for each member, if it is an object; what it returns ends the round unless it is
// SUCCESS.
template <typename Member>
[[nodiscard]] simdjson::error_code eachMember(simdjson::ondemand::value value, int depth, Member member) {
    simdjson::ondemand::json_type type{};
    if (const simdjson::error_code e = value.type().get(type); e != 0)
        return e;
    if (type != simdjson::ondemand::json_type::object)
        return skipJson(value, depth);
    simdjson::ondemand::object object;
    if (const simdjson::error_code e = value.get_object().get(object); e != 0)
        return e;
    for (auto field : object) {
        std::string_view key;
        if (const simdjson::error_code e = field.unescaped_key().get(key); e != 0)
            return e;
        simdjson::ondemand::value inner;
        if (const simdjson::error_code e = field.value().get(inner); e != 0)
            return e;
        if (const simdjson::error_code e = member(key, inner); e != 0)
            return e;
    }
    return simdjson::SUCCESS;
}

} // namespace keybearer
