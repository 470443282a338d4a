#include "broker/gateway/door/OutgoingBytes.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <array>

namespace keybearer {

namespace {

constexpr std::size_t largePiece = 16U << 10; // from here on a copy costs more than a call of the kernel
constexpr std::size_t keptCapacity = 32U << 10;

} // namespace

OutgoingBytes::OutgoingBytes(boost::asio::io_context& loop, EventTimers& timers, Socket& socket,
                             Events events)
    : loop_(loop), timers_(timers), socket_(socket), events_(std::move(events)), lastMoved_(timers.now()) {}

OutgoingBytes::~OutgoingBytes() {
    *alive_ = false;
}

void OutgoingBytes::append(std::string_view bytes) {
    append({}, bytes, {});
}

void OutgoingBytes::append(std::string_view before, std::string_view bytes, std::string_view behind) {
    if (failed_)
        return;
    std::size_t gone = 0;
    if (bytes.size() >= largePiece && !awaiting_) {
        flush();
        if (pending() == 0 && !failed_)
            gone = sendNow(before, bytes, behind);
        if (failed_)
            return;
    }
    if (pending() == 0)
        lastMoved_ = timers_.now();
    for (const std::string_view part : {before, bytes, behind}) {
        const std::size_t skipped = std::min(gone, part.size());
        waiting_.append(part.substr(skipped));
        gone -= skipped;
    }
    if (pending() > 0 && !awaiting_)
        schedule();
}

std::size_t OutgoingBytes::sendNow(std::string_view before, std::string_view bytes, std::string_view behind) {
    const std::array<boost::asio::const_buffer, 3> parts{boost::asio::buffer(before.data(), before.size()),
                                                         boost::asio::buffer(bytes.data(), bytes.size()),
                                                         boost::asio::buffer(behind.data(), behind.size())};
    boost::system::error_code error;
    const std::size_t sent = socket_.write_some(parts, error);
    if (error && error != boost::asio::error::would_block)
        fail();
    return sent;
}

void OutgoingBytes::schedule() {
    if (scheduled_)
        return;
    scheduled_ = true;
    boost::asio::post(loop_, [this, alive = alive_] {
        if (!*alive)
            return;
        scheduled_ = false;
        if (awaiting_ || failed_)
            return;
        flush();
        if (!failed_)
            events_.moved();
    });
}

// As much as the kernel takes; waits for the rest.
void OutgoingBytes::flush() {
    boost::system::error_code error;
    while (pending() > 0 && !failed_) {
        const std::size_t sent =
            socket_.write_some(boost::asio::buffer(waiting_.data() + sent_, pending()), error);
        if (error == boost::asio::error::would_block)
            return await();
        if (error)
            return fail();
        sent_ += sent;
        lastMoved_ = timers_.now();
    }
    sent_ = 0;
    waiting_.clear();
    if (waiting_.capacity() > keptCapacity)
        waiting_.shrink_to_fit();
}

void OutgoingBytes::await() {
    if (awaiting_)
        return;
    awaiting_ = true;
    socket_.async_wait(Socket::wait_write, [this, alive = alive_](const boost::system::error_code& error) {
        if (!*alive)
            return;
        awaiting_ = false;
        if (error)
            return fail();
        flush();
        if (!failed_)
            events_.moved();
    });
}

void OutgoingBytes::fail() {
    if (failed_)
        return;
    failed_ = true;
    sent_ = 0;
    waiting_.clear();
    boost::asio::post(loop_, [this, alive = alive_] {
        if (*alive)
            events_.failed();
    });
}

} // namespace keybearer
