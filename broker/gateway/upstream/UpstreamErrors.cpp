#include "broker/gateway/upstream/UpstreamErrors.h"

#include "broker/base/Text.h"

#include <charconv>

namespace keybearer {

namespace {

constexpr std::int64_t longestRetryAfter = 86'400; // a day; a longer one is not waited for by anybody

Error unavailable(std::string message, std::string action = {}) {
    return {ErrorCode::ProviderUnavailable, std::move(message), std::move(action)};
}

std::string reasonOf(CURLcode code, std::string_view detail) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return "its name is not known here";
    case CURLE_COULDNT_RESOLVE_PROXY:
        return "the proxy's name is not known here";
    case CURLE_COULDNT_CONNECT:
        return "it does not accept connections";
    case CURLE_OPERATION_TIMEDOUT:
        return "no connection in time";
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_PARTIAL_FILE:
        return "the connection ended before the answer did";
    case CURLE_BAD_CONTENT_ENCODING:
        return "the body is not compressed as it says";
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return "what it sends is no HTTP";
    default:
        return displaySafe(detail.empty() ? std::string_view(curl_easy_strerror(code)) : detail);
    }
}

bool isTls(CURLcode code) {
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
           code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CIPHER ||
           code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS;
}

} // namespace

Error networkError(CURLcode code, const std::string& host, std::string_view detail, long proxyStatus) {
    const std::string start = std::string("No answer from ").append(host).append(": ");
    if (proxyStatus >= 300)
        return unavailable(
            std::string(start).append("the proxy answers ").append(std::to_string(proxyStatus)),
            "Correct the proxy: network.proxy in config.yaml, or HTTPS_PROXY in the "
            "environment.");
    if (isTls(code))
        return unavailable(std::string(start).append(reasonOf(code, detail)),
                           "Check the clock; where a company's proxy looks into TLS, name the company's "
                           "authority as network.ca_file in config.yaml.");
    return unavailable(std::string(start).append(reasonOf(code, detail)));
}

Error noAnswerInTime(const std::string& host, std::chrono::milliseconds time) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    return unavailable(std::string("No answer from ")
                           .append(host)
                           .append(" within ")
                           .append(std::to_string(seconds))
                           .append(seconds == 1 ? " second" : " seconds"),
                       "Try again; timeout_seconds of the service in config.yaml gives it longer.");
}

Error connectionLost(const std::string& host) {
    return unavailable(std::string("The connection to ").append(host).append(" ended before the answer did"));
}

Error badAnswer(const std::string& host, std::string_view what) {
    return {ErrorCode::ProviderError, std::string(host).append(" sends ").append(what)};
}

Error refusedWith(const std::string& host, const UpstreamHead& head) {
    const bool passes = head.status == 429 || head.status == 408 || head.status >= 500;
    Error error(passes ? ErrorCode::ProviderUnavailable : ErrorCode::ProviderError,
                std::string(host).append(" answers with HTTP status ").append(std::to_string(head.status)));
    error.details.emplace_back("http_status", std::int64_t{head.status});
    if (head.status >= 300 && head.status < 400)
        error.message.append(" and points to ")
            .append(displaySafe(head.field("location")))
            .append(", which is not followed");
    const std::string_view after = head.field("retry-after");
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(after.data(), after.data() + after.size(), seconds);
    if (problem == std::errc() && end == after.data() + after.size() && seconds >= 0)
        error.retryAfter = std::chrono::seconds(std::min(seconds, longestRetryAfter));
    return error;
}

} // namespace keybearer
