#pragma once

#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>

// How the parameter structs of the methods are read and written. For the sources of this room only.
namespace keybearer {

inline constexpr std::size_t longestParam = 512;
inline constexpr std::size_t mostScopes = 64;
inline constexpr std::size_t longestTool = 256; // twice what the Model Context Protocol allows

// Reads the members of one params object, remembers the first thing that is wrong, and at the end refuses
// what nobody asked for.
class ParamsReader {
public:
    explicit ParamsReader(const Json& params) : params_(params) {
        if (!params.is_object())
            complain("", "params must be an object");
    }

    void text(const char* key, std::optional<std::string>& out, std::size_t limit = longestParam) {
        const Json* value = look(key);
        if (value == nullptr)
            return;
        if (!value->is_string() || value->get_ref<const std::string&>().empty())
            return complain(key, "must be a text that is not empty");
        if (value->get_ref<const std::string&>().size() > limit)
            return complain(key, "must be shorter than " + std::to_string(limit) + " bytes");
        out = value->get<std::string>();
    }
    void required(const char* key, std::string& out, std::size_t limit = longestParam) {
        std::optional<std::string> value;
        text(key, value, limit);
        if (value)
            out = std::move(*value);
        else
            complain(key, "is missing");
    }
    void optionalText(const char* key, std::string& out) {
        std::optional<std::string> value;
        text(key, value);
        if (value)
            out = std::move(*value);
    }
    void list(const char* key, std::vector<std::string>& out) {
        items(key, out, mostScopes, "must hold words of visible ASCII characters",
              [](const std::string& text) {
                  return !text.empty() && text.size() <= longestParam && isVisibleAscii(text) &&
                         text.find(' ') == std::string::npos;
              });
    }
    // Words of people and names of accounts: anything but control characters.
    void texts(const char* key, std::vector<std::string>& out) {
        items(key, out, mostScopes, "must hold texts without control characters",
              [](const std::string& text) {
                  return !text.empty() && text.size() <= longestParam &&
                         displaySafe(text, longestParam) == text;
              });
    }
    // A list of at most `most` texts, each of which has to be `good`; `rule` says what that is.
    template <typename Good>
    void items(const char* key, std::vector<std::string>& out, std::size_t most, const char* rule,
               Good good) {
        const Json* value = look(key);
        if (value == nullptr)
            return;
        if (!value->is_array() || value->size() > most)
            return complain(key, "must be a list of at most " + std::to_string(most) + " texts");
        for (const Json& item : *value) {
            if (!item.is_string() || !good(item.get_ref<const std::string&>()))
                return complain(key, rule);
            out.push_back(item.get<std::string>());
        }
    }
    void flag(const char* key, bool& out) {
        const Json* value = look(key);
        if (value == nullptr)
            return;
        if (!value->is_boolean())
            return complain(key, "must be true or false");
        out = value->get<bool>();
    }
    void number(const char* key, std::int64_t& out, std::int64_t least, std::int64_t most) {
        const Json* value = look(key);
        if (value == nullptr)
            return;
        if (!value->is_number_integer() || value->get<std::int64_t>() < least ||
            value->get<std::int64_t>() > most ||
            (value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(most)))
            return complain(key, "must be a whole number from " + std::to_string(least) + " to " +
                                     std::to_string(most));
        out = value->get<std::int64_t>();
    }
    void time(const char* key, std::optional<WallTime>& out) {
        std::optional<std::string> value;
        text(key, value);
        if (!value)
            return;
        out = fromRfc3339(*value);
        if (!out)
            complain(key, "must be a time like 2027-01-31T00:00:00Z");
    }
    void oneOf(const char* key, std::string& out, const std::vector<std::string>& choices) {
        std::optional<std::string> value;
        text(key, value);
        if (!value)
            return;
        if (std::find(choices.begin(), choices.end(), *value) == choices.end())
            return complain(key, "must be one of " + join(choices, ", "), nearest(*value, choices));
        out = std::move(*value);
    }
    void exactlyOne(std::initializer_list<const char*> keys) {
        if (present(keys) != 1)
            complain(*keys.begin(), "exactly one of " +
                                        join(std::vector<std::string>(keys.begin(), keys.end()), ", ") +
                                        " must be given");
    }
    void atMostOne(std::initializer_list<const char*> keys) {
        if (present(keys) > 1)
            complain(*keys.begin(), "only one of " +
                                        join(std::vector<std::string>(keys.begin(), keys.end()), ", ") +
                                        " can be given");
    }
    const Json* look(const char* key) {
        known_.emplace_back(key);
        if (!params_.is_object())
            return nullptr;
        const auto found = params_.find(key);
        return found == params_.end() || found->is_null() ? nullptr : &*found;
    }
    void complain(const std::string& key, const std::string& what, const std::string& meant = {}) {
        if (problem_)
            return;
        Error error(ErrorCode::InvalidParams, key.empty() ? what : key + ": " + what);
        if (!key.empty())
            error.details.emplace_back("parameter", key);
        if (!meant.empty())
            error.details.emplace_back("did_you_mean", meant);
        problem_ = std::move(error);
    }

    template <typename T>
    Result<T> finish(T value) {
        if (!problem_) {
            for (const auto& [key, unused] : params_.items()) {
                if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
                    complain(displaySafe(key, 64), "no such parameter", nearest(key, known_));
                    problem_->details.emplace_back("known", known_);
                    break;
                }
            }
        }
        if (problem_)
            return failure(std::move(*problem_));
        return value;
    }

private:
    [[nodiscard]] std::size_t present(std::initializer_list<const char*> keys) const {
        return static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), [this](const char* key) {
            return params_.is_object() && params_.contains(key) && !params_.at(key).is_null();
        }));
    }

    const Json& params_;
    std::vector<std::string> known_;
    std::optional<Error> problem_;
};

// The member "name" of something that a person names: isKeyName().
void readKeyName(ParamsReader& reader, std::string& out);

inline void put(Json& object, const char* key, const std::optional<std::string>& value) {
    if (value)
        object[key] = *value;
}
inline void put(Json& object, const char* key, const std::vector<std::string>& values) {
    if (!values.empty())
        object[key] = values;
}

} // namespace keybearer
