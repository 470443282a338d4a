#include "broker/gateway/local/ProgramText.h"

#include "broker/gateway/JsonMembers.h"

#include <charconv>

namespace keybearer {

namespace {

// Sets the member at the end of a path of objects.
std::string withMember(std::string_view object, std::initializer_list<std::string_view> path,
                       std::string_view raw) {
    JsonMembers members = JsonMembers::of(object).value_or(JsonMembers());
    if (path.size() == 1) {
        members.set(*path.begin(), std::string(raw));
        return members.dump();
    }
    JsonMembers inner = members.object(*path.begin());
    if (path.size() == 2) {
        inner.set(*(path.begin() + 1), std::string(raw));
    } else {
        JsonMembers last = inner.object(*(path.begin() + 1));
        last.set(*(path.begin() + 2), std::string(raw));
        inner.set(*(path.begin() + 1), last.dump());
    }
    members.set(*path.begin(), inner.dump());
    return members.dump();
}

JsonMembers paramsOf(std::string_view message) {
    return JsonMembers::of(message).value_or(JsonMembers()).object("params");
}

std::optional<std::string> owned(std::optional<std::string_view> raw) {
    return raw ? std::optional<std::string>(*raw) : std::nullopt;
}

} // namespace

std::string withId(std::string_view message, std::string_view id) {
    return withMember(message, {"id"}, id);
}

std::optional<std::string> paramOf(std::string_view message, std::string_view key) {
    const JsonMembers params = paramsOf(message);
    return owned(params.find(key));
}

std::string withParam(std::string_view message, std::string_view key, std::string_view raw) {
    return withMember(message, {"params", key}, raw);
}

std::optional<std::string> metaOf(std::string_view message, std::string_view key) {
    const JsonMembers meta = paramsOf(message).object("_meta");
    return owned(meta.find(key));
}

std::string withMeta(std::string_view message, std::string_view key, std::string_view raw) {
    return withMember(message, {"params", "_meta", key}, raw);
}

std::optional<std::uint64_t> numberOf(std::string_view raw) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (error != std::errc() || end != raw.data() + raw.size())
        return std::nullopt;
    return number;
}

} // namespace keybearer
