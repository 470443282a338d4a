#include "broker/gateway/local/LocalPipes.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <unistd.h>

namespace keybearer {

namespace {
constexpr std::size_t longestMessage = 64U << 20; // of the protocol: docs/gateway.md
} // namespace

LocalPipes::LocalPipes(boost::asio::io_context& loop, int input, int output, Listener& listener)
    : input_(loop), output_(loop), listener_(listener), lines_(longestMessage) {
    boost::system::error_code one;
    boost::system::error_code other;
    input_.assign(input, one);
    output_.assign(output, other);
    if (one)
        ::close(input);
    if (other)
        ::close(output);
    if (!one && !other)
        read();
    else
        boost::asio::post(loop, [this, alive = alive_] {
            if (*alive)
                end();
        });
}

LocalPipes::~LocalPipes() {
    *alive_ = false;
}

void LocalPipes::read() {
    output_.async_read_some(
        boost::asio::buffer(bytes_),
        [this, alive = alive_](const boost::system::error_code& error, std::size_t bytes) {
            if (!*alive || over_)
                return;
            if (error)
                return end();
            take({bytes_.data(), bytes});
            if (*alive && !over_)
                read();
        });
}

void LocalPipes::take(std::string_view bytes) {
    const std::shared_ptr<bool> alive = alive_;
    ClientLines::Piece piece;
    while (lines_.next(bytes, piece)) {
        std::string text = std::move(piece.text);
        if (!text.empty() && text.back() == '\r')
            text.pop_back();
        if (piece.kind == ClientLines::Piece::Kind::TooLong)
            listener_.onLineTooLong(text);
        else if (!text.empty())
            listener_.onLine(std::move(text));
        if (!*alive || over_)
            return;
        piece = ClientLines::Piece();
    }
}

void LocalPipes::write(std::string line) {
    if (over_)
        return;
    line.push_back('\n');
    unsent_ += line.size();
    queue_.push_back(std::move(line));
    if (!writing_)
        pump();
}

void LocalPipes::pump() {
    writing_ = true;
    boost::asio::async_write(input_, boost::asio::buffer(queue_.front()),
                             [this, alive = alive_](const boost::system::error_code& error, std::size_t) {
                                 if (!*alive || over_)
                                     return;
                                 writing_ = false;
                                 if (error)
                                     return end();
                                 unsent_ -= queue_.front().size();
                                 queue_.pop_front();
                                 if (!queue_.empty())
                                     pump();
                                 listener_.onWritten();
                             });
}

void LocalPipes::end() {
    if (std::exchange(over_, true))
        return;
    listener_.onWireEnded();
}

} // namespace keybearer
