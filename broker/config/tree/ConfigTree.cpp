#include "broker/config/tree/ConfigTree.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <exception>
#include <sstream>
#include <unordered_map>
#include <utility>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace keybearer {

namespace {

constexpr std::size_t sizeLimit = 1U << 20; // a configuration for people; more is a mistake or an attack
constexpr std::size_t depthLimit = 16;      // the deepest key needs five
constexpr std::size_t nodeLimit = 20'000;   // about a thousand providers
constexpr const char* noAlias = "anchors and aliases (& and *) are not supported; write the value out";

// Thrown inside this file only: yaml-cpp calls back from deep inside its parser.
struct Refusal {
    int line;
    std::string why;
};

int lineOf(const YAML::Mark& mark) {
    return mark.line + 1;
}

class TreeBuilder final : public YAML::EventHandler {
public:
    [[nodiscard]] ConfigNode take() { return std::move(root_); }
    [[nodiscard]] YAML::Mark lastQuoted() const { return lastQuoted_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ > 1)
            throw Refusal{lineOf(mark), "a second document begins here (---); one file holds one"};
    }
    void OnDocumentEnd() override {}
    void OnAnchor(const YAML::Mark& mark, const std::string&) override {
        throw Refusal{lineOf(mark), noAlias};
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { throw Refusal{lineOf(mark), noAlias}; }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check(mark, "?", anchor);
        if (wantsKey())
            throw Refusal{lineOf(mark), "a key is missing before the colon"};
        place(nodeAt(mark, ConfigNode::Kind::Empty));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check(mark, tag, anchor);
        if (tag == "!")
            lastQuoted_ = mark;
        if (wantsKey()) {
            takeKey(mark, value);
            return;
        }
        ConfigNode node = nodeAt(mark, ConfigNode::Kind::Text);
        node.text = value;
        place(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, ConfigNode::Kind::List);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, ConfigNode::Kind::Map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        ConfigNode node;
        bool hasKey = false; // a map's key that waits for its value
        int keyLine = 0;
        std::unordered_map<std::string, int> lines{}; // of a map's keys: where each stands
    };

    [[nodiscard]] bool wantsKey() const {
        return !open_.empty() && open_.back().node.kind == ConfigNode::Kind::Map && !open_.back().hasKey;
    }
    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0)
            throw Refusal{lineOf(mark), noAlias};
        if (!tag.empty() && tag != "?" && tag != "!")
            throw Refusal{lineOf(mark), "type tags (!) are not supported"};
        if (++nodes_ > nodeLimit)
            throw Refusal{lineOf(mark), "more than " + std::to_string(nodeLimit) + " values"};
    }
    static ConfigNode nodeAt(const YAML::Mark& mark, ConfigNode::Kind kind) {
        ConfigNode node;
        node.kind = kind;
        node.line = lineOf(mark);
        node.keyLine = node.line;
        return node;
    }
    void takeKey(const YAML::Mark& mark, const std::string& key) {
        Open& map = open_.back();
        if (const auto [first, isNew] = map.lines.emplace(key, lineOf(mark)); !isNew)
            throw Refusal{lineOf(mark), "the key " + displaySafe(key, 60) +
                                            " stands here a second time; the first is on line " +
                                            std::to_string(first->second)};
        map.node.keys.push_back(key);
        map.hasKey = true;
        map.keyLine = lineOf(mark);
    }
    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, ConfigNode::Kind kind) {
        check(mark, tag, anchor);
        if (wantsKey())
            throw Refusal{lineOf(mark),
                          "a key must be plain text; quote a value that begins with ${, { or ["};
        if (open_.size() >= depthLimit)
            throw Refusal{lineOf(mark), "nested too deeply"};
        open_.push_back({nodeAt(mark, kind)});
    }
    void close() {
        ConfigNode done = std::move(open_.back().node);
        open_.pop_back();
        place(std::move(done));
    }
    void place(ConfigNode node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.hasKey)
            node.keyLine = parent.keyLine;
        parent.hasKey = false;
        parent.node.items.push_back(std::move(node));
    }

    ConfigNode root_;
    std::vector<Open> open_;
    YAML::Mark lastQuoted_ = YAML::Mark::null_mark();
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

std::string_view lineText(std::string_view text, int line) {
    for (; line > 1; --line) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find('\n'));
}

// yaml-cpp takes a quoted text that the end of the file cuts off, and with it every key that it swallowed.
// Only the last one of a file can be such.
bool isUnclosed(std::string_view text, const YAML::Mark& quoted) {
    if (quoted.is_null())
        return false;
    const std::string_view line = lineText(text, lineOf(quoted));
    std::size_t at =
        static_cast<std::size_t>(line.data() - text.data()) + static_cast<std::size_t>(quoted.column);
    if (at >= text.size() || (text[at] != '\'' && text[at] != '"'))
        return false; // a block scalar
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        const bool isPair = at + 1 < text.size() && ((quote == '"' && text[at] == '\\') ||
                                                     (quote == '\'' && text.substr(at, 2) == "''"));
        if (isPair)
            ++at;
        else if (text[at] == quote)
            return false;
    }
    return true;
}

// yaml-cpp says what its grammar missed; the two mistakes that people make most deserve plainer words.
std::string explain(std::string_view text, int line, const std::string& message) {
    const std::string_view culprit = lineText(text, line);
    if (culprit.substr(0, culprit.find_first_not_of(" \t")).find('\t') != std::string_view::npos)
        return "a tab in the indentation; YAML wants spaces";
    if (culprit.find("${") != std::string_view::npos)
        return "not valid YAML (" + displaySafe(message) + "); put \"${...}\" in double quotes";
    return "not valid YAML: " + displaySafe(message);
}

tl::unexpected<Error> refuse(const std::filesystem::path& file, int line, std::string what) {
    ConfigFault fault;
    fault.file = file;
    fault.line = line;
    fault.what = std::move(what);
    return failure(configError(fault));
}

} // namespace

ConfigNode* ConfigNode::find(std::string_view key) {
    for (std::size_t i = 0; i < keys.size() && i < items.size(); ++i) {
        if (keys[i] == key)
            return &items[i];
    }
    return nullptr;
}

Error configError(const ConfigFault& fault) {
    std::string message = fault.variable;
    if (message.empty()) {
        message = displaySafe(fault.file.filename().string());
        if (fault.line > 0)
            message.append(":").append(std::to_string(fault.line));
    }
    message += ": ";
    if (!fault.key.empty())
        message += fault.key + ": ";
    message += fault.what;
    if (!fault.nearest.empty())
        message += "; did you mean " + fault.nearest + "?";
    Error error(ErrorCode::InvalidParams, std::move(message),
                fault.action.empty() ? "Correct that, then look again with: keybearerd --check-config"
                                     : fault.action);
    error.details.emplace_back("file", displaySafe(fault.file.string(), 1000));
    if (fault.line > 0)
        error.details.emplace_back("line", std::int64_t{fault.line});
    if (!fault.variable.empty())
        error.details.emplace_back("variable", fault.variable);
    if (!fault.key.empty())
        error.details.emplace_back("key", fault.key);
    if (!fault.nearest.empty())
        error.details.emplace_back("did_you_mean", fault.nearest);
    return error;
}

Result<ConfigNode> readConfigTree(std::string_view text, const std::filesystem::path& file) {
    if (text.size() > sizeLimit)
        return refuse(file, 0, "larger than " + std::to_string(sizeLimit) + " bytes");
    if (!isValidUtf8(text) || text.find('\0') != std::string_view::npos)
        return refuse(file, 0, "not UTF-8 text");
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.substr(0, byteOrderMark.size()) == byteOrderMark)
        text.remove_prefix(byteOrderMark.size());
    std::istringstream stream{std::string(text)};
    TreeBuilder builder;
    try {
        YAML::Parser parser(stream);
        // A second call finds what follows the document: another one, or rubbish.
        if (parser.HandleNextDocument(builder))
            parser.HandleNextDocument(builder);
        if (isUnclosed(text, builder.lastQuoted()))
            return refuse(file, lineOf(builder.lastQuoted()), "the quote that begins here is not closed");
        return builder.take();
    } catch (const Refusal& refusal) {
        return refuse(file, refusal.line, refusal.why);
    } catch (const YAML::Exception& problem) {
        const int line = std::max(lineOf(problem.mark), 0);
        return refuse(file, line, explain(text, line, problem.msg));
    } catch (const std::exception&) {
        return refuse(file, 0, "not valid YAML");
    }
}

} // namespace keybearer
