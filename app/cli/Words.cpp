#include "app/cli/Words.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <array>
#include <ctime>

namespace keybearer {

namespace {

const Json& member(const Json& object, const char* key, Json::value_t kind, const Json& fallback) {
    if (!object.is_object())
        return fallback;
    const auto found = object.find(key);
    return found == object.end() || found->type() != kind ? fallback : *found;
}

} // namespace

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string durationWords(std::int64_t seconds) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    if (seconds < minute)
        return counted(seconds, "second", "seconds");
    if (seconds < hour)
        return counted(seconds / minute, "minute", "minutes");
    if (seconds < 2 * day)
        return counted(seconds / hour, "hour", "hours");
    return counted(seconds / day, "day", "days");
}

std::string whenWords(const std::optional<std::string>& time, WallTime now, std::string_view fallback) {
    const std::optional<WallTime> at = time ? fromRfc3339(*time) : std::nullopt;
    if (!at)
        return std::string(fallback);
    const std::int64_t seconds = toUnixSeconds(*at) - toUnixSeconds(now);
    if (seconds == 0)
        return "just now";
    return seconds > 0 ? "in " + durationWords(seconds) : durationWords(-seconds) + " ago";
}

std::string localTime(const std::optional<std::string>& time, std::string_view fallback) {
    const std::optional<WallTime> at = time ? fromRfc3339(*time) : std::nullopt;
    const std::time_t seconds = at ? static_cast<std::time_t>(toUnixSeconds(*at)) : 0;
    std::tm parts{};
    std::array<char, 32> text{};
    if (!at || ::localtime_r(&seconds, &parts) == nullptr)
        return std::string(fallback);
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts)};
}

std::string textAt(const Json& object, const char* key, std::string_view fallback) {
    const std::optional<std::string> text = stringAt(object, key);
    return text && !text->empty() ? displaySafe(*text) : std::string(fallback);
}

std::string innerTextAt(const Json& object, const char* key, const char* inner, std::string_view fallback) {
    return textAt(objectAt(object, key), inner, fallback);
}

std::string listAt(const Json& object, const char* key, std::string_view fallback) {
    std::vector<std::string> texts = stringsAt(object, key);
    for (std::string& text : texts)
        text = displaySafe(text);
    return texts.empty() ? std::string(fallback) : join(texts, ", ");
}

std::string programName(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return displaySafe(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string programPath(const Json& object) {
    const std::string script = textAt(object, "script");
    if (const std::string client = textAt(objectAt(object, "client"), "name"); !client.empty())
        return "client \"" + client + "\"";
    return script.empty() ? textAt(object, "executable", "?") : script;
}

const Json& arrayAt(const Json& object, const char* key) {
    static const Json none = Json::array();
    return member(object, key, Json::value_t::array, none);
}

const Json& objectAt(const Json& object, const char* key) {
    static const Json none = Json::object();
    return member(object, key, Json::value_t::object, none);
}

} // namespace keybearer
