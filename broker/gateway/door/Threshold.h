#pragma once

#include "broker/gateway/door/DoorTerms.h"
#include "broker/gateway/door/RequestChecks.h"
#include "broker/gateway/door/RouteTable.h"

namespace keybearer {

// One way in: where connections come from, and the names by which it is reached.
struct Entrance {
    std::string kind; // "http", "socket", "metrics"
    std::vector<std::string> hosts;
};

// What became of a request before anybody answers it.
struct Judgement {
    std::optional<Refusal> refusal;
    std::vector<HttpField> fields; // of the refusal, or of the answer to a preflight
    const RouteTable::Entry* entry = nullptr;
    std::string listedOrigin; // may read the answer
    bool preflight = false;   // a listed origin asks what it may send; nobody else answers that
};

// Everything behind the framing, in the order of docs/gateway-http.md. Fills in path, query, service and base
// of the head. Pure but for that.
[[nodiscard]] Judgement judge(RequestHead& head, std::string_view target, const Entrance& entrance,
                              const DoorTerms& terms, const RouteTable& routes);

} // namespace keybearer
