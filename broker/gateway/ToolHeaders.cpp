#include "broker/gateway/ToolHeaders.h"

#include "broker/base/Ascii.h"
#include "broker/base/Json.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/upstream/HeaderValue.h"

#include <algorithm>
#include <array>
#include <set>

namespace keybearer {

namespace {

constexpr std::size_t mostTools = 10'000;
constexpr std::size_t mostMirrors = 64; // headers of one call
constexpr int deepest = 64;             // levels of a schema that are looked at
constexpr const char* annotation = "x-mcp-header";

// Where an annotation makes a tool invalid: its argument cannot be reached by names alone. What stands there
// is a schema or a list of schemas, or, in the second list, an object whose members are schemas.
constexpr std::array closedKeywords{"items",
                                    "prefixItems",
                                    "contains",
                                    "propertyNames",
                                    "additionalProperties",
                                    "unevaluatedProperties",
                                    "unevaluatedItems",
                                    "oneOf",
                                    "anyOf",
                                    "allOf",
                                    "not",
                                    "if",
                                    "then",
                                    "else"};
constexpr std::array closedMaps{"patternProperties", "dependentSchemas", "$defs", "definitions"};

bool isToken(const std::string& text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::optional<std::string> primitive(const Json& value) {
    constexpr std::int64_t safe = (std::int64_t(1) << 53) - 1; // integers that every JSON reader agrees on
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "true" : "false";
    if (value.is_number_float()) {
        const double number = value.get<double>();
        const auto whole = static_cast<std::int64_t>(number >= -9e15 && number <= 9e15 ? number : 0.0);
        if (static_cast<double>(whole) == number)
            return std::to_string(whole);
        return dumpJson(value);
    }
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(safe))
            return std::nullopt;
        return number >= -safe && number <= safe ? std::optional(std::to_string(number)) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace

// One inputSchema.
class HeaderScan {
public:
    // False: the tool breaks the rules.
    [[nodiscard]] bool visit(const Json& schema, bool reachable, int depth) {
        if (!schema.is_object())
            return true;
        if (depth > deepest)
            return false;
        if (schema.contains(annotation) && !annotated(schema, reachable))
            return false;
        if (const auto properties = schema.find("properties");
            properties != schema.end() && properties->is_object()) {
            for (const auto& [name, child] : properties->items()) {
                path_.push_back(name);
                const bool good = visit(child, reachable, depth + 1);
                path_.pop_back();
                if (!good)
                    return false;
            }
        }
        return isClosed(schema, depth + 1);
    }

    std::vector<ToolHeaders::Mirror> mirrors;

private:
    [[nodiscard]] bool annotated(const Json& schema, bool reachable) {
        const std::optional<std::string> name = stringAt(schema, annotation);
        const std::string type = stringAt(schema, "type").value_or("");
        if (!reachable || path_.empty() || !name || !isToken(*name) || mirrors.size() == mostMirrors ||
            (type != "string" && type != "integer" && type != "boolean") ||
            !names_.insert(lowered(*name)).second)
            return false;
        mirrors.push_back({*name, path_});
        return true;
    }
    // An annotation in any of them is one too many. Every schema is looked at once.
    [[nodiscard]] bool isClosed(const Json& schema, int depth) {
        const auto allOf = [&](const Json& schemas) {
            return std::all_of(schemas.begin(), schemas.end(),
                               [&](const Json& inner) { return visit(inner, false, depth); });
        };
        for (const char* keyword : closedKeywords) {
            const auto inner = schema.find(keyword);
            if (inner != schema.end() && !(inner->is_array() ? allOf(*inner) : visit(*inner, false, depth)))
                return false;
        }
        return std::all_of(closedMaps.begin(), closedMaps.end(), [&](const char* keyword) {
            const auto inner = schema.find(keyword);
            return inner == schema.end() || !inner->is_object() || allOf(*inner);
        });
    }

    std::vector<std::string> path_;
    std::set<std::string> names_;
};

std::optional<std::string> ToolHeaders::learn(std::string_view message) {
    if (message.find(annotation) == std::string_view::npos && message.find("\\u") == std::string_view::npos &&
        tools_.empty())
        return std::nullopt; // nothing to learn, nothing to take back
    std::optional<JsonMembers> outer = JsonMembers::of(message);
    if (!outer)
        return std::nullopt;
    JsonMembers result = outer->object("result");
    const Json tools = Json::parse(result.find("tools").value_or("[]"), nullptr, false);
    if (!tools.is_array())
        return std::nullopt;
    Json kept = Json::array();
    for (const Json& tool : tools) {
        const std::string name = tool.is_object() ? stringAt(tool, "name").value_or("") : std::string();
        HeaderScan scan;
        const auto schema = tool.is_object() ? tool.find("inputSchema") : tool.end();
        if (tool.is_object() && schema != tool.end() && !scan.visit(*schema, true, 0)) {
            tools_.erase(name);
            continue;
        }
        kept.push_back(tool);
        if (scan.mirrors.empty())
            tools_.erase(name);
        else if (tools_.size() < mostTools)
            tools_[name] = std::move(scan.mirrors);
    }
    if (kept.size() == tools.size())
        return std::nullopt;
    result.set("tools", dumpJson(kept));
    outer->set("result", result.dump());
    return outer->dump();
}

ToolHeaders::Fields ToolHeaders::of(const std::string& tool, std::string_view message) const {
    Fields fields;
    const auto known = tools_.find(tool);
    if (known == tools_.end())
        return fields;
    const std::optional<JsonMembers> outer = JsonMembers::of(message);
    const JsonMembers params = outer ? outer->object("params") : JsonMembers();
    for (const Mirror& mirror : known->second) {
        std::optional<JsonMembers> node = params.object("arguments");
        for (std::size_t i = 0; i + 1 < mirror.path.size(); ++i)
            node = node->object(mirror.path[i]);
        const std::optional<std::string_view> raw = node->find(mirror.path.back());
        const Json value = raw ? Json::parse(*raw, nullptr, false) : Json();
        if (const std::optional<std::string> text = primitive(value))
            fields.emplace_back(mirror.header, mcpHeaderValue(*text));
    }
    return fields;
}

} // namespace keybearer
