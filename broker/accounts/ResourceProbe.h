#pragma once

#include "broker/accounts/ResourceDirectory.h"
#include "broker/http/HttpTransport.h"

// The one request without a token that tells what an MCP server demands (MCP authorization). Pure functions.
namespace keybearer {

// An `initialize` to the canonical address; short deadline, small answer.
[[nodiscard]] HttpRequest probeRequest(const std::string& url);
// What the answer demands: its status, and the challenge that came with it.
[[nodiscard]] ResourceChallenge demandOf(const HttpResponse& response);
// Whether a request failed before anything of it reached the server.
[[nodiscard]] bool wasNotSent(const Error& error);

} // namespace keybearer
