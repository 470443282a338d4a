#include "broker/config/ConfigPlace.h"

#include <system_error>

namespace keybearer {

namespace {

std::string kindWord(ConfigNode::Kind kind) {
    switch (kind) {
    case ConfigNode::Kind::Empty:
        return "nothing";
    case ConfigNode::Kind::Text:
        return "a single value";
    case ConfigNode::Kind::List:
        return "a list";
    case ConfigNode::Kind::Map:
        break;
    }
    return "a block of keys";
}

} // namespace

std::string ConfigPlace::whereOf(const ConfigNode& node) const {
    if (!node.layer.empty())
        return node.layer;
    return node.variable.empty() ? file_.filename().string() + ":" + std::to_string(node.keyLine)
                                 : node.variable;
}

std::filesystem::path ConfigPlace::beside(const std::string& path) const {
    std::error_code failed;
    return (std::filesystem::absolute(file_, failed).parent_path() / path).lexically_normal();
}

tl::unexpected<Error> ConfigPlace::fault(const ConfigNode& node, const std::string& shown, std::string what,
                                         std::string nearest) const {
    ConfigFault fault;
    fault.file = file_;
    fault.line = node.variable.empty() && node.layer.empty() ? node.keyLine : 0;
    fault.variable = node.variable;
    fault.key = shown;
    fault.what = std::move(what);
    fault.nearest = std::move(nearest);
    return failure(configError(fault));
}

tl::unexpected<Error> ConfigPlace::wrongKind(const ConfigNode& node, const KeyRule& rule,
                                             const std::string& shown) const {
    return fault(node, shown,
                 "has " + kindWord(node.kind) + "; write for example " + std::string(rule.example));
}

} // namespace keybearer
