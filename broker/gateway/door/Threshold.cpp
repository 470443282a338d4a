#include "broker/gateway/door/Threshold.h"

#include "broker/base/Text.h"
#include "broker/gateway/door/CrossOrigin.h"

#include <algorithm>

namespace keybearer {

namespace {

// A name without a port reaches only the socket: what is built from it leads to the port, as browsers need.
std::string baseOf(const std::string& host, const Entrance& entrance, const DoorTerms& terms) {
    const bool hasPort = host.rfind(':') != std::string::npos && host.back() != ']';
    if (!hasPort && entrance.kind == "socket" && !terms.base().empty())
        return terms.base();
    return "http://" + host;
}

bool takes(const RouteRules& rules, const std::string& method) {
    return std::find(rules.methods.begin(), rules.methods.end(), method) != rules.methods.end();
}

std::optional<Refusal> checkContent(const RequestHead& head, const RouteRules& rules) {
    if (head.method == "POST" && !rules.mediaType.empty() && mediaTypeOf(head) != rules.mediaType) {
        std::string text("the Content-Type of this request has to be ");
        return Refusal{415, "unsupported_media_type", text.append(rules.mediaType)};
    }
    if (rules.longestBody && !head.field("content-encoding").empty())
        return Refusal{415, "unsupported_media_type", "a request is not compressed here"};
    if (rules.longestBody && head.bodyLength.value_or(0) > *rules.longestBody)
        return Refusal{413, "content_too_large", "the body of the request is longer than 64 KiB"};
    if (hasTokenInQuery(head.query))
        return Refusal{400, "invalid_request",
                       "a token is sent in the Authorization field and never in the address"};
    const std::string_view expected = head.field("expect");
    if (!expected.empty() && expected != "100-continue")
        return Refusal{417, "expectation_failed", "only 100-continue can be expected"};
    return {};
}

} // namespace

Judgement judge(RequestHead& head, std::string_view target, const Entrance& entrance, const DoorTerms& terms,
                const RouteTable& routes) {
    Judgement out;
    NamedHost named = namedHost(head.fields, entrance.hosts);
    out.refusal = std::move(named.refusal);
    if (out.refusal)
        return out;
    head.base = baseOf(named.host, entrance, terms);
    std::optional<RequestTarget> normalised = normalisedTarget(target);
    if (!normalised) {
        out.refusal = Refusal{400, "invalid_request", "the target of the request is no plain path", true};
        return out;
    }
    head.path = std::move(normalised->path);
    head.query = std::move(normalised->query);
    out.entry = routes.find(head.path, head.service);
    ComesFrom from = comesFrom(head, terms.origins(), out.entry != nullptr && out.entry->rules.page);
    out.refusal = std::move(from.refusal);
    if (out.refusal)
        return out;
    if (out.entry == nullptr) {
        out.refusal = Refusal{404, "not_found", "nothing is served at this address"};
        return out;
    }
    const RouteRules& rules = out.entry->rules;
    if (rules.shared)
        out.listedOrigin = std::move(from.listedOrigin);
    if (!out.listedOrigin.empty() && head.method == "OPTIONS" &&
        !head.field("access-control-request-method").empty()) {
        out.preflight = true;
        out.fields = allowedFor(head, rules.methods);
        return out;
    }
    if (!takes(rules, head.method)) {
        out.refusal = Refusal{405, "method_not_allowed", "this address does not take this method"};
        out.fields = {{"allow", join(rules.methods, ", ")}};
        return out;
    }
    out.refusal = checkContent(head, rules);
    return out;
}

} // namespace keybearer
