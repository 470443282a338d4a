#include "broker/gateway/DoorConnection.h"

#include "broker/base/Json.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/protocol/RpcError.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace keybearer {

namespace {

constexpr std::size_t longestMessage = 64U << 20;  // of the protocol: docs/gateway.md
constexpr std::size_t longestHandshake = 1U << 20; // a ticket, and the params of an initialize
constexpr std::chrono::seconds handshakePatience{10};
constexpr std::chrono::seconds redeemPatience{30};
constexpr std::chrono::seconds lastWords{10}; // for a client to read what is left
constexpr std::size_t fullOutput = 1U << 20;  // the server's streams stop here
constexpr std::size_t lowOutput = 256U << 10; // and go on here

} // namespace

DoorConnection::DoorConnection(Socket socket, const McpExchange::Parts& parts, std::function<void()> gone)
    : socket_(std::move(socket)), parts_(parts), gone_(std::move(gone)), lines_(longestMessage) {}

DoorConnection::~DoorConnection() {
    *alive_ = false;
}

void DoorConnection::start() {
    timer_ = parts_.timers.after(handshakePatience, [this] { over(); });
    read();
}

void DoorConnection::read() {
    if (reading_ || held_ || state_ == State::Redeeming || state_ == State::Finishing ||
        state_ == State::Over)
        return;
    reading_ = true;
    socket_.async_read_some(
        boost::asio::buffer(input_),
        [this, alive = alive_](const boost::system::error_code& error, std::size_t bytes) {
            if (!*alive)
                return;
            reading_ = false;
            if (error)
                return over();
            inputBegin_ = 0;
            inputEnd_ = bytes;
            parts_.core.catchUp();
            if (*alive)
                take();
        });
}

// Hands on whole lines until the exchange has had enough; goes on where it stopped.
void DoorConnection::take() {
    if (taking_)
        return;
    taking_ = true;
    const std::shared_ptr<bool> alive = alive_;
    while (!held_ && inputBegin_ < inputEnd_ && (state_ == State::Handshake || state_ == State::Open)) {
        std::string_view bytes(input_.data() + inputBegin_, inputEnd_ - inputBegin_);
        ClientLines::Piece piece;
        const bool whole = lines_.next(bytes, piece);
        inputBegin_ = inputEnd_ - bytes.size();
        if (state_ == State::Handshake && lines_.pending() > longestHandshake)
            return over();
        if (!whole)
            continue;
        if (state_ == State::Handshake) {
            greet(piece.text);
        } else if (piece.kind == ClientLines::Piece::Kind::TooLong) {
            const JsonMembers seen = JsonMembers::ofBeginning(piece.text);
            exchange_->onClientLineTooLong(std::string(seen.find("id").value_or("")));
        } else if (!piece.text.empty() && piece.text != "\r") {
            exchange_->onClientLine(std::move(piece.text));
        }
        if (!*alive)
            return;
    }
    taking_ = false;
    if (inputBegin_ == inputEnd_)
        read();
}

void DoorConnection::greet(const std::string& line) {
    state_ = State::Redeeming;
    const Result<Json> said = parseJson(line);
    std::optional<std::string> ticket =
        said && said->is_object() ? stringAt(*said, "ticket") : std::optional<std::string>();
    if (!ticket)
        return refuse(Error(ErrorCode::InvalidRequest, "the first line brings a ticket of the broker",
                            "Start it as: keybearer mcp SERVICE"));
    const JsonMembers resume = JsonMembers::of(line).value_or(JsonMembers()).object("resume");
    if (const auto initialize = resume.find("initialize")) {
        resumes_ = true;
        resume_ = *initialize;
    }
    timer_.reset();
    parts_.core.request("exchange.open", Json{{"ticket", *ticket}}, redeemPatience,
                        [this, alive = alive_](Result<Json> opened) {
                            if (*alive)
                                redeemed(std::move(opened));
                        });
    wipe(*ticket);
}

void DoorConnection::redeemed(Result<Json> opened) {
    if (state_ != State::Redeeming)
        return;
    if (!opened)
        return refuse(opened.error());
    std::optional<ExchangeTerms> terms = ExchangeTerms::from(*opened);
    if (!terms)
        return refuse(Error(ErrorCode::InternalError, "the broker opened no exchange"));
    state_ = State::Open;
    exchange_ = std::make_unique<McpExchange>(parts_, *terms, *this);
    static_cast<void>(deliver(dumpJson(Json{{"service", terms->service}})));
    if (resumes_)
        exchange_->resume(std::exchange(resume_, std::string()));
    take();
}

void DoorConnection::refuse(const Error& error) {
    timer_.reset();
    static_cast<void>(deliver(dumpJson(Json{{"error", toRpcError(error)}})));
    finish();
}

bool DoorConnection::deliver(std::string line) {
    if (state_ == State::Over || state_ == State::Finishing)
        return true;
    line.push_back('\n');
    outputBytes_ += line.size();
    output_.push_back(std::move(line));
    if (!writing_)
        write();
    full_ = full_ || outputBytes_ > fullOutput;
    return !full_;
}

void DoorConnection::write() {
    if (output_.empty()) {
        if (state_ == State::Finishing)
            over();
        return;
    }
    writing_ = true;
    boost::asio::async_write(socket_, boost::asio::buffer(output_.front()),
                             [this, alive = alive_](const boost::system::error_code& error, std::size_t) {
                                 if (!*alive)
                                     return;
                                 writing_ = false;
                                 if (error)
                                     return over();
                                 outputBytes_ -= output_.front().size();
                                 output_.pop_front();
                                 write();
                                 if (*alive && full_ && outputBytes_ <= lowOutput && exchange_ &&
                                     state_ == State::Open) {
                                     full_ = false;
                                     exchange_->onClientDrained();
                                 }
                             });
}

void DoorConnection::holdInput(bool hold) {
    held_ = hold;
    if (hold || state_ != State::Open)
        return;
    // The exchange is in the middle of something when it says so.
    timer_ = parts_.timers.soon([this] { take(); });
}

void DoorConnection::finish() {
    if (state_ == State::Over || state_ == State::Finishing)
        return;
    state_ = State::Finishing;
    timer_ = parts_.timers.after(lastWords, [this] { over(); });
    if (!writing_ && output_.empty())
        over();
}

void DoorConnection::over() {
    if (state_ == State::Over)
        return;
    state_ = State::Over;
    boost::system::error_code ignored;
    socket_.close(ignored);
    if (!exchange_) {
        timer_ = parts_.timers.soon([this] { gone_(); });
        return;
    }
    parts_.core.notify("exchange.closed", Json{{"exchange", exchange_->name()}});
    exchange_->close([this] { timer_ = parts_.timers.soon([this] { gone_(); }); });
}

} // namespace keybearer
