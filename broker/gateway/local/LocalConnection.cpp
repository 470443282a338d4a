#include "broker/gateway/local/LocalConnection.h"

namespace keybearer {

namespace {

// What waits for a client that does not read: one answer of the greatest length, and then some.
constexpr std::size_t mostSaid = 80U << 20;
constexpr std::size_t mostNotifications = 4U << 20; // notifications are left out from here on

bool needsPermission(const ClientMessage& message) {
    return message.kind == ClientMessage::Kind::Request && message.method != "ping";
}

AuthorizationTarget targetOf(const ClientMessage& message) {
    AuthorizationTarget target;
    target.operation = message.method;
    if (!message.name.empty())
        target.operation.append(" ").append(message.name);
    if (message.method == "tools/call")
        target.tool = message.name;
    target.requestId = message.id;
    return target;
}

} // namespace

LocalConnection::LocalConnection(const Parts& parts, Era era, const ExchangeTerms& terms)
    : parts_(parts), era_(era), terms_(terms), id_(parts_.server.join(*this, era)) {}

LocalConnection::~LocalConnection() {
    *alive_ = false;
    parts_.server.leave(id_);
}

void LocalConnection::send(ClientMessage message) {
    queuedBytes_ += message.text.size();
    queue_.push_back(std::move(message));
    pump();
}

void LocalConnection::pump() {
    if (pumping_)
        return;
    pumping_ = true;
    while (!queue_.empty() && !authorizing_) {
        if (!needsPermission(queue_.front())) {
            authorized({});
            continue;
        }
        authorizing_ = true;
        parts_.authorizer.authorize(targetOf(queue_.front()),
                                    [this, alive = alive_](const Result<Authorizer::Fields>& fields) {
                                        if (!*alive)
                                            return;
                                        authorizing_ = false;
                                        authorized(fields ? Result<void>() : tl::unexpected(fields.error()));
                                        pump();
                                    });
    }
    pumping_ = false;
}

void LocalConnection::authorized(const Result<void>& allowed) {
    ClientMessage message = std::move(queue_.front());
    queue_.pop_front();
    queuedBytes_ -= message.text.size();
    if (std::exchange(dropFirst_, false))
        return;
    if (allowed)
        parts_.server.send(id_, std::move(message));
    else
        onRequestLost(message.id, {allowed.error(), 0, {}});
}

void LocalConnection::cancel(const std::string& requestId) {
    for (auto message = queue_.begin(); message != queue_.end(); ++message) {
        if (message->kind != ClientMessage::Kind::Request || message->id != requestId)
            continue;
        if (authorizing_ && message == queue_.begin()) {
            dropFirst_ = true;
            return;
        }
        queuedBytes_ -= message->text.size();
        queue_.erase(message);
        return;
    }
    parts_.server.cancel(id_, requestId);
}

void LocalConnection::onProgramAnswer(std::string text, const std::string& requestId) {
    if (saidBytes_ + text.size() > mostSaid)
        return onRequestLost(
            requestId,
            {Error(ErrorCode::ProviderError, "the client does not read the answers to what it asks"), 0, {}});
    say({std::move(text), requestId, {}});
}

void LocalConnection::onProgramMessage(std::string text, const std::string& requestId) {
    if (saidBytes_ <= mostNotifications)
        say({std::move(text), requestId, {}});
}

void LocalConnection::onRequestLost(const std::string& requestId, ServerFailure failure) {
    say({{}, requestId, std::move(failure)});
}

void LocalConnection::say(Said said) {
    saidBytes_ += said.text.size();
    said_.push_back(std::move(said));
    if (!paused_ && !draining_)
        draining_ = parts_.timers.soon([this] { drain(); });
}

void LocalConnection::drain() {
    const std::shared_ptr<bool> alive = alive_;
    while (!said_.empty() && !paused_) {
        const Said said = std::move(said_.front());
        said_.pop_front();
        saidBytes_ -= said.text.size();
        bool more = true;
        if (said.text.empty())
            parts_.listener.onRequestFailed(said.requestId, said.failure);
        else
            more = parts_.listener.onServerMessage(said.text, said.requestId);
        if (!*alive)
            return;
        paused_ = paused_ || !more;
    }
    draining_.reset();
}

void LocalConnection::resume() {
    paused_ = false;
    if (!said_.empty() && !draining_)
        draining_ = parts_.timers.soon([this] { drain(); });
}

std::size_t LocalConnection::unsentBytes() const {
    return queuedBytes_ + parts_.server.unsentBytes();
}

void LocalConnection::close(Completion<void> done) {
    parts_.server.leave(id_);
    closing_ = parts_.timers.soon([done = std::move(done)] { done({}); });
}

} // namespace keybearer
