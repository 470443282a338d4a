#include "broker/base/Json.h"

#include "broker/base/Secret.h"

#include <cmath>

namespace keybearer {

namespace {

// Builds the document event by event, so that a limit stops the reading instead of being noticed afterwards.
class StrictReader final : public nlohmann::json_sax<Json> {
public:
    explicit StrictReader(const JsonLimits& limits) : limits_(limits) {}

    [[nodiscard]] Json& document() { return document_; }
    [[nodiscard]] const std::string& problem() const { return problem_; }

    bool null() override { return place(nullptr); }
    bool boolean(bool value) override { return place(value); }
    bool number_integer(number_integer_t value) override { return place(value); }
    bool number_unsigned(number_unsigned_t value) override { return place(value); }
    bool number_float(number_float_t value, const string_t&) override {
        return std::isfinite(value) ? place(value) : refuse("a number is too large");
    }
    bool string(string_t& value) override {
        if (value.find('\0') != string_t::npos)
            return refuse("a string holds a NUL character");
        return place(std::move(value));
    }
    bool binary(binary_t&) override { return refuse("binary data"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        Json& object = *open_.back();
        if (name.find('\0') != string_t::npos)
            return refuse("a member name holds a NUL character");
        if (object.contains(name))
            return refuse("a member name stands twice in one object");
        if (object.size() >= limits_.keys)
            return refuse("an object has too many members");
        key_ = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        return refuse("not valid JSON at byte " + std::to_string(position));
    }

private:
    template <typename T>
    Json* put(T&& value) {
        if (open_.empty()) {
            document_ = std::forward<T>(value);
            return &document_;
        }
        Json& parent = *open_.back();
        if (parent.is_array()) {
            parent.push_back(std::forward<T>(value));
            return &parent.back();
        }
        Json& slot = parent[key_];
        slot = std::forward<T>(value);
        return &slot;
    }
    template <typename T>
    bool place(T&& value) {
        if (++count_ > limits_.values)
            return refuse("too many values");
        put(std::forward<T>(value));
        return true;
    }
    bool open(Json container) {
        if (open_.size() >= limits_.depth)
            return refuse("nested too deeply");
        if (++count_ > limits_.values)
            return refuse("too many values");
        open_.push_back(put(std::move(container)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    bool refuse(std::string why) {
        problem_ = std::move(why);
        return false;
    }

    JsonLimits limits_;
    Json document_;
    std::vector<Json*> open_; // containers being filled; a parent does not grow while its child is open
    std::string key_;
    std::string problem_;
    std::size_t count_ = 0;
};

const Json* member(const Json& object, const char* key) {
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

} // namespace

Result<Json> parseJson(std::string_view text, const JsonLimits& limits) {
    // The library takes a NUL for the end of its input and would not look at what stands behind it.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return failure(ErrorCode::ParseError, "not valid JSON at byte " + std::to_string(nul));
    StrictReader reader(limits);
    if (!Json::sax_parse(text.begin(), text.end(), &reader)) {
        wipeJson(reader.document());
        return failure(ErrorCode::ParseError, reader.problem());
    }
    return std::move(reader.document());
}

void wipeJson(Json& document) noexcept {
    if (document.is_string()) {
        wipe(document.get_ref<std::string&>());
    } else if (document.is_structured()) {
        for (Json& child : document)
            wipeJson(child);
    }
}

std::optional<std::string> stringAt(const Json& object, const char* key) {
    const Json* found = member(object, key);
    if (found == nullptr || !found->is_string())
        return std::nullopt;
    return found->get<std::string>();
}

std::optional<std::int64_t> integerAt(const Json& object, const char* key) {
    const Json* found = member(object, key);
    if (found == nullptr || !found->is_number_integer())
        return std::nullopt;
    return found->get<std::int64_t>();
}

std::optional<bool> booleanAt(const Json& object, const char* key) {
    const Json* found = member(object, key);
    if (found == nullptr || !found->is_boolean())
        return std::nullopt;
    return found->get<bool>();
}

std::vector<std::string> stringsAt(const Json& object, const char* key) {
    std::vector<std::string> out;
    const Json* found = member(object, key);
    if (found == nullptr || !found->is_array())
        return out;
    for (const Json& item : *found) {
        if (item.is_string())
            out.push_back(item.get<std::string>());
    }
    return out;
}

std::string dumpJson(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace keybearer
