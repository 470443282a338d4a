#include "broker/base/Text.h"
#include "broker/gateway/upstream/CurlLoop.h"
#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/gateway/upstream/UpstreamTransfer.h"
#include "broker/gateway/upstream/WebAddress.h"

#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

// The part of UpstreamTransfer that puts a request before libcurl: which address, route, authorities and
// body.
namespace keybearer {

namespace {

constexpr long connectMilliseconds = 10'000; // name, TCP, proxy and TLS
constexpr long keepAliveIdleSeconds = 60;    // then TCP asks whether a silent server is there
constexpr long keepAliveIntervalSeconds = 30;
constexpr long longestIdleConnection = 55; // seconds; load balancers drop them after 60

bool isLoopback(const sockaddr& address, unsigned int length) {
    if (address.sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return (ntohl(four.sin_addr.s_addr) >> 24) == 127;
    }
    if (address.sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 six{};
        std::memcpy(&six, &address, sizeof six);
        return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr) != 0;
    }
    return false;
}

} // namespace

void UpstreamTransfer::begin() {
    const auto address = parseWebAddress(request_.url);
    if (!address)
        return refuse({ErrorCode::InvalidParams, "The address of the server is no http or https URL"});
    host_ = displaySafe(address->host);
    loopbackOnly_ = address->scheme == "http";
    if (loopbackOnly_ && !address->isLoopback())
        return refuse(
            {ErrorCode::InvalidParams,
             std::string("http is spoken to this machine alone, and ").append(host_).append(" is another"),
             "Use the server's https address."});
    if (request_.verbatim) { // what the client did not say is not said for it
        for (const char* absent : {"Accept:", "Content-Type:"})
            fields_ = curl_slist_append(fields_, absent);
    }
    if ((request_.common && !addFields(*request_.common)) || !addFields(request_.fields))
        return refuse({ErrorCode::InternalError, "A header field holds what no header may hold"});
    easy_ = curl_easy_init();
    request_.url = address->text;
    prepare();
    prepareRoute();
    prepareAuthorities();
    prepareBody();
    if (curl_.add(easy_) != CURLE_OK)
        return refuse({ErrorCode::InternalError, "libcurl takes no more requests"});
    added_ = true;
    await(request_.headTimeout);
}

bool UpstreamTransfer::addFields(const std::vector<HttpField>& fields) {
    for (const auto& [name, value] : fields) {
        if (!isFieldName(name) || !isFieldValue(value))
            return false;
        const std::string line = value.empty() ? name + ";" : std::string(name).append(": ").append(value);
        fields_ = curl_slist_append(fields_, line.c_str());
    }
    return true;
}

void UpstreamTransfer::prepare() {
    curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, errorText_);
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L); // a slow resolver's thread is left, not waited for
    curl_easy_setopt(easy_, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(easy_, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy_, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, loopbackOnly_ ? "http" : "https");
    curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy_, CURLOPT_USERAGENT, "keybearer/" KEYBEARER_VERSION);
    if (!request_.verbatim)
        curl_easy_setopt(easy_, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, fields_);
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds);
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPIDLE, keepAliveIdleSeconds);
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPINTVL, keepAliveIntervalSeconds);
    curl_easy_setopt(easy_, CURLOPT_MAXAGE_CONN, longestIdleConnection);
    curl_easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, headerCallback);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, writeCallback);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy_, CURLOPT_PREREQFUNCTION, connectedCallback);
    curl_easy_setopt(easy_, CURLOPT_PREREQDATA, this);
}

void UpstreamTransfer::prepareRoute() {
    if (loopbackOnly_) {
        curl_easy_setopt(easy_, CURLOPT_PROXY, ""); // this machine is never reached through a proxy
        curl_easy_setopt(easy_, CURLOPT_OPENSOCKETFUNCTION, openCallback);
        curl_easy_setopt(easy_, CURLOPT_OPENSOCKETDATA, this);
        return;
    }
    if (!request_.proxy.empty())
        curl_easy_setopt(easy_, CURLOPT_PROXY, request_.proxy.c_str());
    if (!request_.noProxy.empty())
        curl_easy_setopt(easy_, CURLOPT_NOPROXY, request_.noProxy.c_str());
}

void UpstreamTransfer::prepareAuthorities() {
    curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    const curl_version_info_data* built = curl_version_info(CURLVERSION_NOW);
    if (!request_.caFile.empty()) {
        // The system's authorities stay: they are looked up in libcurl's folder.
        curl_easy_setopt(easy_, CURLOPT_CAINFO, request_.caFile.c_str());
    } else if (built->cainfo != nullptr) {
        // With one file alone libcurl reads it once and not for every connection.
        curl_easy_setopt(easy_, CURLOPT_CAPATH, nullptr);
    }
}

void UpstreamTransfer::prepareBody() {
    if (request_.method == "GET") {
        curl_easy_setopt(easy_, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (request_.streamed)
        return prepareStream();
    if (!request_.body) {
        curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
        return;
    }
    unsent_ = request_.body->size();
    curl_easy_setopt(easy_, CURLOPT_POST, 1L);
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(unsent_));
    if (unsent_ <= longestAtOnce) {
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request_.body->data());
        return;
    }
    curl_easy_setopt(easy_, CURLOPT_READFUNCTION, readCallback);
    curl_easy_setopt(easy_, CURLOPT_READDATA, this);
}

void UpstreamTransfer::prepareStream() {
    if (request_.body)
        fed_ = *request_.body;
    unsent_ = fed_.size();
    request_.repeatable = false;
    curl_easy_setopt(easy_, CURLOPT_POST, 1L);
    curl_easy_setopt(easy_, CURLOPT_READFUNCTION, readCallback);
    curl_easy_setopt(easy_, CURLOPT_READDATA, this);
    if (request_.length) {
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(*request_.length));
        return;
    }
    fields_ = curl_slist_append(fields_, "Transfer-Encoding: chunked"); // left out again over HTTP/2
    fields_ = curl_slist_append(fields_, "Expect:");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, fields_);
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(-1));
}

// --- libcurl's callbacks ---

std::size_t UpstreamTransfer::headerCallback(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<UpstreamTransfer*>(self)->onHeader({bytes, size * count});
}
std::size_t UpstreamTransfer::writeCallback(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<UpstreamTransfer*>(self)->onBytes({bytes, size * count});
}
std::size_t UpstreamTransfer::readCallback(char* buffer, std::size_t size, std::size_t count, void* self) {
    return static_cast<UpstreamTransfer*>(self)->onRead(buffer, size * count);
}
int UpstreamTransfer::connectedCallback(void* self, char*, char*, int, int) {
    return static_cast<UpstreamTransfer*>(self)->onConnected();
}
int UpstreamTransfer::openCallback(void* self, int, curl_sockaddr* address) {
    return static_cast<UpstreamTransfer*>(self)->open(*address);
}

int UpstreamTransfer::open(const curl_sockaddr& address) {
    if (!isLoopback(address.addr, address.addrlen)) {
        static_cast<void>(abort({ErrorCode::ProviderUnavailable,
                                 std::string(host_).append(" is not this machine, and http goes no further"),
                                 "Use the server's https address."}));
        return CURL_SOCKET_BAD;
    }
    return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

} // namespace keybearer
