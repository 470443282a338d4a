#pragma once

#include "broker/gateway/door/ServedRequest.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

// Which fields pass between a client of the HTTP door and a server, and which do not
// (docs/gateway-http.md, "What passes, and what does not"; SEC-G-06, -07, -08, -13). Pure.
namespace keybearer {

// The fields that go up. Not among them: what is a credential or a claim of the client's about itself or its
// way, what belongs to one connection, and what no header of this process may hold.
[[nodiscard]] std::vector<HttpField> fieldsForServer(const RequestHead& head);

// The head that comes down: the server's, without what would lead the client to another door, what belongs to
// one connection or one origin, and with its length where the server gave one.
[[nodiscard]] AnswerHead headForClient(const UpstreamHead& head);

// The bearer token of the one Authorization field; empty where there is none, another scheme, two of them, or
// something that no token is.
[[nodiscard]] std::string_view bearerOf(const RequestHead& head);
// There is an Authorization field at all.
[[nodiscard]] bool bringsCredential(const RequestHead& head);

} // namespace keybearer
