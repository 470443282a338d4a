#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace keybearer::test {

// A CONNECT proxy (RFC 9110 section 9.3.6) that carries every tunnel to one port of this machine, whatever
// host was asked for; or refuses all of them. Runs on the test's own io_context.
class TunnelProxy {
public:
    using Tcp = boost::asio::ip::tcp;

    TunnelProxy(boost::asio::io_context& loop, std::uint16_t target)
        : acceptor_(loop, Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)), target_(target) {
        accept();
    }
    [[nodiscard]] std::string url(const std::string& user = {}) const {
        return "http://" + user + (user.empty() ? "" : "@") +
               "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }
    [[nodiscard]] const std::vector<std::string>& heads() const { return heads_; }
    std::string refusal; // a status line's end, "403 No"; empty: none

private:
    struct Tunnel : std::enable_shared_from_this<Tunnel> {
        Tunnel(TunnelProxy& of, Tcp::socket from)
            : proxy(of), client(std::move(from)), server(client.get_executor()) {}
        TunnelProxy& proxy;
        Tcp::socket client;
        Tcp::socket server;
        std::string text;
        std::array<char, 16384> up{};
        std::array<char, 16384> down{};

        void begin() {
            boost::asio::async_read_until(client, boost::asio::dynamic_buffer(text), "\r\n\r\n",
                                          [self = shared_from_this()](const auto& error, std::size_t) {
                                              if (!error)
                                                  self->answer();
                                          });
        }
        void answer() {
            proxy.heads_.push_back(text);
            text = "HTTP/1.1 " + (proxy.refusal.empty() ? "200 Here you are" : proxy.refusal) + "\r\n\r\n";
            const bool refused = !proxy.refusal.empty();
            boost::asio::async_write(client, boost::asio::buffer(text),
                                     [self = shared_from_this(), refused](const auto& error, std::size_t) {
                                         if (error || refused)
                                             return;
                                         self->connect();
                                     });
        }
        void connect() {
            server.async_connect({boost::asio::ip::address_v4::loopback(), proxy.target_},
                                 [self = shared_from_this()](const auto& error) {
                                     if (error)
                                         return;
                                     pump(self, self->client, self->server, self->up);
                                     pump(self, self->server, self->client, self->down);
                                 });
        }
        static void pump(const std::shared_ptr<Tunnel>& self, Tcp::socket& from, Tcp::socket& to,
                         std::array<char, 16384>& buffer) {
            from.async_read_some(boost::asio::buffer(buffer), [self, &from, &to, &buffer](const auto& error,
                                                                                          std::size_t count) {
                boost::system::error_code ignored;
                if (error)
                    return void(to.shutdown(Tcp::socket::shutdown_send, ignored));
                boost::asio::async_write(to, boost::asio::buffer(buffer, count),
                                         [self, &from, &to, &buffer](const auto& failed, std::size_t) {
                                             if (!failed)
                                                 pump(self, from, to, buffer);
                                         });
            });
        }
    };

    void accept() {
        acceptor_.async_accept([this](const boost::system::error_code& error, Tcp::socket socket) {
            if (error)
                return;
            std::make_shared<Tunnel>(*this, std::move(socket))->begin();
            accept();
        });
    }

    Tcp::acceptor acceptor_;
    std::uint16_t target_;
    std::vector<std::string> heads_;
};

} // namespace keybearer::test
