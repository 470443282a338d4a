#include "broker/gateway/ExchangeTerms.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::int64_t longestWait = 600; // seconds; more than any client waits for an answer

std::chrono::seconds seconds(const Json& opened, const char* key, std::chrono::seconds otherwise) {
    const std::optional<std::int64_t> value = integerAt(opened, key);
    return value ? std::chrono::seconds(std::clamp<std::int64_t>(*value, 0, longestWait)) : otherwise;
}

// A word that is not known is the strictest.
PinMode pinMode(const std::optional<std::string>& word) {
    return !word || *word == "off" ? PinMode::Off : *word == "warn" ? PinMode::Warn : PinMode::Hold;
}
} // namespace

std::optional<ExchangeTerms> ExchangeTerms::from(const Json& opened) {
    ExchangeTerms terms;
    terms.exchange = stringAt(opened, "exchange").value_or("");
    terms.service = stringAt(opened, "service").value_or("");
    terms.url = stringAt(opened, "url").value_or("");
    if (terms.exchange.empty() || terms.url.empty())
        return std::nullopt;
    terms.authorized = booleanAt(opened, "authorized").value_or(false);
    terms.toolRules = booleanAt(opened, "tool_rules").value_or(false);
    terms.userHeaders = booleanAt(opened, "user_headers").value_or(false);
    terms.local = booleanAt(opened, "local").value_or(false);
    terms.pins = pinMode(stringAt(opened, "pins"));
    terms.timeout = seconds(opened, "timeout_seconds", terms.timeout);
    terms.wait = seconds(opened, "wait_seconds", terms.wait);
    if (const auto network = opened.find("network"); network != opened.end() && network->is_object()) {
        terms.proxy = stringAt(*network, "proxy").value_or("");
        terms.noProxy = stringAt(*network, "no_proxy").value_or("");
        terms.caFile = stringAt(*network, "ca_file").value_or("");
    }
    return terms;
}

} // namespace keybearer
