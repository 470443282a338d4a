#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <curl/curl.h>
#include <deque>
#include <memory>
#include <unordered_map>

namespace keybearer {

class UpstreamTransfer;

// libcurl's multi handle driven by the event loop: its sockets and its timer wait there, and what its
// callbacks left with the transfers is handed to their listeners after libcurl has returned, so that a
// listener may do what it likes. One instance, owned by the UpstreamPool.
class CurlLoop {
public:
    explicit CurlLoop(boost::asio::io_context& loop);
    ~CurlLoop();
    CurlLoop(const CurlLoop&) = delete;
    CurlLoop& operator=(const CurlLoop&) = delete;

    [[nodiscard]] boost::asio::io_context& loop() const { return loop_; }
    [[nodiscard]] CURLcode add(CURL* easy);
    void remove(CURL* easy);
    // The transfer has something to tell; it is asked to from the event loop.
    void ready(UpstreamTransfer& transfer);
    void forget(UpstreamTransfer& transfer);

private:
    // One socket of libcurl's. Shared with the waits for it, which find it closed when libcurl was faster.
    struct Watch {
        explicit Watch(boost::asio::io_context& loop) : descriptor(loop) {}
        boost::asio::posix::stream_descriptor descriptor;
        curl_socket_t socket = CURL_SOCKET_BAD;
        int wanted = 0;
        bool reading = false;
        bool writing = false;
        bool closed = false;
    };

    static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* watch);
    static int onTimer(CURLM* multi, long milliseconds, void* self);
    void watch(curl_socket_t socket, int what);
    void await(const std::shared_ptr<Watch>& watch);
    void act(curl_socket_t socket, int mask);
    void collect();
    void deliver();

    boost::asio::io_context& loop_;
    boost::asio::steady_timer timer_;
    CURLM* multi_;
    std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches_;
    std::deque<UpstreamTransfer*> ready_;
    bool delivering_ = false;
    bool posted_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
