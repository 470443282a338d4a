#include "app/cli/McpPipe.h"

#include "app/cli/StartupPages.h"
#include "app/client/BrokerSocket.h"
#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <unistd.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds answersLimit{5};     // for what is due when the input has ended
constexpr seconds greetingLimit{30};   // a gateway that is being started answers in a fraction of that
constexpr seconds troubleLimit{30};    // for daemon and gateway to come back
constexpr seconds connectLimit{5};     // a local socket answers at once or is crowded
constexpr seconds requestLimit{5};     // for a first request that a refusal can answer
constexpr seconds flushLimit{1};       // for the client to take its last lines
constexpr milliseconds firstPause{25}; // between two attempts, doubled each time
constexpr milliseconds longestPause{2000};
constexpr milliseconds parentLook{500}; // where nothing tells of its end
constexpr std::size_t longestGreeting = PipeBuffer::capacity / 2;

bool isTransientRefusal(const Json& error) {
    const auto data = error.find("data");
    return data != error.end() && booleanAt(*data, "transient").value_or(false);
}

} // namespace

McpPipe::McpPipe(Setup setup)
    : setup_(std::move(setup)), output_(endKindOf(setup_.output)),
      upScanner_({"initialize", "notifications/cancelled"}), downScanner_({"notifications/cancelled"}) {}

McpPipe::~McpPipe() {
    if (gateway_ >= 0)
        ::close(gateway_);
}

Result<int> McpPipe::run() {
    troubleBy_ = Steady::now() + troubleLimit;
    while (!finished()) {
        if (gateway_ < 0) {
            if (const Result<void> connected = connect(); !connected)
                return refuse(connected.error());
            giveBackStartupPages();
        }
        if (!turn())
            return 0;
        if (refusal_)
            return refuse(*refusal_);
        if (lost_)
            onLost();
    }
    return 0;
}

// The input has ended, and so has what it asked for; or it took too long.
bool McpPipe::finished() const {
    if (!inputEnded_)
        return false;
    const bool due = !up_.empty() || !own_.empty() || released_ > 0 || calls_.clientWaits();
    return !due || Steady::now() >= endBy_;
}

Result<void> McpPipe::connect() {
    for (;;) {
        if (attempts_ > 0) {
            if (Steady::now() >= troubleBy_)
                return failure(ErrorCode::ProviderUnavailable, "the gateway does not take connections",
                               "See what is wrong with: keybearer doctor");
            const milliseconds pause = std::min(firstPause * (1U << std::min(attempts_, 7U)), longestPause);
            pollfd parent{parent_.descriptor(), POLLIN, 0};
            ::poll(&parent, 1, static_cast<int>(pause.count()));
        }
        ++attempts_;
        Result<void> opened = openWay();
        const bool passes =
            !opened && (opened.error().code == ErrorCode::BrokerUnreachable ||
                        opened.error().code == ErrorCode::TimedOut || isTransient(opened.error().code));
        const bool again = passes && (wasGreeted_ || opened.error().detail("transient") != nullptr);
        if (opened || !again || parent_.gone() || Steady::now() >= troubleBy_)
            return opened;
    }
}

Result<void> McpPipe::openWay() {
    const Result<Way> way = setup_.ask();
    if (!way)
        return tl::unexpected(way.error());
    const Result<int> gateway = connectToBroker(way->socket, connectLimit);
    if (!gateway)
        return tl::unexpected(gateway.error());
    gateway_ = *gateway;
    greeting_ = R"({"ticket":)" + dumpJson(Json(way->ticket));
    if (const std::string params = calls_.resumeParams(); !params.empty())
        greeting_.append(R"(,"resume":{"initialize":)").append(params).append("}");
    greeting_.append("}\n").append(calls_.initializeAgain(sent_));
    greeted_ = lost_ = false;
    greetBy_ = Steady::now() + greetingLimit;
    return {};
}

int McpPipe::patience() const {
    Steady::time_point until = Steady::time_point::max();
    if (inputEnded_)
        until = std::min(until, endBy_);
    if (!greeted_)
        until = std::min(until, greetBy_);
    if (parent_.descriptor() < 0)
        until = std::min(until, Steady::now() + parentLook);
    if (until == Steady::time_point::max())
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(until - Steady::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
}

// One wait and whatever became possible. False: the end, without a word.
bool McpPipe::turn() {
    const bool mayRead = down_.hasRoom();
    const bool mayWrite = !greeting_.empty() || !up_.empty();
    const bool mayShow = !own_.empty() || released_ > 0;
    const auto events = static_cast<short>((mayRead ? POLLIN : 0) | (mayWrite ? POLLOUT : 0));
    std::array<pollfd, 4> ends{pollfd{!inputEnded_ && up_.hasRoom() ? setup_.input : -1, POLLIN, 0},
                               pollfd{setup_.output, static_cast<short>(mayShow ? POLLOUT : 0), 0},
                               pollfd{events != 0 ? gateway_ : -1, events, 0},
                               pollfd{parent_.descriptor(), POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), patience()) < 0)
        return true; // a signal
    const bool orphaned = parent_.descriptor() < 0 ? parent_.gone() : ends[3].revents != 0;
    if (orphaned || (ends[1].revents & (POLLERR | POLLNVAL)) != 0)
        return false;
    if (ends[0].revents != 0)
        readClient();
    if (mayRead && (ends[2].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        readGateway();
    writeGateway();
    if (!greeted_ && Steady::now() >= greetBy_)
        lost_ = true;
    // What has just come from the gateway waits for poll() only where that is what keeps a write from
    // waiting.
    const bool writable = (ends[1].revents & (POLLOUT | POLLHUP)) != 0 || output_ == EndKind::Socket;
    return !writable || writeClient();
}

void McpPipe::readClient() {
    const std::size_t before = up_.content().size();
    const PipeBuffer::Outcome outcome = up_.readFrom(setup_.input);
    scanClient(up_.content().substr(before));
    if (outcome != PipeBuffer::Outcome::Ended)
        return;
    inputEnded_ = true;
    endBy_ = Steady::now() + answersLimit;
}

void McpPipe::scanClient(std::string_view fresh) {
    while (!fresh.empty()) {
        const std::size_t count = upScanner_.scan(fresh);
        fresh.remove_prefix(count);
        read_ += count;
        const bool dropped = dropping_;
        if (dropped) { // the buffer holds nothing else then
            up_.dropFront(count);
            sent_ += count;
        }
        if (!upScanner_.atEnd())
            continue;
        for (const MessageScanner::Message& message : upScanner_.messages()) {
            if (!dropped)
                calls_.fromClient(message, lineBegun_);
            else if (!message.answer && !message.id.empty())
                own_.append(errorLine(message.id, lostError())).append("\n");
        }
        lineBegun_ = read_;
        dropping_ = false;
    }
}

void McpPipe::readGateway() {
    const std::size_t before = down_.content().size();
    const PipeBuffer::Outcome outcome = down_.readFrom(gateway_);
    lost_ = outcome == PipeBuffer::Outcome::Ended;
    if (!greeted_)
        return readGreeting();
    scanGateway(down_.content().substr(before));
}

// The gateway's first line says whether it took the ticket; the client never sees it.
void McpPipe::readGreeting() {
    const std::size_t end = down_.content().find('\n');
    if (end == std::string_view::npos) {
        lost_ = lost_ || down_.content().size() > longestGreeting;
        return;
    }
    const Result<Json> answer = parseJson(down_.content().substr(0, end));
    down_.dropFront(end + 1);
    if (!answer || !answer->is_object()) {
        lost_ = true;
        return;
    }
    if (const auto error = answer->find("error"); error != answer->end()) {
        if (isTransientRefusal(*error))
            lost_ = true;
        else
            refusal_ = fromRpcError(*error);
        return;
    }
    greeted_ = wasGreeted_ = true;
    attempts_ = 0;
    scanGateway(down_.content());
}

void McpPipe::scanGateway(std::string_view fresh) {
    while (!fresh.empty()) {
        fresh.remove_prefix(downScanner_.scan(fresh));
        if (!downScanner_.atEnd())
            break;
        for (const MessageScanner::Message& message : downScanner_.messages())
            calls_.fromServer(message);
        released_ = down_.content().size() - fresh.size();
    }
    // Short messages are shown whole or not at all.
    if (!down_.hasRoom())
        released_ = down_.content().size();
}

void McpPipe::writeGateway() {
    if (gateway_ < 0 || lost_)
        return;
    if (!greeting_.empty()) {
        const std::ptrdiff_t sent = writeSome(gateway_, EndKind::Socket, greeting_);
        greeting_.erase(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(sent, 0)));
        if (!greeting_.empty())
            return; // if it failed, reading says so
    }
    while (!up_.empty()) {
        const std::string_view content = up_.content();
        const std::size_t before = content.size();
        if (up_.writeTo(gateway_, EndKind::Socket, before) != PipeBuffer::Outcome::Done)
            return;
        const std::size_t count = before - up_.content().size();
        if (count == 0)
            return;
        upMid_ = content[count - 1] != '\n';
        sent_ += count;
    }
}

// False: nobody reads the output any more.
bool McpPipe::writeClient() {
    if (!own_.empty() && (!outMid_ || ownContinues_))
        return writeOwn();
    if (released_ == 0)
        return true;
    const std::string_view content = down_.content().substr(0, released_);
    std::size_t most = released_;
    if (const std::size_t end = content.find('\n'); !own_.empty() && end != std::string_view::npos)
        most = end + 1; // then it is the pipe's turn
    const std::size_t before = down_.content().size();
    const PipeBuffer::Outcome outcome = down_.writeTo(setup_.output, output_, most);
    const std::size_t count = before - down_.content().size();
    if (count > 0)
        outMid_ = content[count - 1] != '\n';
    released_ -= count;
    return outcome != PipeBuffer::Outcome::Ended;
}

bool McpPipe::writeOwn() {
    const std::ptrdiff_t sent = writeSome(setup_.output, output_, own_);
    if (sent < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (sent > 0)
        outMid_ = own_[static_cast<std::size_t>(sent) - 1] != '\n';
    own_.erase(0, static_cast<std::size_t>(sent));
    ownContinues_ = outMid_;
    if (own_.empty())
        own_.shrink_to_fit();
    return true;
}

Error McpPipe::lostError() const {
    Error error(ErrorCode::ProviderUnavailable, "the connection to the server was lost meanwhile",
                "Try again; Keybearer connects anew by itself.");
    error.retryAfter = seconds(1);
    return error;
}

// What is whole goes to the client, what is torn ends there, and what cannot be answered is said to be so.
void McpPipe::onLost() {
    ::close(gateway_);
    gateway_ = -1;
    if (greeted_)
        troubleBy_ = Steady::now() + troubleLimit;
    const std::string_view whole = down_.content().substr(0, greeted_ ? released_ : 0);
    const bool torn = whole.empty() ? outMid_ && own_.empty() : whole.back() != '\n';
    std::string rest(whole);
    rest.append(torn ? "\n" : "").append(own_).append(calls_.lost(sent_, lostError()));
    ownContinues_ = outMid_;
    own_ = std::move(rest);
    down_.dropFront(down_.content().size());
    released_ = 0;
    downScanner_ = MessageScanner({"notifications/cancelled"});
    greeting_.clear();
    if (upMid_) {
        const std::size_t end = up_.content().find('\n');
        const std::size_t count = end == std::string_view::npos ? up_.content().size() : end + 1;
        up_.dropFront(count);
        sent_ += count;
        dropping_ = end == std::string_view::npos;
        upMid_ = false;
    }
    greeted_ = lost_ = false;
}

// Whoever speaks MCP to us reads no standard error: the request that waits gets the reason.
tl::unexpected<Error> McpPipe::refuse(const Error& error) {
    std::string lines = calls_.refused(error);
    if (lines.empty() && !inputEnded_ && !parent_.gone() && ::isatty(setup_.input) == 0) {
        awaitRequest();
        lines = calls_.refused(error);
    }
    own_.append(lines);
    flushOwn();
    return failure(error);
}

void McpPipe::awaitRequest() {
    const Steady::time_point until = Steady::now() + requestLimit;
    while (!inputEnded_ && !calls_.clientWaits() && Steady::now() < until) {
        std::array<pollfd, 2> ends{pollfd{setup_.input, POLLIN, 0}, pollfd{parent_.descriptor(), POLLIN, 0}};
        const auto left = std::chrono::ceil<milliseconds>(until - Steady::now()).count();
        if (::poll(ends.data(), ends.size(), static_cast<int>(left)) <= 0)
            continue;
        if (ends[1].revents != 0)
            return;
        if (ends[0].revents != 0)
            readClient();
        up_.dropFront(up_.content().size());
    }
}

void McpPipe::flushOwn() {
    const Steady::time_point until = Steady::now() + flushLimit;
    if (outMid_ && !ownContinues_)
        own_.insert(0, "\n");
    ownContinues_ = true;
    while (!own_.empty() && Steady::now() < until) {
        pollfd output{setup_.output, POLLOUT, 0};
        const auto left = std::chrono::ceil<milliseconds>(until - Steady::now()).count();
        if (::poll(&output, 1, static_cast<int>(left)) <= 0 || !writeOwn())
            return;
    }
}

} // namespace keybearer
