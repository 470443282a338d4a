#pragma once

#include "broker/base/Json.h"
#include "broker/gateway/door/RequestChecks.h"
#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>
#include <vector>

// Answers that are whole when they begin. Each calls begin(), write() and end() of the request.
namespace keybearer {

void answerWhole(ServedRequest& request, int status, std::string_view mediaType, std::string_view body,
                 std::vector<HttpField> more = {});
void answerJson(ServedRequest& request, int status, const Json& body, std::vector<HttpField> more = {});
// {"error", "error_description"}, as OAuth has it.
void answerRefusal(ServedRequest& request, const Refusal& refusal, std::vector<HttpField> more = {});

// The one challenge of a 401 or 403 (RFC 6750 section 3, RFC 9728 section 5.1): Bearer, every value quoted,
// with the resource_metadata of this gateway as the client names it. `error` is empty where the request
// brought nothing (SEC-G-14); no offline_access is ever asked for.
[[nodiscard]] std::string bearerChallenge(const RequestHead& head, std::string_view error,
                                          const std::vector<std::string>& scopes);
// "http://127.0.0.1:4180/.well-known/oauth-protected-resource/linear/mcp"
[[nodiscard]] std::string resourceMetadataAddress(const RequestHead& head);

// 401 and 403 of the MCP endpoint with that challenge, a body of OAuth's form, and no-store.
void answerUnauthorized(ServedRequest& request, int status, std::string_view error, std::string_view text,
                        const std::vector<std::string>& scopes);

} // namespace keybearer
