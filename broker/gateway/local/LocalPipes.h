#pragma once

#include "broker/gateway/ClientLines.h"
#include "broker/gateway/local/LocalWire.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <deque>
#include <memory>

namespace keybearer {

// LocalWire over two descriptors, lines of at most 64 MiB.
class LocalPipes : public LocalWire {
public:
    // Takes both: the program's standard input, to write, and its standard output, to read. The listener
    // outlives it.
    LocalPipes(boost::asio::io_context& loop, int input, int output, Listener& listener);
    ~LocalPipes() override;
    LocalPipes(const LocalPipes&) = delete;
    LocalPipes& operator=(const LocalPipes&) = delete;

    void write(std::string line) override;
    [[nodiscard]] std::size_t unsentBytes() const override { return unsent_; }

private:
    void read();
    void take(std::string_view bytes);
    void pump();
    void end();

    boost::asio::posix::stream_descriptor input_;
    boost::asio::posix::stream_descriptor output_;
    Listener& listener_;
    ClientLines lines_;
    std::array<char, 64 * 1024> bytes_{};
    std::deque<std::string> queue_;
    std::size_t unsent_ = 0;
    bool writing_ = false;
    bool over_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
