#include "broker/gateway/JsonMembers.h"

#include "broker/base/Json.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostMembers = 100'000; // each takes 100 bytes and more here, and as few as 5 on its way

} // namespace

// Walks over the members of one object, by brackets and quotes alone.
class MemberScan {
public:
    explicit MemberScan(std::string_view text) : text_(text) {}

    // True if the object is whole; what was seen before a fault is kept in any case.
    [[nodiscard]] bool run(JsonMembers& out) {
        skipSpace();
        if (!take('{'))
            return false;
        skipSpace();
        if (take('}'))
            return atEnd();
        while (true) {
            JsonMembers::Member member;
            if (out.members_.size() == mostMembers || !readMember(member))
                return false;
            out.members_.push_back(std::move(member));
            skipSpace();
            if (take('}'))
                return atEnd();
            if (!take(','))
                return false;
            skipSpace();
        }
    }

    // The same of an array.
    [[nodiscard]] bool runItems(std::vector<std::string_view>& out) {
        skipSpace();
        if (!take('['))
            return false;
        skipSpace();
        if (take(']'))
            return atEnd();
        while (true) {
            const std::size_t start = at_;
            if (out.size() == mostMembers || !skipValue())
                return false;
            out.push_back(text_.substr(start, at_ - start));
            skipSpace();
            if (take(']'))
                return atEnd();
            if (!take(','))
                return false;
            skipSpace();
        }
    }

private:
    [[nodiscard]] bool readMember(JsonMembers::Member& member) {
        const std::size_t keyStart = at_;
        if (!skipString())
            return false;
        member.rawKey = text_.substr(keyStart, at_ - keyStart);
        const std::optional<std::string> key = unquotedJson(member.rawKey);
        skipSpace();
        if (!key || !take(':'))
            return false;
        member.key = *key;
        skipSpace();
        const std::size_t valueStart = at_;
        if (!skipValue())
            return false;
        member.value = text_.substr(valueStart, at_ - valueStart);
        return true;
    }
    [[nodiscard]] bool atEnd() {
        skipSpace();
        return at_ == text_.size();
    }
    void skipSpace() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }
    [[nodiscard]] bool take(char expected) {
        if (at_ >= text_.size() || text_[at_] != expected)
            return false;
        ++at_;
        return true;
    }
    [[nodiscard]] bool skipString() {
        if (!take('"'))
            return false;
        while (true) {
            at_ = text_.find_first_of("\"\\", at_);
            if (at_ == std::string_view::npos) {
                at_ = text_.size();
                return false;
            }
            if (text_[at_] == '"') {
                ++at_;
                return true;
            }
            at_ += 2;
        }
    }
    [[nodiscard]] bool skipValue() {
        if (at_ >= text_.size())
            return false;
        if (text_[at_] == '"')
            return skipString();
        if (text_[at_] == '{' || text_[at_] == '[')
            return skipNested();
        const std::size_t start = at_;
        at_ = std::min(text_.find_first_of(",}] \t\r\n", at_), text_.size());
        return at_ > start && at_ < text_.size();
    }
    [[nodiscard]] bool skipNested() {
        std::size_t depth = 0;
        while (true) {
            at_ = text_.find_first_of("\"{}[]", at_);
            if (at_ == std::string_view::npos) {
                at_ = text_.size();
                return false;
            }
            const char here = text_[at_];
            if (here == '"') {
                if (!skipString())
                    return false;
                continue;
            }
            ++at_;
            depth += here == '{' || here == '[' ? 1U : std::size_t(-1);
            if (depth == 0)
                return true;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::optional<JsonMembers> JsonMembers::of(std::string_view object) {
    JsonMembers out;
    if (!MemberScan(object).run(out))
        return std::nullopt;
    return out;
}

JsonMembers JsonMembers::ofBeginning(std::string_view text) {
    JsonMembers out;
    static_cast<void>(MemberScan(text).run(out));
    return out;
}

std::optional<std::string_view> JsonMembers::find(std::string_view key) const& {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [key](const Member& member) { return member.key == key; });
    if (found == members_.end())
        return std::nullopt;
    return found->value;
}

JsonMembers JsonMembers::object(std::string_view key) const {
    const std::optional<std::string_view> value = find(key);
    return value ? of(*value).value_or(JsonMembers()) : JsonMembers();
}

std::optional<std::string> JsonMembers::text(std::string_view key) const {
    const std::optional<std::string_view> value = find(key);
    return value ? unquotedJson(*value) : std::nullopt;
}

void JsonMembers::set(std::string_view key, std::string rawValue) {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [key](const Member& member) { return member.key == key; });
    if (found != members_.end())
        found->value = std::move(rawValue);
    else
        members_.push_back(Member{std::string(key), quotedJson(key), std::move(rawValue)});
}

void JsonMembers::setText(std::string_view key, std::string_view value) {
    set(key, quotedJson(value));
}

void JsonMembers::erase(std::string_view key) {
    std::erase_if(members_, [key](const Member& member) { return member.key == key; });
}

void JsonMembers::eraseStarting(std::string_view prefix) {
    std::erase_if(members_, [prefix](const Member& member) {
        return std::string_view(member.key).substr(0, prefix.size()) == prefix;
    });
}

std::string JsonMembers::dump() const {
    std::size_t size = 2;
    for (const Member& member : members_)
        size += member.rawKey.size() + member.value.size() + 2;
    std::string out;
    out.reserve(size);
    out.push_back('{');
    for (const Member& member : members_) {
        if (out.size() > 1)
            out.push_back(',');
        out.append(member.rawKey).push_back(':');
        out.append(member.value);
    }
    out.push_back('}');
    return out;
}

std::optional<std::vector<std::string_view>> jsonItems(std::string_view array) {
    std::vector<std::string_view> out;
    if (!MemberScan(array).runItems(out))
        return std::nullopt;
    return out;
}

std::string quotedJson(std::string_view text) {
    return dumpJson(Json(text));
}

std::optional<std::string> unquotedJson(std::string_view raw) {
    if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"')
        return std::nullopt;
    if (raw.find('\\') == std::string_view::npos)
        return std::string(raw.substr(1, raw.size() - 2));
    const Json value = Json::parse(raw, nullptr, false);
    if (!value.is_string())
        return std::nullopt;
    return value.get<std::string>();
}

} // namespace keybearer
