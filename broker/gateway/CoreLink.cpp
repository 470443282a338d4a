#include "broker/gateway/CoreLink.h"

#include "broker/base/Secret.h"
#include "broker/protocol/Endpoint.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace keybearer {

namespace {

Error unreachable() {
    return Error(ErrorCode::BrokerUnreachable, "the broker has gone away");
}

} // namespace

CoreLink::CoreLink(boost::asio::io_context& loop, EventTimers& timers, int descriptor)
    : timers_(timers), socket_(loop, boost::asio::local::stream_protocol(), descriptor),
      framer_(limits::lineBytes) {}

CoreLink::~CoreLink() {
    *alive_ = false;
    wipe(waiting_);
    wipe(writing_);
}

void CoreLink::start(Notified notified, std::function<void()> ended) {
    notified_ = std::move(notified);
    ended_ = std::move(ended);
    read();
}

void CoreLink::request(const std::string& method, Json params, std::chrono::milliseconds patience,
                       Completion<Json> done) {
    const std::int64_t id = ++last_;
    Open& open = open_[id];
    open.done = std::move(done);
    if (over_) {
        open.deadline = timers_.soon([this, id] { answer(id, failure(unreachable())); });
        return;
    }
    open.deadline = timers_.after(patience, [this, id, method] {
        answer(id, failure(ErrorCode::TimedOut, "the broker did not answer " + method + " in time"));
    });
    write(requestLine(id, method, params));
}

void CoreLink::notify(const std::string& method, Json params) {
    write(notificationLine(method, params));
}

void CoreLink::read() {
    socket_.async_read_some(
        boost::asio::buffer(input_),
        [this, alive = alive_](const boost::system::error_code& error, std::size_t bytes) {
            if (!*alive)
                return;
            if (error)
                return end();
            take(std::string_view(input_.data(), bytes));
            if (*alive && !over_)
                read();
        });
}

void CoreLink::take(std::string_view bytes) {
    const std::shared_ptr<bool> alive = alive_;
    if (!framer_.append(bytes))
        return end();
    for (std::string_view line; *alive && !over_ && framer_.next(line);) {
        if (!message(line) && *alive)
            return end();
    }
}

bool CoreLink::message(std::string_view line) {
    Result<Json> document = parseJson(line);
    if (!document || !document->is_object())
        return false;
    if (const std::optional<std::string> method = stringAt(*document, "method")) {
        const auto params = document->find("params");
        notified_(*method, params == document->end() ? Json::object() : *params);
        return true;
    }
    const std::optional<std::int64_t> id = integerAt(*document, "id");
    if (!id)
        return false;
    if (const auto result = document->find("result"); result != document->end())
        answer(*id, std::move(*result));
    else if (const auto error = document->find("error"); error != document->end() && error->is_object())
        answer(*id, failure(fromRpcError(*error)));
    else
        return false;
    return true;
}

void CoreLink::answer(std::int64_t id, Result<Json> result) {
    const auto found = open_.find(id);
    if (found == open_.end())
        return; // its deadline was sooner
    const Completion<Json> done = std::move(found->second.done);
    open_.erase(found);
    done(std::move(result));
}

void CoreLink::write(std::string line) {
    if (over_)
        return;
    line.push_back('\n');
    waiting_.append(line);
    if (writing_.empty())
        pump();
}

void CoreLink::pump() {
    writing_.swap(waiting_);
    boost::asio::async_write(socket_, boost::asio::buffer(writing_),
                             [this, alive = alive_](const boost::system::error_code& error, std::size_t) {
                                 if (!*alive)
                                     return;
                                 wipe(writing_);
                                 if (error)
                                     return end();
                                 if (!waiting_.empty())
                                     pump();
                             });
}

void CoreLink::end() {
    if (over_)
        return;
    over_ = true;
    const std::shared_ptr<bool> alive = alive_;
    while (*alive && !open_.empty())
        answer(open_.begin()->first, failure(unreachable()));
    if (*alive && ended_)
        ended_();
}

} // namespace keybearer
