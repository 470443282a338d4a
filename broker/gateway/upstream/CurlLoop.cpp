#include "broker/gateway/upstream/CurlLoop.h"

#include "broker/gateway/upstream/UpstreamTransfer.h"

#include <boost/asio/post.hpp>

namespace keybearer {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Connections that wait for their next request; more than a person's programs have servers.
constexpr long mostIdleConnections = 64;

} // namespace

CurlLoop::CurlLoop(asio::io_context& loop) : loop_(loop), timer_(loop) {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(once);
    multi_ = curl_multi_init();
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, onSocket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, onTimer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, mostIdleConnections);
}

CurlLoop::~CurlLoop() {
    *alive_ = false;
    curl_multi_cleanup(multi_);
    for (const auto& [socket, watch] : watches_) {
        watch->closed = true;
        watch->descriptor.release();
    }
}

CURLcode CurlLoop::add(CURL* easy) {
    return curl_multi_add_handle(multi_, easy) == CURLM_OK ? CURLE_OK : CURLE_FAILED_INIT;
}

void CurlLoop::remove(CURL* easy) {
    curl_multi_remove_handle(multi_, easy);
}

int CurlLoop::onSocket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    static_cast<CurlLoop*>(self)->watch(socket, what);
    return 0;
}

void CurlLoop::watch(curl_socket_t socket, int what) {
    auto found = watches_.find(socket);
    if (what == CURL_POLL_REMOVE) {
        if (found == watches_.end())
            return;
        found->second->closed = true;
        found->second->descriptor.release();
        watches_.erase(found);
        return;
    }
    if (found == watches_.end()) {
        auto made = std::make_shared<Watch>(loop_);
        error_code ignored;
        made->descriptor.assign(socket, ignored);
        made->socket = socket;
        found = watches_.emplace(socket, std::move(made)).first;
    }
    found->second->wanted = what;
    await(found->second);
}

void CurlLoop::await(const std::shared_ptr<Watch>& watch) {
    if ((watch->wanted & CURL_POLL_IN) != 0 && !watch->reading) {
        watch->reading = true;
        watch->descriptor.async_wait(asio::posix::stream_descriptor::wait_read,
                                     [this, watch](const error_code& error) {
                                         watch->reading = false;
                                         if (error || watch->closed || (watch->wanted & CURL_POLL_IN) == 0)
                                             return;
                                         act(watch->socket, CURL_CSELECT_IN);
                                         if (!watch->closed)
                                             await(watch);
                                     });
    }
    if ((watch->wanted & CURL_POLL_OUT) != 0 && !watch->writing) {
        watch->writing = true;
        watch->descriptor.async_wait(asio::posix::stream_descriptor::wait_write,
                                     [this, watch](const error_code& error) {
                                         watch->writing = false;
                                         if (error || watch->closed || (watch->wanted & CURL_POLL_OUT) == 0)
                                             return;
                                         act(watch->socket, CURL_CSELECT_OUT);
                                         if (!watch->closed)
                                             await(watch);
                                     });
    }
}

int CurlLoop::onTimer(CURLM*, long milliseconds, void* self) {
    auto& that = *static_cast<CurlLoop*>(self);
    that.timer_.cancel();
    if (milliseconds < 0)
        return 0;
    if (milliseconds == 0) { // a turn of the loop, without a timer of the kernel's
        asio::post(that.loop_, [&that, alive = that.alive_] {
            if (*alive)
                that.act(CURL_SOCKET_TIMEOUT, 0);
        });
        return 0;
    }
    that.timer_.expires_after(std::chrono::milliseconds(milliseconds));
    that.timer_.async_wait([&that, alive = that.alive_](const error_code& error) {
        if (!error && *alive)
            that.act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
}

void CurlLoop::act(curl_socket_t socket, int mask) {
    int running = 0;
    curl_multi_socket_action(multi_, socket, mask, &running);
    collect();
    deliver();
}

void CurlLoop::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        void* transfer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        static_cast<UpstreamTransfer*>(transfer)->ended(message->data.result);
    }
}

void CurlLoop::ready(UpstreamTransfer& transfer) {
    ready_.push_back(&transfer);
    if (delivering_ || posted_)
        return;
    posted_ = true;
    asio::post(loop_, [this, alive = alive_] {
        if (!*alive)
            return;
        posted_ = false;
        deliver();
    });
}

void CurlLoop::forget(UpstreamTransfer& transfer) {
    for (UpstreamTransfer*& waiting : ready_) {
        if (waiting == &transfer)
            waiting = nullptr;
    }
}

void CurlLoop::deliver() {
    if (delivering_)
        return;
    delivering_ = true;
    const auto alive = alive_;
    while (!ready_.empty()) {
        UpstreamTransfer* const transfer = ready_.front();
        ready_.pop_front();
        if (transfer == nullptr)
            continue;
        transfer->tell();
        if (!*alive)
            return;
        collect(); // a transfer that was let go on may have ended in that very call
    }
    delivering_ = false;
}

} // namespace keybearer
