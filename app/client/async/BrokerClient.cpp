#include "app/client/async/BrokerClient.h"

#include "broker/protocol/Endpoint.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

#include <QLocalSocket>
#include <QLoggingCategory>
#include <array>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace keybearer {

namespace {

Q_LOGGING_CATEGORY(lcClient, "keybearer.client", QtWarningMsg)

constexpr std::size_t mostCalls = 256;      // a window asks for a handful at a time; more is a fault of ours
constexpr qint64 readChunkBytes = 64 << 10; // of a line of at most limits::lineBytes

// Whether the process at the far end runs as us: a socket in a directory of ours could only be another user's
// by a mistake of configuration, and then nothing must be sent to it.
bool isOurs([[maybe_unused]] const QLocalSocket& socket) {
#if defined(Q_OS_LINUX)
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) ==
               0 &&
           peer.uid == ::geteuid();
#elif defined(Q_OS_UNIX)
    uid_t uid = 0;
    gid_t gid = 0;
    return ::getpeereid(static_cast<int>(socket.socketDescriptor()), &uid, &gid) == 0 && uid == ::geteuid();
#else
    return true; // the pipe's name holds the user's SID, and its access list lets no other user create it
#endif
}

Error unreachable(std::string message) {
    return Error(ErrorCode::BrokerUnreachable, std::move(message));
}

} // namespace

BrokerClient::BrokerClient(Options options, QObject* parent)
    : QObject(parent), options_(std::move(options)), backoff_(options_.firstDelay, options_.lastDelay) {
    retry_.setSingleShot(true);
    connect(&retry_, &QTimer::timeout, this, &BrokerClient::attempt);
}

BrokerClient::~BrokerClient() {
    dropSocket();
}

void BrokerClient::start() {
    if (!socket_)
        retry_.start(0); // also cuts a wait short
}

void BrokerClient::stop() {
    retry_.stop();
    dropSocket();
    welcomed_ = false;
    orphan(unreachable("the connection was closed"));
}

// Whoever waits for an answer is told that none comes.
void BrokerClient::orphan(const Error& why) {
    const auto orphans = std::exchange(calls_, {});
    for (const auto& [id, pending] : orphans) {
        if (pending.context)
            pending.answer(failure(why));
    }
    Q_EMIT disconnected(why);
}

void BrokerClient::attempt() {
    dropSocket();
    framer_ = std::make_unique<MessageFramer>(limits::lineBytes);
    socket_ = std::make_unique<QLocalSocket>();
    socket_->setReadBufferSize(static_cast<qint64>(limits::lineBytes));
    connect(socket_.get(), &QLocalSocket::connected, this, &BrokerClient::onSocketConnected);
    connect(socket_.get(), &QLocalSocket::readyRead, this, &BrokerClient::onReadyRead);
    // Queued: connectToServer() reports a missing socket from inside the call.
    connect(
        socket_.get(), &QLocalSocket::errorOccurred, this,
        [this, mine = socket_.get()] {
            if (mine == socket_.get())
                lose(unreachable("the broker does not answer"));
        },
        Qt::QueuedConnection);
    connect(
        socket_.get(), &QLocalSocket::disconnected, this,
        [this, mine = socket_.get()] {
            if (mine == socket_.get())
                lose(unreachable("the broker closed the connection"));
        },
        Qt::QueuedConnection);
    socket_->connectToServer(options_.socket);
}

void BrokerClient::onSocketConnected() {
    if (!isOurs(*socket_))
        return lose(unreachable("the broker's socket belongs to another user"));
    HelloParams hello;
    hello.protocol = limits::protocolVersion;
    hello.clientName = options_.name.toStdString();
    hello.clientVersion = KEYBEARER_VERSION;
    send(
        "hello", hello.toJson(), this, [this](Result<Json> answer) { onHello(std::move(answer)); },
        options_.helloDeadline);
}

void BrokerClient::onHello(Result<Json> hello) {
    if (!hello)
        return hello.error().code == ErrorCode::BrokerUnreachable ? void() : lose(hello.error());
    if (integerAt(*hello, "protocol") != limits::protocolVersion)
        return lose(unreachable("the broker speaks another version of the protocol"));
    welcomed_ = true;
    backoff_.reset();
    Q_EMIT connected(*hello);
}

void BrokerClient::call(const char* method, const Json& params, QObject* context, Answer answer,
                        std::chrono::milliseconds deadline) {
    if (welcomed_ && calls_.size() < mostCalls)
        return send(method, params, context, std::move(answer), deadline);
    QMetaObject::invokeMethod(
        context,
        [answer = std::move(answer)] {
            answer(failure(unreachable("there is no connection to the broker")));
        },
        Qt::QueuedConnection);
}

void BrokerClient::send(const char* method, const Json& params, QObject* context, Answer answer,
                        std::chrono::milliseconds deadline) {
    const std::int64_t id = nextId_++;
    PendingCall pending{context, std::move(answer), std::make_unique<QTimer>()};
    pending.deadline->setSingleShot(true);
    connect(pending.deadline.get(), &QTimer::timeout, this, [this, id] { onLate(id); });
    pending.deadline->start(deadline);
    calls_.emplace(id, std::move(pending));
    const std::string line = requestLine(id, method, params) + '\n';
    socket_->write(line.data(), static_cast<qint64>(line.size()));
}

void BrokerClient::onLate(std::int64_t id) {
    settle(id, failure(ErrorCode::TimedOut, "the broker did not answer in time"));
}

void BrokerClient::onReadyRead() {
    const QLocalSocket* const mine = socket_.get();
    std::array<char, readChunkBytes> chunk; // filled by read() before it is looked at
    while (mine == socket_.get()) {
        const qint64 size = socket_->read(chunk.data(), static_cast<qint64>(chunk.size()));
        if (size <= 0)
            return;
        if (!framer_->append({chunk.data(), static_cast<std::size_t>(size)}))
            return lose(unreachable("the broker sent a message that is too long"));
        std::string_view line;
        while (mine == socket_.get() && framer_->next(line)) {
            const Result<Json> message = parseJson(line);
            if (!message || !message->is_object())
                return lose(unreachable("the broker sent a message that is no JSON object"));
            handle(*message);
        }
    }
}

void BrokerClient::handle(const Json& message) {
    if (const auto id = integerAt(message, "id")) {
        const auto error = message.find("error");
        const auto result = message.find("result");
        if (error != message.end())
            settle(*id, failure(fromRpcError(*error)));
        else if (result != message.end())
            settle(*id, *result);
        return;
    }
    if (stringAt(message, "method") != "event" || !message.contains("params"))
        return;
    const Json& params = message["params"];
    if (const auto topic = stringAt(params, "topic"))
        Q_EMIT event(QString::fromStdString(*topic), params);
}

void BrokerClient::settle(std::int64_t id, Result<Json> result) {
    const auto found = calls_.find(id);
    if (found == calls_.end())
        return; // answered after its deadline
    // The timer may be the one that is calling us.
    found->second.deadline.release()->deleteLater();
    const PendingCall pending = std::move(found->second);
    calls_.erase(found);
    if (pending.context)
        pending.answer(std::move(result));
}

void BrokerClient::lose(const Error& why) {
    qCDebug(lcClient) << "connection lost:" << QString::fromStdString(why.message);
    dropSocket();
    const bool wasRefused = !welcomed_;
    welcomed_ = false;
    if (wasRefused && options_.launch &&
        (!sinceLaunch_.isValid() || sinceLaunch_.hasExpired(options_.relaunchAfter.count()))) {
        sinceLaunch_.start();
        options_.launch();
    }
    retry_.start(backoff_.next());
    orphan(why);
}

void BrokerClient::dropSocket() {
    if (!socket_)
        return;
    socket_->disconnect(this);
    socket_->abort();
    // It may be the sender of the signal that is being handled.
    socket_.release()->deleteLater();
}

} // namespace keybearer
