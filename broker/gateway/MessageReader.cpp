#include "broker/gateway/MessageReader.h"

#include "broker/base/Ascii.h"
#include "broker/base/Json.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/StrictJson.h"

#include <algorithm>
#include <vector>

namespace keybearer {

namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

constexpr std::size_t mostTopMembers = 32;                 // a message has five
constexpr std::size_t longestId = 1024;                    // clients use counters and UUIDs
constexpr std::size_t longestMethod = 256;                 // the longest of the protocol has 40
constexpr std::size_t longestName = std::size_t{8} << 10U; // resource addresses
constexpr std::size_t longestState = std::size_t{64} << 10U;
constexpr std::size_t keptBuffer = 1U << 20; // memory beyond this goes back after a large message

// Another way to write a known member: Go's encoding/json takes "Name" and "NAME" for "name", and U+017F for
// an s. A server would see another message than we do.
bool isWrittenOddly(std::string_view key, std::initializer_list<std::string_view> known) {
    constexpr std::string_view longS = "\xc5\xbf";
    std::string plain;
    for (std::size_t at = 0; at < key.size(); ++at) {
        if (key.substr(at).starts_with(longS)) {
            plain.push_back('s');
            ++at;
        } else {
            plain.push_back(lowered(key[at]));
        }
    }
    return plain != key && std::find(known.begin(), known.end(), plain) != known.end();
}

// One pass over one message: everything is checked, little is kept.
class Walk {
public:
    explicit Walk(MessageView& view) : view_(view) {}

    error_code message(od::object object) {
        for (auto field : object) {
            std::string_view key;
            if (const error_code e = field.unescaped_key().get(key); e != 0)
                return e;
            if (!remember(key))
                return simdjson::SUCCESS;
            od::value value;
            if (const error_code e = field.value().get(value); e != 0)
                return e;
            if (const error_code e = topMember(top_.back(), value); e != 0)
                return e;
        }
        return simdjson::SUCCESS;
    }

    // What is wrong with JSON that is well formed; empty: nothing.
    std::string fault;
    std::string uri;      // params.uri
    int names = 0;        // how often params has a name
    bool oddName = false; // or something that some take for one
    bool version = false;
    bool hasId = false;
    bool hasMethod = false;
    bool hasResult = false;
    bool hasError = false;

private:
    bool remember(std::string_view key) {
        for (const std::string& seen : top_) {
            if (seen == key) {
                fault = "a member stands twice in the message";
                return false;
            }
        }
        if (isWrittenOddly(key, {"jsonrpc", "id", "method", "params", "result", "error"})) {
            fault = "a member of the message is not written as JSON-RPC has it";
            return false;
        }
        if (top_.size() == mostTopMembers) {
            fault = "the message has too many members";
            return false;
        }
        top_.emplace_back(key);
        return true;
    }

    error_code topMember(const std::string& key, od::value value) {
        if (key == "jsonrpc")
            return takeString(value, [this](std::string_view text) { version = text == "2.0"; });
        if (key == "id") {
            hasId = true;
            return id(value, view_.id);
        }
        if (key == "method") {
            hasMethod = true;
            return takeString(value, [this](std::string_view text) { keepMethod(text); });
        }
        if (key == "params")
            return eachMember(value, 1,
                              [this](std::string_view name, od::value v) { return param(name, v); });
        if (key == "result") {
            hasResult = true;
            return eachMember(value, 1, [this](std::string_view name, od::value v) {
                return name == "resultType" ? keep(v, view_.resultType, longestMethod) : skipJson(v, 2);
            });
        }
        if (key == "error") {
            hasError = true;
            return eachMember(value, 1, [this](std::string_view name, od::value v) {
                return name == "code" ? takeInteger(v, view_.errorCode) : skipJson(v, 2);
            });
        }
        return skipJson(value, 1);
    }

    error_code param(std::string_view name, od::value value) {
        if (name == "name") {
            ++names;
            return keep(value, view_.name, longestName);
        }
        if (name == "uri")
            return keep(value, uri, longestName);
        oddName = oddName || isWrittenOddly(name, {"name"});
        if (name == "requestState")
            return keep(value, view_.requestState, longestState);
        if (name == "requestId")
            return id(value, view_.cancelled);
        if (name == "_meta")
            return eachMember(value, 2, [this](std::string_view key, od::value v) { return meta(key, v); });
        return skipJson(value, 2);
    }

    error_code meta(std::string_view name, od::value value) {
        if (name == "io.modelcontextprotocol/protocolVersion")
            return keep(value, view_.protocolVersion, longestMethod);
        if (name != "io.modelcontextprotocol/clientCapabilities")
            return skipJson(value, 3);
        return eachMember(value, 3, [this](std::string_view key, od::value v) {
            if (key != "elicitation")
                return skipJson(v, 4);
            return eachMember(v, 4, [this](std::string_view mode, od::value m) {
                if (mode == "url")
                    view_.elicitsUrl = true;
                return skipJson(m, 5);
            });
        });
    }

    void keepMethod(std::string_view text) {
        if (text.empty() || text.size() > longestMethod)
            fault = "the method has no usable name";
        else
            view_.method = text;
    }

    // A string is kept, if it is not too long; another kind is only read over.
    error_code keep(od::value value, std::string& into, std::size_t longest) {
        return takeString(value, [&](std::string_view text) {
            if (text.size() <= longest)
                into = text;
        });
    }

    // Two spellings of one id must meet: strings are written anew, whole numbers as well.
    error_code id(od::value value, std::string& into) {
        od::json_type type{};
        if (const error_code e = value.type().get(type); e != 0)
            return e;
        if (type == od::json_type::string) {
            std::string_view text;
            if (const error_code e = value.get_string().get(text); e != 0)
                return e;
            if (text.size() > longestId)
                fault = "the id is too long";
            else
                into = quotedJson(text);
            return simdjson::SUCCESS;
        }
        const std::string_view raw = tokenOf(value);
        if (type == od::json_type::number && isJsonNumber(raw) && raw.size() <= 32)
            into = raw == "-0" ? "0" : std::string(raw);
        else if (type == od::json_type::null && raw == "null")
            into = "null";
        else if (fault.empty())
            fault = "an id is a string or a number";
        return skipJson(value, 2);
    }

    MessageView& view_;
    std::vector<std::string> top_;
};

Error badJson() {
    return Error(ErrorCode::ParseError, "the message is not valid JSON");
}
Error badMessage(std::string what) {
    return Error(ErrorCode::InvalidRequest, std::move(what), "Send one JSON-RPC 2.0 message a line.");
}

// What rules and the policy go by has to be what the server goes by.
Result<MessageView> named(const Walk& walk, MessageView view) {
    if (view.method == "tools/call" && (walk.names > 1 || walk.oddName))
        return failure(badMessage("tools/call names more than one tool"));
    if (view.name.empty() || view.method.find("resources/") != std::string::npos)
        view.name = walk.uri;
    return view;
}

Result<MessageView> judged(const Walk& walk, MessageView view) {
    if (!walk.fault.empty())
        return failure(badMessage(walk.fault));
    if (!walk.version)
        return failure(badMessage("jsonrpc must be \"2.0\""));
    if (walk.hasMethod) {
        if (walk.hasResult || walk.hasError || view.method.empty())
            return failure(badMessage("a message is a request or an answer"));
        if (walk.hasId && view.id == "null")
            return failure(badMessage("the id of a request is a string or a number"));
        view.kind = walk.hasId ? MessageView::Kind::Request : MessageView::Kind::Notification;
        return named(walk, std::move(view));
    }
    if (walk.hasResult == walk.hasError || (walk.hasResult && (!walk.hasId || view.id == "null")))
        return failure(badMessage("a message has a method, or an id with a result or an error"));
    view.kind = walk.hasResult ? MessageView::Kind::Result : MessageView::Kind::Failure;
    if (view.id.empty())
        view.id = "null";
    return view;
}

} // namespace

struct MessageReader::Parts {
    od::parser parser;
    std::string buffer;
};

MessageReader::MessageReader() : parts_(std::make_unique<Parts>()) {}
MessageReader::~MessageReader() = default;

Result<MessageView> MessageReader::read(std::string_view text, std::string* id) {
    parts_->buffer.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    parts_->buffer.assign(text);
    MessageView view;
    Walk walk(view);
    const error_code fault = [&]() -> error_code {
        od::document document;
        const simdjson::padded_string_view padded(parts_->buffer.data(), text.size(),
                                                  parts_->buffer.capacity());
        if (const error_code e = parts_->parser.iterate(padded).get(document); e != 0)
            return e;
        od::json_type type{};
        if (const error_code e = document.type().get(type); e != 0)
            return e;
        if (type != od::json_type::object) {
            if (text.size() <= keptBuffer && !Json::accept(text))
                return simdjson::TAPE_ERROR;
            walk.fault = "a message is one JSON object";
            return simdjson::SUCCESS;
        }
        od::object object;
        if (const error_code e = document.get_object().get(object); e != 0)
            return e;
        if (const error_code e = walk.message(object); e != 0 || !walk.fault.empty())
            return e;
        const char* rest = nullptr;
        return document.current_location().get(rest) == simdjson::OUT_OF_BOUNDS ? simdjson::SUCCESS
                                                                                : simdjson::TAPE_ERROR;
    }();
    if (text.size() > keptBuffer)
        parts_ = std::make_unique<Parts>();
    if (id != nullptr)
        *id = view.id;
    if (fault != 0)
        return failure(badJson());
    return judged(walk, std::move(view));
}

} // namespace keybearer
