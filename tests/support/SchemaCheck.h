#pragma once

#include "broker/base/Json.h"

#include <algorithm>
#include <string>

namespace keybearer::test {

// Where a value departs from a JSON schema as resources/openrpc.json uses them (type, properties, required,
// additionalProperties, items, enum, oneOf, allOf, minimum, maximum, maxLength, $ref into the document);
// empty if it does not.
[[nodiscard]] inline std::string mismatch(const Json& value, const Json& schema, const Json& document,
                                          const std::string& at = "$");

namespace schema {

inline bool hasType(const Json& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "integer" && value.is_number_integer()) ||
           (type == "number" && value.is_number()) || (type == "boolean" && value.is_boolean()) ||
           (type == "null" && value.is_null());
}

// One type, or a list of them.
inline bool isOfType(const Json& value, const Json& types) {
    return types.is_array() ? std::any_of(types.begin(), types.end(),
                                          [&](const Json& type) { return hasType(value, type); })
                            : hasType(value, types);
}

inline std::string ofObject(const Json& value, const Json& schema, const Json& document,
                            const std::string& at) {
    for (const Json& name : schema.value("required", Json::array())) {
        if (!value.contains(name.get<std::string>()))
            return at + ": " + name.get<std::string>() + " is missing";
    }
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(true));
    for (const auto& [name, member] : value.items()) {
        std::string problem;
        if (properties.contains(name))
            problem = mismatch(member, properties[name], document, at + "." + name);
        else if (others.is_object())
            problem = mismatch(member, others, document, at + "." + name);
        else if (!others.get<bool>())
            problem = at + ": " + name + " is not described";
        if (!problem.empty())
            return problem;
    }
    return {};
}

inline std::string ofChoices(const Json& value, const Json& schema, const Json& document,
                             const std::string& at) {
    for (const Json& part : schema.value("allOf", Json::array())) {
        if (std::string problem = mismatch(value, part, document, at); !problem.empty())
            return problem;
    }
    if (!schema.contains("oneOf"))
        return {};
    std::size_t fitting = 0;
    for (const Json& choice : schema["oneOf"])
        fitting += mismatch(value, choice, document, at).empty() ? 1 : 0;
    return fitting == 1 ? std::string() : at + ": fits none of the choices, or more than one";
}

} // namespace schema

inline std::string mismatch(const Json& value, const Json& schema, const Json& document,
                            const std::string& at) {
    if (schema.contains("$ref")) {
        const std::string pointer = schema["$ref"].get<std::string>().substr(1);
        return mismatch(value, document.at(Json::json_pointer(pointer)), document, at);
    }
    if (schema.contains("type") && !schema::isOfType(value, schema["type"]))
        return at + ": is no " + schema["type"].dump();
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        return at + ": " + value.dump() + " is not among the choices";
    if (value.is_number_integer() &&
        (value < schema.value("minimum", Json(value)) || value > schema.value("maximum", Json(value))))
        return at + ": out of range";
    if (value.is_string() && schema.contains("maxLength") &&
        value.get_ref<const std::string&>().size() > schema["maxLength"].get<std::size_t>())
        return at + ": too long";
    if (std::string problem = schema::ofChoices(value, schema, document, at); !problem.empty())
        return problem;
    if (value.is_object())
        return schema::ofObject(value, schema, document, at);
    if (value.is_array() && schema.contains("items")) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (std::string problem =
                    mismatch(value[i], schema["items"], document, at + "[" + std::to_string(i) + "]");
                !problem.empty())
                return problem;
        }
    }
    return {};
}

} // namespace keybearer::test
