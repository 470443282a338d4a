#pragma once

#include "broker/protocol/Methods.h"

#include <optional>
#include <string>
#include <string_view>

// The way of a warm token without a JSON document: keybearer token is a whole process, and building and
// reading three documents would cost it a quarter of its time. Pure functions.
namespace keybearer {

// The same as dumpJson(params.toJson()), but for the order of members.
[[nodiscard]] std::string paramsText(const HelloParams& params);
[[nodiscard]] std::string paramsText(const TokenGetParams& params);

// The text of a member of a JSON object that is a string without escapes, where that can be told by skimming;
// nothing where it cannot, and then the caller has to parse. What it returns is what a parser would return,
// for every document that a parser accepts.
[[nodiscard]] std::optional<std::string_view> skimmedString(std::string_view object, std::string_view key);

} // namespace keybearer
