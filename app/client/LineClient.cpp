#include "app/client/LineClient.h"

#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/protocol/Endpoint.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::size_t readBytes = 8192;     // an answer with a token is a fraction of this
constexpr std::size_t mostWatched = 4;      // the terminal and a signal pipe are two
constexpr std::size_t mostKeptEvents = 256; // a command that does not listen loses old ones, not its memory
constexpr std::int64_t helloId = 0;
constexpr milliseconds crowdedPause{
    5}; // between two attempts while the broker's queue of connections is full

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

Result<void> checkDirectory(const std::filesystem::path& socket) {
    const std::filesystem::path directory = socket.parent_path();
    struct stat status {};
    if (::lstat(directory.c_str(), &status) != 0) {
        Error error(ErrorCode::BrokerUnreachable,
                    "the broker is not running (there is no directory " + directory.string() + ")");
        return failure(std::move(error).with("absent", errno == ENOENT));
    }
    if (!S_ISDIR(status.st_mode))
        return unreachable(directory.string() + " is not a directory",
                           "Remove it: a link or a file there can lead to somebody else's program.");
    if (status.st_uid != ::geteuid())
        return unreachable(directory.string() + " belongs to another user",
                           "Choose a directory of your own with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return unreachable("others may write to " + directory.string(),
                           "Close it with: chmod 700 " + directory.string());
    return {};
}

Result<void> checkPeer(int descriptor) {
    uid_t peer = 0;
#ifdef SO_PEERCRED
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return unreachable(
            std::string("cannot tell who listens on the broker's socket: ") + std::strerror(errno), "");
    peer = credentials.uid;
#else
    gid_t group = 0;
    if (::getpeereid(descriptor, &peer, &group) != 0)
        return unreachable(
            std::string("cannot tell who listens on the broker's socket: ") + std::strerror(errno), "");
#endif
    if (peer != ::geteuid())
        return unreachable("a program of another user (uid " + std::to_string(peer) +
                               ") listens on the broker's socket",
                           "Do not go on; find out who put it there.");
    return {};
}

int openSocket() {
#ifdef SOCK_NONBLOCK
    return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
#else
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    }
    return descriptor;
#endif
}

// A full queue of connections answers EAGAIN, and there is nothing to poll for: try again until the deadline.
int connectUntil(int descriptor, const sockaddr_un& address, Steady::time_point deadline) {
    for (;;) {
        if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return 0;
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN || Steady::now() >= deadline)
            return errno;
        const timespec pause{0, std::chrono::nanoseconds(crowdedPause).count()};
        ::nanosleep(&pause, nullptr);
    }
}

Error connectError(int code, const std::filesystem::path& socket) {
    if (code == ENOENT || code == ECONNREFUSED)
        return Error(ErrorCode::BrokerUnreachable,
                     "the broker is not running (nobody listens on " + socket.string() + ")")
            .with("absent", true);
    if (code == EAGAIN)
        return {ErrorCode::TimedOut, "the broker does not take new connections",
                "Try again; if it stays so, stop the broker and start it again."};
    return {ErrorCode::BrokerUnreachable, "cannot connect to " + socket.string() + ": " + std::strerror(code),
            "See what is wrong with: keybearer doctor"};
}

} // namespace

Result<std::unique_ptr<LineClient>> LineClient::connect(const std::filesystem::path& socket,
                                                        const HelloParams& hello, Milliseconds timeout) {
    if (const Result<void> safe = checkDirectory(socket); !safe)
        return tl::unexpected(safe.error());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& path = socket.native();
    if (path.size() >= sizeof address.sun_path)
        return unreachable("the socket path " + path + " is too long",
                           "Choose a shorter directory with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    std::memcpy(address.sun_path, path.data(), path.size());
    const int descriptor = openSocket();
    if (descriptor < 0)
        return unreachable(std::string("cannot make a socket: ") + std::strerror(errno), "");
    auto client = std::make_unique<LineClient>(descriptor, hello);
    if (const int code = connectUntil(descriptor, address, Steady::now() + timeout); code != 0)
        return failure(connectError(code, socket));
    if (const Result<void> trusted = checkPeer(descriptor); !trusted)
        return tl::unexpected(trusted.error());
    return client;
}

LineClient::LineClient(int descriptor, const HelloParams& hello)
    : descriptor_(descriptor), framer_(limits::lineBytes) {
    Json params = hello.toJson();
    outbox_ = requestLine(helloId, "hello", params);
    outbox_ += '\n';
    wipeJson(params); // it may hold a client key
    open_.insert(helloId);
}

LineClient::~LineClient() {
    wipe(outbox_);
    wipe(inbox_);
    for (auto& [id, result] : answered_) {
        if (result)
            wipeJson(*result);
    }
    ::close(descriptor_);
}

std::int64_t LineClient::post(std::string_view method, const Json& params) {
    const std::int64_t id = ++lastId_;
    outbox_ += requestLine(id, method, params);
    outbox_ += '\n';
    open_.insert(id);
    return id;
}

Result<Json> LineClient::call(std::string_view method, const Json& params, Milliseconds timeout) {
    return answer(post(method, params), timeout);
}

Result<Json> LineClient::answer(std::int64_t id, Milliseconds timeout) {
    const Deadline deadline = Steady::now() + timeout;
    for (;;) {
        if (const auto found = answered_.find(id); found != answered_.end()) {
            Result<Json> result = std::move(found->second);
            answered_.erase(found);
            return result;
        }
        Result<Arrival> arrival = arrive(deadline, {});
        if (!arrival)
            return failure(std::move(arrival.error()));
        if (arrival->kind == Arrival::Kind::Answer)
            answered_.emplace(arrival->id, std::move(arrival->body));
        else if (arrival->kind == Arrival::Kind::Event)
            keepEvent(std::move(*arrival->body));
        else
            return failure(ErrorCode::TimedOut, "the broker did not answer within " + seconds(timeout));
    }
}

Result<std::optional<Json>> LineClient::nextEvent(Milliseconds timeout) {
    const Deadline deadline = Steady::now() + timeout;
    while (events_.empty()) {
        Result<Arrival> arrival = arrive(deadline, {});
        if (!arrival)
            return failure(std::move(arrival.error()));
        if (arrival->kind == Arrival::Kind::Answer)
            answered_.emplace(arrival->id, std::move(arrival->body));
        else if (arrival->kind == Arrival::Kind::Event)
            events_.push_back(std::move(*arrival->body));
        else
            return std::optional<Json>();
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
    if (const auto first = answered_.begin(); first != answered_.end()) {
        Arrival kept{Arrival::Kind::Answer, first->first, std::move(first->second), -1};
        answered_.erase(first);
        return kept;
    }
    return arrive(Steady::now() + timeout, watched);
}

void LineClient::keepEvent(Json event) {
    if (sink_)
        return sink_(event);
    if (events_.size() == mostKeptEvents)
        events_.pop_front();
    events_.push_back(std::move(event));
}

Result<Arrival> LineClient::arrive(Deadline deadline, std::span<const int> watched) {
    for (;;) {
        Result<std::optional<Arrival>> taken = takeLine();
        if (!taken)
            return failure(std::move(taken.error()));
        if (*taken)
            return std::move(**taken);
        if (const Result<void> sent = flush(); !sent)
            return tl::unexpected(sent.error());
        const Result<int> readable = wait(deadline, watched);
        if (!readable)
            return tl::unexpected(readable.error());
        if (*readable < 0)
            return Arrival{Arrival::Kind::TimedOut, 0, Json(), -1};
        if (*readable != descriptor_)
            return Arrival{Arrival::Kind::Watched, 0, Json(), *readable};
        if (const Result<void> received = receive(); !received)
            return tl::unexpected(received.error());
    }
}

Result<int> LineClient::wait(Deadline deadline, std::span<const int> watched) {
    std::array<pollfd, mostWatched + 1> set{};
    const std::size_t count = std::min(watched.size(), mostWatched);
    set[0] = {descriptor_, static_cast<short>(outbox_.empty() ? POLLIN : POLLIN | POLLOUT), 0};
    for (std::size_t i = 0; i < count; ++i)
        set[i + 1] = {watched[i], POLLIN, 0};
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now());
        const int ready = ::poll(set.data(), static_cast<nfds_t>(count + 1),
                                 static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000)));
        if (ready == 0)
            return -1;
        if (ready < 0) {
            if (errno == EINTR)
                continue;
            return unreachable(std::string("cannot wait for the broker: ") + std::strerror(errno), "");
        }
        for (std::size_t i = 1; i <= count; ++i) {
            if (set[i].revents != 0)
                return set[i].fd;
        }
        return descriptor_;
    }
}

Result<void> LineClient::flush() {
    while (!outbox_.empty()) {
        const ssize_t sent = ::send(descriptor_, outbox_.data(), outbox_.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return {};
        if (sent < 0 && (errno == EPIPE || errno == ECONNRESET))
            return {}; // what the broker said before it closed is still to be read
        if (sent < 0)
            return unreachable(std::string("cannot write to the broker: ") + std::strerror(errno), "");
        if (static_cast<std::size_t>(sent) == outbox_.size())
            wipe(outbox_);
        else
            outbox_.erase(0, static_cast<std::size_t>(sent));
    }
    return {};
}

Result<void> LineClient::receive() {
    inbox_.resize(readBytes);
    const ssize_t got = ::recv(descriptor_, inbox_.data(), inbox_.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
        return {};
    if (got < 0 && errno != ECONNRESET)
        return unreachable(std::string("cannot read from the broker: ") + std::strerror(errno), "");
    if (got <= 0)
        return unreachable("the broker closed the connection", "Try again; if it stays so: keybearer doctor");
    if (!framer_.append(std::string_view(inbox_.data(), static_cast<std::size_t>(got))))
        return nonsense("a line is longer than " + std::to_string(limits::lineBytes) + " bytes");
    return {};
}

Result<std::optional<Arrival>> LineClient::takeLine() {
    std::string_view line;
    while (framer_.next(line)) {
        Result<Json> document = parseJson(line);
        if (!document)
            return nonsense(document.error().message);
        if (!document->is_object())
            return nonsense("a message is no object");
        if (const std::optional<std::string> method = stringAt(*document, "method")) {
            const auto params = document->find("params");
            if (*method == "event" && params != document->end() && params->is_object())
                return Arrival{Arrival::Kind::Event, 0, std::move(*params), -1};
            continue; // a notification of a newer broker
        }
        Result<std::optional<Arrival>> taken = takeAnswer(*document);
        if (!taken || *taken)
            return taken;
    }
    return std::optional<Arrival>();
}

Result<std::optional<Arrival>> LineClient::takeAnswer(Json& document) {
    const auto error = document.find("error");
    const auto result = document.find("result");
    const bool refused = error != document.end() && error->is_object();
    const std::optional<std::int64_t> id = integerAt(document, "id");
    if (!id && refused)
        return failure(fromRpcError(*error)); // it could not even read our request
    if (!id || open_.erase(*id) == 0)
        return nonsense("an answer to a question that was not asked");
    if (!refused && result == document.end())
        return nonsense("an answer without result and error");
    if (*id == helloId) {
        if (refused)
            return failure(fromRpcError(*error));
        serverVersion_ = displaySafe(stringAt(*result, "version").value_or(""), 32);
        return std::optional<Arrival>();
    }
    Arrival arrival{Arrival::Kind::Answer, *id, Json(), -1};
    if (refused)
        arrival.body = failure(fromRpcError(*error));
    else
        arrival.body = std::move(*result);
    return std::optional<Arrival>(std::move(arrival));
}

} // namespace keybearer
