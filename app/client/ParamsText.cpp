#include "app/client/ParamsText.h"

#include <algorithm>

namespace keybearer {

namespace {

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\'; });
}

void appendString(std::string& out, std::string_view text) {
    if (isPlain(text))
        out.append("\"").append(text).append("\"");
    else
        out += dumpJson(Json(std::string(text)));
}

class ObjectText {
public:
    void text(std::string_view key, std::string_view value) {
        name(key);
        appendString(text_, value);
    }
    void text(std::string_view key, const std::optional<std::string>& value) {
        if (value)
            text(key, std::string_view(*value));
    }
    void raw(std::string_view key, std::string_view value) {
        name(key);
        text_ += value;
    }
    void list(std::string_view key, const std::vector<std::string>& values) {
        if (values.empty())
            return;
        name(key);
        text_ += '[';
        for (const std::string& value : values) {
            if (text_.back() != '[')
                text_ += ',';
            appendString(text_, value);
        }
        text_ += ']';
    }
    [[nodiscard]] std::string finish() && { return std::move(text_ += '}'); }

private:
    void name(std::string_view key) {
        text_ += text_.empty() ? '{' : ',';
        appendString(text_, key);
        text_ += ':';
    }

    std::string text_;
};

// Walks over one object. Every step returns false where it does not understand, and the walk is given up.
class Skimmer {
public:
    explicit Skimmer(std::string_view text) : text_(text) {}

    std::optional<std::string_view> find(std::string_view wanted) {
        std::optional<std::string_view> found;
        if (!take('{'))
            return std::nullopt;
        do {
            std::string_view key;
            if (!plainString(key) || !take(':'))
                return std::nullopt;
            if (key == wanted) {
                std::string_view value;
                if (found || !plainString(value))
                    return std::nullopt;
                found = value;
            } else if (!skipValue()) {
                return std::nullopt;
            }
        } while (take(','));
        return take('}') && at_ == text_.size() ? found : std::nullopt;
    }

private:
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    bool plainString(std::string_view& out) {
        if (!take('"'))
            return false;
        const std::size_t end = text_.find('"', at_);
        if (end == std::string_view::npos)
            return false;
        out = text_.substr(at_, end - at_);
        at_ = end + 1;
        return isPlain(out);
    }
    bool skipString() {
        if (!take('"'))
            return false;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                ++at_;
                return true;
            }
            if (text_[at_] == '\\')
                ++at_;
        }
        return false;
    }
    // A string, or anything else up to the comma or bracket that ends it here.
    bool skipValue() {
        std::size_t depth = 0;
        const std::size_t start = at_;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                if (!skipString())
                    return false;
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}'))
                return at_ > start;
            if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && depth-- == 0)
                return false;
            ++at_;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::string paramsText(const HelloParams& params) {
    ObjectText client;
    client.text("name", std::string_view(params.clientName));
    client.text("version", std::string_view(params.clientVersion));
    ObjectText out;
    out.raw("protocol", std::to_string(params.protocol));
    out.raw("client", std::move(client).finish());
    out.text("client_key", params.clientKey);
    out.text("capability", params.capability);
    out.text("role", params.role);
    return std::move(out).finish();
}

std::string paramsText(const TokenGetParams& params) {
    ObjectText out;
    out.text("provider", params.provider);
    out.text("service", params.service);
    out.text("resource", params.resource);
    out.text("account", params.account);
    out.list("scopes", params.scopes);
    out.text("tool", params.tool);
    if (params.minValidSeconds > 0)
        out.raw("min_valid_seconds", std::to_string(params.minValidSeconds));
    if (params.interactive)
        out.raw("interactive", "true");
    if (!params.reason.empty())
        out.text("reason", std::string_view(params.reason));
    return std::move(out).finish();
}

std::optional<std::string_view> skimmedString(std::string_view object, std::string_view key) {
    return Skimmer(object).find(key);
}

} // namespace keybearer
