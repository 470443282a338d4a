#include "broker/gateway/upstream/UpstreamTransfer.h"

#include "broker/base/Text.h"
#include "broker/gateway/upstream/CurlLoop.h"
#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/gateway/upstream/UpstreamErrors.h"
#include "broker/gateway/upstream/WebAddress.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr long connectMilliseconds = 10'000;            // name, TCP, proxy and TLS
constexpr milliseconds longestSilence{30'000};          // inside a body that is no event stream
constexpr std::uint64_t slowestBytesPerSecond = 4096;   // of such a body, after the first silence
constexpr std::size_t longestHead = 64 * 1024;          // of all heads and trailers of one answer
constexpr std::size_t mostFields = 1000;                // the same
constexpr std::size_t mostWaiting = 1024 * 1024;        // of body that the listener has not taken
constexpr std::uint64_t unpackedFree = 4 * 1024 * 1024; // below this nobody looks at the ratio
constexpr std::uint64_t steepestRatio = 100;            // of unpacked to packed; text seldom passes 20
constexpr std::size_t longestAtOnce = 64 * 1024;        // a body that goes out with its head
constexpr long keepAliveIdleSeconds = 60;               // then TCP asks whether a silent server is there
constexpr long keepAliveIntervalSeconds = 30;
constexpr long longestIdleConnection = 55; // seconds; load balancers drop them after 60

std::string_view trimmed(std::string_view text) {
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    return text;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

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

// libcurl takes "1x" for 1. Where an answer ends must not be a matter of opinion (RFC 9112 section 6.3).
bool saysItsLengthPlainly(const UpstreamHead& head) {
    std::string_view first;
    for (const auto& [name, value] : head.fields) {
        if (name != "content-length")
            continue;
        if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos ||
            (!first.empty() && value != first))
            return false;
        first = value;
    }
    return true;
}

} // namespace

std::string_view UpstreamHead::field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
        if (key == name)
            return value;
    }
    return {};
}

std::vector<std::string> UpstreamHead::all(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [key, value] : fields) {
        if (key == name)
            out.push_back(value);
    }
    return out;
}

std::string UpstreamHead::mediaType() const {
    const std::string_view whole = field("content-type");
    return lowered(trimmed(whole.substr(0, whole.find(';'))));
}

UpstreamTransfer::UpstreamTransfer(CurlLoop& curl, UpstreamRequest request, UpstreamListener& listener)
    : curl_(curl), request_(std::move(request)), listener_(listener), deadline_(curl.loop()) {
    begin();
}

UpstreamTransfer::~UpstreamTransfer() {
    *alive_ = false;
    if (added_)
        curl_.remove(easy_);
    if (easy_ != nullptr)
        curl_easy_cleanup(easy_);
    curl_slist_free_all(fields_);
    if (queued_)
        curl_.forget(*this);
}

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
    for (const auto& [name, value] : request_.fields) {
        if (!isFieldName(name) || !isFieldValue(value))
            return refuse({ErrorCode::InternalError, "A header field holds what no header may hold"});
        const std::string line = value.empty() ? name + ";" : std::string(name).append(": ").append(value);
        fields_ = curl_slist_append(fields_, line.c_str());
    }
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

void UpstreamTransfer::refuse(Error error) {
    end_ = UpstreamEnd{std::move(error), false};
    queue();
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

void UpstreamTransfer::feed(std::string_view bytes) {
    if (!added_ || abort_)
        return;
    fed_.append(bytes);
    unsent_ = fed_.size() - readAt_;
    lastByte_ = steady_clock::now();
    wake();
}

void UpstreamTransfer::feedEnd() {
    fedAll_ = true;
    lastByte_ = steady_clock::now();
    if (added_ && !abort_)
        wake();
}

void UpstreamTransfer::wake() {
    if (!std::exchange(starved_, false))
        return;
    curl_easy_pause(easy_, held_ ? CURLPAUSE_RECV : CURLPAUSE_CONT);
}

void UpstreamTransfer::resume() {
    if (!paused_)
        return;
    paused_ = false;
    lastByte_ = steady_clock::now();
    queue();
}

void UpstreamTransfer::queue() {
    if (queued_)
        return;
    queued_ = true;
    curl_.ready(*this);
}

std::size_t UpstreamTransfer::abort(Error error) {
    if (!abort_)
        abort_ = std::move(error);
    return 0;
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

// libcurl repeats a request by itself when a kept connection dies without an answer; the server may have
// acted on it.
int UpstreamTransfer::onConnected() {
    if (++connections_ > 1 && !request_.repeatable) {
        static_cast<void>(abort(connectionLost(host_)));
        return CURL_PREREQFUNC_ABORT;
    }
    readAt_ = 0;
    if (unsent_ <= longestAtOnce && !request_.streamed)
        sent(0);
    return CURL_PREREQFUNC_OK;
}

std::size_t UpstreamTransfer::onRead(char* buffer, std::size_t room) {
    if (request_.streamed)
        return onReadFed(buffer, room);
    const std::size_t count = std::min(room, request_.body->size() - readAt_);
    std::memcpy(buffer, request_.body->data() + readAt_, count);
    readAt_ += count;
    sent(request_.body->size() - readAt_);
    return count;
}

std::size_t UpstreamTransfer::onReadFed(char* buffer, std::size_t room) {
    if (readAt_ == fed_.size() && !fedAll_) {
        starved_ = true;
        return CURL_READFUNC_PAUSE;
    }
    const std::size_t count = std::min(room, fed_.size() - readAt_);
    std::memcpy(buffer, fed_.data() + readAt_, count);
    readAt_ += count;
    if (readAt_ >= longestAtOnce || readAt_ == fed_.size()) {
        fed_.erase(0, readAt_);
        readAt_ = 0;
    }
    sent(fed_.size() - readAt_);
    return count;
}

void UpstreamTransfer::sent(std::size_t unsent) {
    lastByte_ = steady_clock::now();
    if (unsent == unsent_)
        return;
    unsent_ = unsent;
    sentToTell_ = true;
    queue();
}

std::size_t UpstreamTransfer::onHeader(std::string_view line) {
    headBytes_ += line.size();
    if (headBytes_ > longestHead || ++headFields_ > mostFields)
        return abort(badAnswer(host_, "a head without end"));
    if (headComplete_)
        return line.size(); // a trailer
    const std::string_view text = trimmed(line);
    if (line.starts_with("HTTP/")) {
        head_ = {};
        const std::size_t space = text.find(' ');
        if (space != std::string_view::npos)
            std::from_chars(text.data() + space + 1, text.data() + text.size(), head_.status);
    } else if (text.empty()) {
        if (!saysItsLengthPlainly(head_))
            return abort(badAnswer(host_, "a length that is no number"));
        headEnded();
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos && colon > 0) {
        head_.fields.emplace_back(lowered(text.substr(0, colon)), trimmed(text.substr(colon + 1)));
    }
    return line.size();
}

void UpstreamTransfer::headEnded() {
    if (head_.status < 200)
        return;
    headComplete_ = true;
    eventStream_ = head_.mediaType() == "text/event-stream";
    compressed_ = !request_.verbatim && !head_.field("content-encoding").empty();
    lastByte_ = bodyBegan_ = steady_clock::now();
    if (unsent_ > 0)
        sent(0); // the server does not want the rest
    queue();
}

std::size_t UpstreamTransfer::onBytes(std::string_view bytes) {
    if (abort_)
        return 0;
    if (body_.size() >= mostWaiting) {
        held_ = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    unpacked_ += bytes.size();
    if (compressed_ && unpacked_ > unpackedFree) {
        curl_off_t packed = 0;
        curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &packed);
        if (unpacked_ > steepestRatio * (static_cast<std::uint64_t>(packed) + longestAtOnce))
            return abort(badAnswer(host_, "a body that unpacks without end"));
    }
    lastByte_ = steady_clock::now();
    body_.append(bytes);
    queue();
    return bytes.size();
}

// --- the event loop's side ---

void UpstreamTransfer::ended(int code) {
    curl_.remove(easy_);
    added_ = false;
    end_ = endOf(code);
    unsent_ = 0;
    queue();
}

UpstreamEnd UpstreamTransfer::endOf(int code) {
    UpstreamEnd end;
    end.timedOut = code == CURLE_OPERATION_TIMEDOUT;
    end.notAccepted = code == CURLE_COULDNT_CONNECT && connections_ == 0 && !abort_;
    if (abort_)
        end.error = std::move(abort_);
    else if (code != CURLE_OK) {
        long proxyStatus = 0;
        curl_easy_getinfo(easy_, CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
        end.error = networkError(static_cast<CURLcode>(code), host_, errorText_, proxyStatus);
    } else if (!headComplete_)
        end.error = connectionLost(host_);
    return end;
}

void UpstreamTransfer::tell() {
    queued_ = false;
    const auto alive = alive_;
    if (sentToTell_) {
        sentToTell_ = false;
        listener_.onSent();
        if (!*alive)
            return;
    }
    if (headComplete_ && !headTold_) {
        headTold_ = true;
        if (!eventStream_ && !end_)
            await(longestSilence);
        else
            deadline_.cancel();
        listener_.onHead(head_);
        if (!*alive)
            return;
    }
    if (!tellBody(alive))
        return;
    if (end_ && body_.empty()) {
        deadline_.cancel();
        const UpstreamEnd end = *std::exchange(end_, std::nullopt);
        listener_.onEnd(end); // the last thing: it may have destroyed this
    }
}

// False: destroyed, or paused.
bool UpstreamTransfer::tellBody(const std::shared_ptr<bool>& alive) {
    // What libcurl holds back goes on also where the listener paused with the last that was there.
    while (!body_.empty() || (held_ && added_ && !paused_)) {
        if (paused_)
            return false;
        if (!body_.empty()) {
            const std::string bytes = std::exchange(body_, {});
            const bool more = listener_.onBody(bytes);
            if (!*alive)
                return false;
            paused_ = !more;
        }
        if (held_ && added_ && !paused_) {
            held_ = false;
            curl_easy_pause(easy_, CURLPAUSE_CONT); // fills body_ again
        }
    }
    return true;
}

void UpstreamTransfer::await(milliseconds time) {
    deadline_.expires_after(time);
    deadline_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive)
            onDeadline();
    });
}

// A long body may take longer to go out than its answer may take to come; it is given up when nothing moves.
bool UpstreamTransfer::stillSending() {
    return !headComplete_ && connections_ > 0 && steady_clock::now() - lastByte_ < request_.headTimeout;
}

void UpstreamTransfer::onDeadline() {
    if (end_)
        return;
    if (stillSending())
        return await(std::chrono::ceil<milliseconds>(lastByte_ + request_.headTimeout - steady_clock::now()));
    if (headComplete_ && paused_)
        return await(longestSilence); // it is we who do not read
    const auto now = steady_clock::now();
    if (headComplete_) {
        const auto allowed = longestSilence + std::chrono::seconds(unpacked_ / slowestBytesPerSecond);
        const bool slow = !request_.verbatim && now - bodyBegan_ > allowed;
        if (!slow && now - lastByte_ < longestSilence)
            return await(
                std::max(std::chrono::ceil<milliseconds>(lastByte_ + longestSilence - now), milliseconds(1)));
    }
    abort_ =
        headComplete_ ? noAnswerInTime(host_, longestSilence) : noAnswerInTime(host_, request_.headTimeout);
    ended(CURLE_OPERATION_TIMEDOUT);
}

} // namespace keybearer
