#include "app/client/LineClient.h"

#include "app/client/BrokerSocket.h"
#include "app/client/ParamsText.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/protocol/Endpoint.h"
#include "broker/protocol/RpcError.h"

#include <charconv>
#include <sodium.h>
#include <unistd.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::size_t readBytes = 4096;     // an answer with a token is a fraction of this
constexpr std::size_t mostKeptEvents = 256; // a command that does not listen loses old ones, not its memory
constexpr std::uint32_t idRange = 1U << 30; // of the first request on a connection that others used before

tl::unexpected<Error> unreachable(std::string what, std::string action) {
    return failure(ErrorCode::BrokerUnreachable, std::move(what), std::move(action));
}

std::string seconds(milliseconds time) {
    const auto count = std::chrono::ceil<std::chrono::seconds>(time).count();
    return std::to_string(count) + (count == 1 ? " second" : " seconds");
}

tl::unexpected<Error> nonsense(const std::string& why) {
    return unreachable("what listens on the broker's socket does not speak its language: " + why,
                       "Stop the program that listens there, or update keybearer and keybearerd together.");
}

// The result of a line that has the form in which resultLine() writes it; empty if it has another.
std::string_view plainResult(std::string_view line, std::int64_t& id) {
    constexpr std::string_view head = R"({"jsonrpc":"2.0","id":)";
    constexpr std::string_view middle = R"(,"result":)";
    if (!line.starts_with(head) || !line.ends_with('}'))
        return {};
    line.remove_prefix(head.size());
    line.remove_suffix(1);
    const auto [end, code] = std::from_chars(line.data(), line.data() + line.size(), id);
    if (code != std::errc())
        return {};
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    return line.starts_with(middle) ? line.substr(middle.size()) : std::string_view();
}

Result<Json> parseResult(std::string& text) {
    Result<Json> result = parseJson(text);
    wipe(text);
    if (!result)
        return nonsense(result.error().message);
    return result;
}

} // namespace

Result<std::unique_ptr<LineClient>> LineClient::connect(const std::filesystem::path& socket,
                                                        const HelloParams& hello, Milliseconds timeout) {
    const Result<int> descriptor = connectToBroker(socket, timeout);
    if (!descriptor)
        return tl::unexpected(descriptor.error());
    auto client = std::make_unique<LineClient>(*descriptor, hello);
    client->socket_ = socket;
    return client;
}

Result<std::unique_ptr<LineClient>> LineClient::adopt(int descriptor, const HelloParams& hello) {
    const Result<int> copy = adoptConnection(descriptor);
    if (!copy)
        return tl::unexpected(copy.error());
    // Counted from a number of its own, so that no answer to somebody else is taken for one to us.
    const std::int64_t first =
        std::int64_t{1} + idRange + randombytes_uniform(idRange) * std::int64_t{idRange};
    return std::unique_ptr<LineClient>(new LineClient(*copy, hello, first));
}

LineClient::LineClient(int descriptor, const HelloParams& hello) : LineClient(descriptor, hello, 0) {}

LineClient::LineClient(int descriptor, const HelloParams& hello, std::int64_t firstId)
    : descriptor_(descriptor), helloId_(firstId), shared_(firstId != 0),
      framer_(std::in_place, limits::lineBytes), lastId_(firstId) {
    std::string params = paramsText(hello);
    appendRequest(hello_, helloId_, "hello", params);
    wipe(params); // it may hold a client key
    outbox_ = hello_;
    open_.insert(helloId_);
}

LineClient::~LineClient() {
    wipe(hello_);
    wipe(outbox_);
    wipe(inbox_);
    for (Line& line : sent_)
        wipe(line.text);
    for (auto& [id, text] : answered_) {
        if (text)
            wipe(*text);
    }
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

std::int64_t LineClient::post(std::string_view method, const Json& params) {
    return postText(method, dumpJson(params));
}

std::int64_t LineClient::postText(std::string_view method, std::string_view params) {
    const std::int64_t id = ++lastId_;
    send(id, method, params);
    open_.insert(id);
    return id;
}

Result<Json> LineClient::call(std::string_view method, const Json& params, Milliseconds timeout) {
    return answer(post(method, params), timeout);
}

Result<Json> LineClient::answer(std::int64_t id, Milliseconds timeout) {
    Result<std::string> text = answerText(id, timeout);
    return text ? parseResult(*text) : Result<Json>(failure(std::move(text.error())));
}

Result<std::string> LineClient::answerText(std::int64_t id, Milliseconds timeout) {
    const Deadline deadline = Steady::now() + timeout;
    for (;;) {
        if (const auto found = answered_.find(id); found != answered_.end()) {
            Result<std::string> text = std::move(found->second);
            answered_.erase(found);
            return text;
        }
        Result<Message> message = arrive(deadline, {});
        if (!message)
            return failure(std::move(message.error()));
        if (message->kind == Arrival::Kind::TimedOut)
            return failure(ErrorCode::TimedOut, "the broker did not answer within " + seconds(timeout));
        if (message->kind == Arrival::Kind::Event)
            keepEvent(std::move(message->event));
        else if (message->id == id)
            return std::move(message->text);
        else
            answered_.emplace(message->id, std::move(message->text));
    }
}

Result<std::optional<Json>> LineClient::nextEvent(Milliseconds timeout) {
    const Deadline deadline = Steady::now() + timeout;
    while (events_.empty()) {
        Result<Message> message = arrive(deadline, {});
        if (!message)
            return failure(std::move(message.error()));
        if (message->kind == Arrival::Kind::TimedOut)
            return std::optional<Json>();
        if (message->kind == Arrival::Kind::Event)
            events_.push_back(std::move(message->event));
        else
            answered_.emplace(message->id, std::move(message->text));
    }
    std::optional<Json> event(std::in_place, std::move(events_.front()));
    events_.pop_front();
    return event;
}

Result<Arrival> LineClient::next(Milliseconds timeout, std::span<const int> watched) {
    if (!events_.empty()) {
        Arrival kept{Arrival::Kind::Event, 0, std::move(events_.front()), -1};
        events_.pop_front();
        return kept;
    }
    const auto answerOf = [](std::int64_t id, Result<std::string>& text) {
        Arrival arrival{Arrival::Kind::Answer, id, Json(), -1};
        arrival.body = text ? parseResult(*text) : Result<Json>(failure(std::move(text.error())));
        return arrival;
    };
    if (const auto first = answered_.begin(); first != answered_.end()) {
        Arrival kept = answerOf(first->first, first->second);
        answered_.erase(first);
        return kept;
    }
    Result<Message> message = arrive(Steady::now() + timeout, watched);
    if (!message)
        return failure(std::move(message.error()));
    if (message->kind == Arrival::Kind::Answer)
        return answerOf(message->id, message->text);
    return Arrival{message->kind, 0, std::move(message->event), message->descriptor};
}

std::string LineClient::serverVersion() const {
    const Result<Json> hello = parseJson(helloResult_);
    return hello ? displaySafe(stringAt(*hello, "version").value_or(""), 32) : std::string();
}

void LineClient::keepEvent(Json event) {
    if (sink_)
        return sink_(event);
    if (events_.size() == mostKeptEvents)
        events_.pop_front();
    events_.push_back(std::move(event));
}

Result<LineClient::Message> LineClient::arrive(Deadline deadline, std::span<const int> watched) {
    for (;;) {
        Result<std::optional<Message>> taken = takeMessage();
        if (!taken)
            return failure(std::move(taken.error()));
        if (*taken)
            return std::move(**taken);
        if (const Result<void> sent = flush(); !sent)
            return tl::unexpected(sent.error());
        const Result<int> readable = wait(deadline, watched);
        if (!readable)
            return tl::unexpected(readable.error());
        Message none;
        if (*readable < 0)
            return none;
        if (*readable != descriptor_) {
            none.kind = Arrival::Kind::Watched;
            none.descriptor = *readable;
            return none;
        }
        const Result<void> received = receive();
        if (received)
            continue;
        if (!mayAskAgain())
            return tl::unexpected(received.error());
        if (const Result<void> again = askAgain(deadline); !again)
            return tl::unexpected(again.error());
    }
}

Result<void> LineClient::receive() {
    inbox_.resize(readBytes);
    const Result<std::size_t> got = fetch();
    if (!got)
        return tl::unexpected(got.error());
    if (!framer_->append(std::string_view(inbox_.data(), *got)))
        return nonsense("a line is longer than " + std::to_string(limits::lineBytes) + " bytes");
    return {};
}

Result<std::optional<LineClient::Message>> LineClient::takeMessage() {
    std::string_view line;
    while (framer_->next(line)) {
        Result<std::optional<Message>> taken = takeLine(line);
        if (!taken || *taken)
            return taken;
    }
    return std::optional<Message>();
}

Result<std::optional<LineClient::Message>> LineClient::takeLine(std::string_view line) {
    std::int64_t answered = 0;
    if (const std::string_view result = plainResult(line, answered); !result.empty())
        return takeAnswer(answered, std::string(result));
    Result<Json> document = parseJson(line);
    if (!document)
        return nonsense(document.error().message);
    if (!document->is_object())
        return nonsense("a message is no object");
    if (const std::optional<std::string> method = stringAt(*document, "method")) {
        const auto params = document->find("params");
        if (*method != "event" || params == document->end() || !params->is_object())
            return std::optional<Message>(); // a notification of a newer broker
        if (stringAt(*params, "topic") == "broker.restarting") {
            goodbye_ = true;
            return std::optional<Message>();
        }
        Message message;
        message.kind = Arrival::Kind::Event;
        message.event = std::move(*params);
        return std::optional<Message>(std::move(message));
    }
    const auto error = document->find("error");
    const auto result = document->find("result");
    const bool refused = error != document->end() && error->is_object();
    const std::optional<std::int64_t> id = integerAt(*document, "id");
    if (!id && refused)
        return failure(fromRpcError(*error)); // it could not even read our request
    if (!refused && result == document->end())
        return nonsense("an answer without result and error");
    if (refused)
        return takeAnswer(id.value_or(-1), failure(fromRpcError(*error)));
    std::string text = dumpJson(*result);
    wipeJson(*result);
    return takeAnswer(id.value_or(-1), std::move(text));
}

Result<std::optional<LineClient::Message>> LineClient::takeAnswer(std::int64_t id, Result<std::string> text) {
    if (open_.erase(id) == 0) {
        if (text)
            wipe(*text);
        if (shared_) // somebody else's, who did not wait for it
            return std::optional<Message>();
        return nonsense("an answer to a question that was not asked");
    }
    forget(id);
    if (id == helloId_) {
        if (!text)
            return failure(std::move(text.error()));
        helloResult_ = std::move(*text);
        return std::optional<Message>();
    }
    Message message;
    message.kind = Arrival::Kind::Answer;
    message.id = id;
    message.text = std::move(text);
    return std::optional<Message>(std::move(message));
}

} // namespace keybearer
