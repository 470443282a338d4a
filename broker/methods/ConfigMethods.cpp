#include "broker/methods/ConfigMethods.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

using Source = EffectiveSetting::Source;

constexpr std::size_t longestValue = 1000; // of one word; a person looks at it

// An address may hold a name and a password where its key is no secret: scheme://user:password@host.
std::string withoutUser(const std::string& word) {
    const std::size_t scheme = word.find("://");
    if (scheme == std::string::npos)
        return word;
    const std::size_t begin = scheme + 3;
    const std::size_t at = word.substr(begin, word.find_first_of("/?#", begin) - begin).rfind('@');
    return at == std::string::npos ? word : word.substr(0, begin) + "***" + word.substr(begin + at);
}

Json wordToWire(const EffectiveSetting& setting, const std::string& word) {
    if (setting.isNumber)
        return Json(std::stoll(word)); // the reader has made sure of it
    if (setting.isFlag)
        return Json(word == "true");
    return Json(displaySafe(withoutUser(word), longestValue));
}

Json valueToWire(const EffectiveSetting& setting) {
    if (setting.secret != nullptr || !setting.isSet())
        return {};
    if (!setting.isList)
        return wordToWire(setting, setting.values.front());
    Json list = Json::array();
    for (const std::string& word : setting.values)
        list.push_back(wordToWire(setting, word));
    return list;
}

Json sourceToWire(const EffectiveSetting& setting) {
    Json out{{"kind", wordOf(setting.source)}};
    if (setting.source == Source::File) {
        out["line"] = setting.line;
        if (!setting.variables.empty())
            out["variables"] = setting.variables;
    }
    if (setting.source == Source::Environment)
        out["variable"] = setting.where;
    return out;
}

std::string fromWords(const EffectiveSetting& setting) {
    std::string out = setting.where;
    if (!setting.variables.empty())
        out.append(" (${").append(join(setting.variables, "}, ${")).append("})");
    return out;
}

} // namespace

Json settingsToWire(const std::vector<EffectiveSetting>& settings) {
    Json list = Json::array();
    for (const EffectiveSetting& setting : settings)
        list.push_back(Json{{"key", displaySafe(setting.key, longestValue)},
                            {"value", valueToWire(setting)},
                            {"set", setting.isSet()},
                            {"secret", setting.secret != nullptr},
                            {"from", fromWords(setting)},
                            {"source", sourceToWire(setting)}});
    return list;
}

Json configProblemToWire(const Error& error) {
    Json out{{"message", error.message}, {"action", error.action}};
    for (const char* key : {"file", "line", "key", "variable", "did_you_mean"}) {
        const ErrorDetail* detail = error.detail(key);
        if (detail == nullptr)
            continue;
        if (const auto* text = std::get_if<std::string>(detail))
            out[key] = *text;
        else if (const auto* number = std::get_if<std::int64_t>(detail))
            out[key] = *number;
    }
    return out;
}

void ConfigMethods::addTo(MethodTable& table) {
    table.add("config.get",
              [this](const CallContext&, const Json& params, const Reply& reply) { get(params, reply); });
    table.add("config.reload",
              [this](const CallContext&, const Json& params, const Reply& reply) { reload(params, reply); });
}

void ConfigMethods::get(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    const State state = rooms_.state();
    Json out{{"config", displaySafe(state.file.string(), longestValue)},
             {"preset", state.preset},
             {"loaded_at", toRfc3339(state.loadedAt)},
             {"restart", state.restart},
             {"settings", settingsToWire(state.settings)}};
    if (state.problem)
        out["problem"] = configProblemToWire(*state.problem);
    reply.result(out);
}

void ConfigMethods::reload(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    const Result<Reloaded> done = rooms_.reload();
    if (!done)
        return reply.error(done.error());
    reply.result(Json{{"changed", done->changed}, {"restart", done->restart}});
}

} // namespace keybearer
