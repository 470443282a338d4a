#pragma once

#include "broker/gateway/upstream/UpstreamRequest.h"

#include <boost/asio/steady_timer.hpp>

#include <cstdint>

struct curl_slist;
struct curl_sockaddr;

namespace keybearer {

class CurlLoop;

// One request on its way and its answer (RFC 9110). libcurl's callbacks only gather here; tell() hands over
// what was gathered. Bounds: head of 64 KiB and 1000 fields, 1 MiB of body that nobody has taken yet,
// a compressed body that unpacks to more than 100 times its size; deadlines for the connection, for the head
// and for a body that is no event stream. Owned by whoever asked the UpstreamPool for it; event loop thread.
class UpstreamTransfer final : public UpstreamCall {
public:
    UpstreamTransfer(CurlLoop& curl, UpstreamRequest request, UpstreamListener& listener);
    ~UpstreamTransfer() override;
    UpstreamTransfer(const UpstreamTransfer&) = delete;
    UpstreamTransfer& operator=(const UpstreamTransfer&) = delete;

    void resume() override;
    [[nodiscard]] std::size_t unsentBytes() const override { return unsent_; }
    void feed(std::string_view bytes) override;
    void feedEnd() override;

    // For the CurlLoop: libcurl is through with it (a CURLcode); hands over what was gathered.
    void ended(int code);
    void tell();

private:
    static constexpr std::size_t longestAtOnce = std::size_t{64} << 10U; // a body that goes out with its head

    void begin();
    [[nodiscard]] bool addFields(const std::vector<HttpField>& fields);
    void prepare();
    void prepareRoute();
    void prepareAuthorities();
    void prepareBody();
    void prepareStream();
    void wake();
    void refuse(Error error);
    void await(std::chrono::milliseconds time);
    void onDeadline();
    [[nodiscard]] bool stillSending();
    [[nodiscard]] std::size_t onHeader(std::string_view line);
    [[nodiscard]] std::size_t onBytes(std::string_view bytes);
    [[nodiscard]] std::size_t onRead(char* buffer, std::size_t room);
    [[nodiscard]] std::size_t onReadFed(char* buffer, std::size_t room);
    [[nodiscard]] int onConnected();
    [[nodiscard]] int open(const curl_sockaddr& address);
    void headEnded();
    void sent(std::size_t unsent);
    void queue();
    [[nodiscard]] bool tellBody(const std::shared_ptr<bool>& alive);
    [[nodiscard]] UpstreamEnd endOf(int code);
    [[nodiscard]] std::size_t abort(Error error);

    static std::size_t headerCallback(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t writeCallback(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t readCallback(char* buffer, std::size_t size, std::size_t count, void* self);
    static int connectedCallback(void* self, char*, char*, int, int);
    static int openCallback(void* self, int purpose, curl_sockaddr* address);

    CurlLoop& curl_;
    UpstreamRequest request_;
    UpstreamListener& listener_;
    void* easy_ = nullptr; // CURL
    curl_slist* fields_ = nullptr;
    char errorText_[256] = {}; // CURL_ERROR_SIZE
    std::string host_;         // for people
    bool loopbackOnly_ = false;
    bool added_ = false;

    UpstreamHead head_;
    std::size_t headBytes_ = 0; // of all heads and trailers
    std::size_t headFields_ = 0;
    bool headComplete_ = false;
    bool headTold_ = false;
    bool eventStream_ = false;
    bool compressed_ = false;

    std::string body_;           // gathered, not told
    std::uint64_t unpacked_ = 0; // bytes of body all in all
    bool paused_ = false;        // by the listener
    bool held_ = false;          // libcurl, because too much is waiting
    bool queued_ = false;

    std::size_t unsent_ = 0;
    std::size_t readAt_ = 0; // of a long body
    std::string fed_;        // of a streamed one, not sent
    bool fedAll_ = false;
    bool starved_ = false; // libcurl waits for more of it
    bool sentToTell_ = false;
    int connections_ = 0; // on which the request has begun to go out

    std::optional<UpstreamEnd> end_;
    std::optional<Error> abort_;
    boost::asio::steady_timer deadline_;
    std::chrono::steady_clock::time_point lastByte_;
    std::chrono::steady_clock::time_point bodyBegan_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
