#pragma once

#include "broker/base/Result.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

#include <curl/curl.h>

namespace keybearer {

// Why a request to `host` has no answer, in the words of this product. `detail` is libcurl's own text.
[[nodiscard]] Error networkError(CURLcode code, const std::string& host, std::string_view detail,
                                 long proxyStatus);
[[nodiscard]] Error noAnswerInTime(const std::string& host, std::chrono::milliseconds time);
[[nodiscard]] Error connectionLost(const std::string& host);
// The server breaks a rule or a bound: "HOST sends ...".
[[nodiscard]] Error badAnswer(const std::string& host, std::string_view what);
// A status that is no answer to a message.
[[nodiscard]] Error refusedWith(const std::string& host, const UpstreamHead& head);

} // namespace keybearer
