#include "broker/gateway/upstream/WebAddress.h"

#include "broker/base/Ascii.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <curl/curl.h>
#include <memory>

namespace keybearer {

namespace {

constexpr std::size_t longestUrl = 8192; // longer than any server's; keeps what libcurl parses small

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(const Handle& url, CURLUPart what, unsigned int flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), what, &text, flags) != CURLUE_OK)
        return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

std::optional<WebAddress> addressOf(const Handle& url) {
    WebAddress made;
    if (curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0) != CURLUE_OK)
        return std::nullopt;
    made.scheme = part(url, CURLUPART_SCHEME);
    made.host = lowered(part(url, CURLUPART_HOST));
    made.port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    made.text = part(url, CURLUPART_URL);
    if ((made.scheme != "http" && made.scheme != "https") || made.host.empty() || made.text.empty())
        return std::nullopt;
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty())
        return std::nullopt;
    return made;
}

bool isPlain(std::string_view text) {
    return text.size() <= longestUrl &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

} // namespace

bool WebAddress::isLoopback() const {
    if (host == "localhost")
        return true;
    const bool six = host.size() > 2 && host.front() == '[';
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(six ? host.substr(1, host.size() - 2) : host, error);
    return !error && address.is_loopback();
}

std::optional<WebAddress> parseWebAddress(std::string_view url) {
    const Handle handle(curl_url(), curl_url_cleanup);
    if (!isPlain(url) ||
        curl_url_set(handle.get(), CURLUPART_URL, std::string(url).c_str(), CURLU_PATH_AS_IS) != CURLUE_OK)
        return std::nullopt;
    return addressOf(handle);
}

std::optional<WebAddress> resolveWebAddress(const std::string& base, std::string_view reference) {
    const Handle handle(curl_url(), curl_url_cleanup);
    if (!isPlain(reference) || curl_url_set(handle.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK ||
        curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    return addressOf(handle);
}

} // namespace keybearer
