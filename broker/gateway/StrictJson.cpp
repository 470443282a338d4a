#include "broker/gateway/StrictJson.h"

namespace keybearer {

namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

constexpr int deepest = 128; // JSON Schemas of tools nest deeper than any message of ours

// A number that has been looked at is stepped over; what a double cannot hold is still a number.
error_code stepOver(od::value value) {
    double unused = 0;
    const error_code ignored = value.get_double().get(unused);
    static_cast<void>(ignored);
    return simdjson::SUCCESS;
}

error_code skipArray(od::value value, int depth) {
    od::array array;
    if (const error_code e = value.get_array().get(array); e != 0)
        return e;
    for (auto element : array) {
        od::value inner;
        if (const error_code e = element.get(inner); e != 0)
            return e;
        if (const error_code e = skipJson(inner, depth + 1); e != 0)
            return e;
    }
    return simdjson::SUCCESS;
}

} // namespace

bool isJsonNumber(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9')
            ++at;
        return at - start;
    };
    const auto take = [&](std::string_view any) {
        const bool found = at < text.size() && any.find(text[at]) != std::string_view::npos;
        at += found ? 1 : 0;
        return found;
    };
    take("-");
    if (!take("0") && digits() == 0)
        return false;
    if (take(".") && digits() == 0)
        return false;
    if (take("eE")) {
        take("+-");
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

std::string_view tokenOf(od::value& value) {
    const std::string_view text = value.raw_json_token();
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

error_code takeInteger(od::value value, std::int64_t& into) {
    od::json_type type{};
    if (const error_code e = value.type().get(type); e != 0)
        return e;
    if (type == od::json_type::number && value.get_int64().get(into) == 0)
        return simdjson::SUCCESS;
    return skipJson(value, 2);
}

error_code skipJson(od::value value, int depth) {
    if (depth > deepest)
        return simdjson::DEPTH_ERROR;
    od::json_type type{};
    if (const error_code e = value.type().get(type); e != 0)
        return e;
    switch (type) {
    case od::json_type::object:
        return eachMember(value, depth,
                          [depth](std::string_view, od::value v) { return skipJson(v, depth + 1); });
    case od::json_type::array:
        return skipArray(value, depth);
    case od::json_type::string: {
        std::string_view text;
        return value.get_string().get(text);
    }
    case od::json_type::number:
        return isJsonNumber(tokenOf(value)) ? stepOver(value) : simdjson::NUMBER_ERROR;
    case od::json_type::boolean: {
        bool flag = false;
        return value.get_bool().get(flag);
    }
    case od::json_type::null: {
        bool null = false;
        const error_code e = value.is_null().get(null);
        return e != 0 || null ? e : simdjson::N_ATOM_ERROR;
    }
    }
    return simdjson::TAPE_ERROR;
}

} // namespace keybearer
