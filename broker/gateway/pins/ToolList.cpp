#include "broker/gateway/pins/ToolList.h"

#include "broker/base/Json.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace keybearer {

namespace {

// What a model is shown of a tool, or what its calls are made of. Icons and _meta are neither.
constexpr std::array pinned{"name", "title", "description", "inputSchema", "outputSchema", "annotations"};
constexpr JsonLimits toolLimits{64, 4096, 100'000}; // of one tool
constexpr double safeInteger = 9007199254740992.0;  // 2^53: whole numbers that every reader agrees on

tl::unexpected<Error> unreadable(const char* what) {
    return failure(ErrorCode::ProviderError,
                   std::string("the server's list of tools cannot be read: ").append(what),
                   "Tell whoever runs the server; nothing can be done here.");
}

// 1.0 and 1 are the same number to whoever reads the schema.
void normalize(Json& value) {
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (std::floor(number) == number && std::abs(number) < safeInteger)
            value = static_cast<std::int64_t>(number);
    } else if (value.is_structured()) {
        for (Json& inner : value)
            normalize(inner);
    }
}

ListedTool toolOf(const std::string& text) {
    ListedTool tool;
    Result<Json> parsed = parseJson(text, toolLimits);
    if (!parsed || !parsed->is_object()) {
        // Its name is still what a call says: where it is said twice, most readers take the last.
        std::string name;
        const JsonMembers object = JsonMembers::of(text).value_or(JsonMembers());
        for (const JsonMembers::Member& member : object.members()) {
            if (member.key == "name")
                name = unquotedJson(member.value).value_or("");
        }
        tool.name = ToolList::isName(name) ? name : std::string();
        tool.fingerprint = hex(sha256(text));
        return tool;
    }
    const std::string name = stringAt(*parsed, "name").value_or("");
    tool.name = ToolList::isName(name) ? name : std::string();
    Json definition = Json::object();
    for (const char* member : pinned) {
        if (const auto found = parsed->find(member); found != parsed->end())
            definition[member] = std::move(*found);
    }
    normalize(definition);
    tool.definition = dumpJson(definition);
    tool.fingerprint = hex(sha256(tool.definition));
    if (tool.definition.size() > ToolList::longestDefinition)
        tool.definition.clear();
    return tool;
}

bool saysTwice(const JsonMembers& object, std::string_view key) {
    return std::count_if(object.members().begin(), object.members().end(),
                         [key](const JsonMembers::Member& member) { return member.key == key; }) > 1;
}

} // namespace

bool ToolList::isName(std::string_view name) {
    return !name.empty() && name.size() <= longestName && displaySafe(name, longestName) == name;
}

Result<ToolList> ToolList::of(std::string_view answer) {
    if (answer.size() > longestAnswer)
        return unreadable("it is longer than 8 MiB");
    std::optional<JsonMembers> outer = JsonMembers::of(answer);
    if (!outer || saysTwice(*outer, "result"))
        return unreadable("it is no answer, or two");
    ToolList list;
    list.outer_ = std::move(*outer);
    const std::optional<std::string_view> raw = list.outer_.find("result");
    if (!raw)
        return list;
    std::optional<JsonMembers> result = JsonMembers::of(*raw);
    if (!result || saysTwice(*result, "tools") || saysTwice(*result, "nextCursor"))
        return unreadable("it says something twice");
    list.result_ = std::move(*result);
    list.nextCursor_ = list.result_.text("nextCursor").value_or("");
    const std::optional<std::string_view> tools = list.result_.find("tools");
    if (!tools)
        return list;
    const std::optional<std::vector<std::string_view>> items = jsonItems(*tools);
    if (!items)
        return unreadable("tools is no list");
    if (items->size() > mostTools)
        return unreadable("it has more than 4096 tools");
    for (const std::string_view item : *items) {
        list.texts_.emplace_back(item);
        list.tools_.push_back(toolOf(list.texts_.back()));
    }
    return list;
}

std::string ToolList::without(const std::set<std::size_t>& places) const {
    std::string tools = "[";
    for (std::size_t at = 0; at < texts_.size(); ++at) {
        if (places.contains(at))
            continue;
        if (tools.size() > 1)
            tools.push_back(',');
        tools.append(texts_[at]);
    }
    tools.push_back(']');
    JsonMembers result = result_;
    result.set("tools", std::move(tools));
    JsonMembers outer = outer_;
    outer.set("result", result.dump());
    return outer.dump();
}

} // namespace keybearer
