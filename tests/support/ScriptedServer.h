#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer::test {

// An HTTP/1.1 server on loopback that reads whole requests (Content-Length alone) and answers with whatever
// bytes the test's script writes, when it likes. Runs on the test's own io_context. With TLS where a context
// is given.
class ScriptedServer {
public:
    using Tcp = boost::asio::ip::tcp;
    using Tls = boost::asio::ssl::stream<Tcp::socket>;

    struct Request {
        std::string method;
        std::string target;
        std::vector<std::pair<std::string, std::string>> fields; // names in lower case
        std::string body;
        int connection = 0; // 1 is the first

        [[nodiscard]] std::string field(std::string_view name) const {
            for (const auto& [key, value] : fields) {
                if (key == name)
                    return value;
            }
            return {};
        }
        [[nodiscard]] bool has(std::string_view name) const {
            return std::any_of(fields.begin(), fields.end(),
                               [&](const auto& entry) { return entry.first == name; });
        }
    };

    // One connection, as the script sees it. Writes go out in order.
    class Connection : public std::enable_shared_from_this<Connection> {
    public:
        Connection(ScriptedServer& server, Tcp::socket socket, int number)
            : server_(server), plain_(std::move(socket)), number_(number) {
            if (server_.tls_ != nullptr)
                tls_.emplace(std::move(plain_), *server_.tls_);
        }
        void begin() {
            if (!tls_)
                return read();
            tls_->async_handshake(boost::asio::ssl::stream_base::server,
                                  [self = shared_from_this()](const boost::system::error_code& error) {
                                      if (!error)
                                          self->read();
                                  });
        }
        void write(std::string bytes) {
            writes_.push_back(std::move(bytes));
            if (writes_.size() == 1)
                writeNext();
        }
        // After what has been written.
        void close() {
            if (writes_.empty())
                return shut();
            closing_ = true;
        }
        // At once, with a reset.
        void reset() {
            boost::system::error_code ignored;
            lowest().set_option(boost::asio::socket_base::linger(true, 0), ignored);
            lowest().close(ignored);
        }
        // Nothing is read from the client any more.
        void stopReading() { reading_ = false; }
        [[nodiscard]] std::size_t written() const { return written_; }
        [[nodiscard]] bool closedByClient() const { return ended_; }

    private:
        friend class ScriptedServer;
        Tcp::socket& lowest() { return tls_ ? tls_->next_layer() : plain_; }
        void shut() {
            boost::system::error_code ignored;
            lowest().shutdown(Tcp::socket::shutdown_both, ignored);
            lowest().close(ignored);
        }
        template <typename Buffer, typename Done>
        void readSome(const Buffer& buffer, Done done) {
            if (tls_)
                tls_->async_read_some(buffer, std::move(done));
            else
                plain_.async_read_some(buffer, std::move(done));
        }
        void read() {
            readSome(boost::asio::buffer(buffer_),
                     [self = shared_from_this()](const boost::system::error_code& error, std::size_t count) {
                         if (error) {
                             self->ended_ = true;
                             return;
                         }
                         self->text_.append(self->buffer_.data(), count);
                         self->takeRequests();
                         if (self->reading_)
                             self->read();
                     });
        }
        void takeRequests() {
            for (;;) {
                const std::size_t end = text_.find("\r\n\r\n");
                if (end == std::string::npos)
                    return;
                Request request = parseHead(text_.substr(0, end));
                const std::string length = request.field("content-length");
                const std::size_t size = length.empty() ? 0 : std::stoul(length);
                if (text_.size() < end + 4 + size)
                    return;
                request.body = text_.substr(end + 4, size);
                request.connection = number_;
                text_.erase(0, end + 4 + size);
                server_.requests_.push_back(request);
                server_.script_(request, shared_from_this());
            }
        }
        static Request parseHead(const std::string& head) {
            Request request;
            std::size_t at = head.find("\r\n");
            const std::string first = head.substr(0, at);
            request.method = first.substr(0, first.find(' '));
            request.target = first.substr(request.method.size() + 1);
            request.target = request.target.substr(0, request.target.find(' '));
            while (at != std::string::npos) {
                const std::size_t begin = at + 2;
                at = head.find("\r\n", begin);
                const std::string line = head.substr(begin, at == std::string::npos ? at : at - begin);
                const std::size_t colon = line.find(':');
                if (colon == std::string::npos)
                    continue;
                std::string name = line.substr(0, colon);
                std::transform(name.begin(), name.end(), name.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
                std::string value = line.substr(colon + 1);
                value.erase(0, value.find_first_not_of(' '));
                request.fields.emplace_back(std::move(name), std::move(value));
            }
            return request;
        }
        void writeNext() {
            auto done = [self = shared_from_this()](const boost::system::error_code& error,
                                                    std::size_t count) {
                self->written_ += count;
                if (error) {
                    self->writes_.clear();
                    return;
                }
                self->writes_.pop_front();
                if (!self->writes_.empty())
                    self->writeNext();
                else if (self->closing_)
                    self->shut();
                else if (self->drained)
                    self->drained();
            };
            if (tls_)
                boost::asio::async_write(*tls_, boost::asio::buffer(writes_.front()), std::move(done));
            else
                boost::asio::async_write(plain_, boost::asio::buffer(writes_.front()), std::move(done));
        }

    public:
        std::function<void()> drained; // everything written has left; may write again

    private:
        ScriptedServer& server_;
        Tcp::socket plain_;
        std::optional<Tls> tls_;
        int number_;
        std::array<char, 65536> buffer_{};
        std::string text_;
        std::deque<std::string> writes_;
        std::size_t written_ = 0;
        bool closing_ = false;
        bool reading_ = true;
        bool ended_ = false;
    };
    using Reply = std::shared_ptr<Connection>;
    using Script = std::function<void(const Request&, const Reply&)>;

    ScriptedServer(boost::asio::io_context& loop, Script script, boost::asio::ssl::context* tls = nullptr)
        : acceptor_(loop, Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
          script_(std::move(script)), tls_(tls) {
        accept();
    }
    ~ScriptedServer() { stop(); }

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    [[nodiscard]] std::string url(const std::string& path = "/mcp",
                                  const std::string& host = "127.0.0.1") const {
        return std::string(tls_ != nullptr ? "https://" : "http://") + host + ":" + std::to_string(port()) +
               path;
    }
    [[nodiscard]] const std::vector<Request>& requests() const { return requests_; }
    [[nodiscard]] int connections() const { return connections_; }
    void stop() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        for (const auto& weak : all_) {
            if (const Reply connection = weak.lock())
                connection->shut();
        }
    }

    static std::string json(const std::string& body, const std::string& more = {}) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + more +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    static std::string status(int code, const std::string& body = {}, const std::string& more = {}) {
        return "HTTP/1.1 " + std::to_string(code) + " Whatever\r\n" + more +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    static std::string events(const std::string& more = {}) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + more +
               "Transfer-Encoding: chunked\r\n\r\n";
    }
    static std::string chunk(const std::string& bytes) {
        std::string size;
        for (std::size_t rest = bytes.size(); rest > 0; rest /= 16)
            size.insert(size.begin(), "0123456789abcdef"[rest % 16]);
        return (size.empty() ? "0" : size) + "\r\n" + bytes + "\r\n";
    }

private:
    void accept() {
        acceptor_.async_accept([this](const boost::system::error_code& error, Tcp::socket socket) {
            if (error)
                return;
            const auto connection = std::make_shared<Connection>(*this, std::move(socket), ++connections_);
            all_.push_back(connection);
            connection->begin();
            accept();
        });
    }

    Tcp::acceptor acceptor_;
    Script script_;
    boost::asio::ssl::context* tls_;
    std::vector<Request> requests_;
    std::vector<std::weak_ptr<Connection>> all_;
    int connections_ = 0;
};

} // namespace keybearer::test
