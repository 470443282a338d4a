#include "broker/gateway/McpExchange.h"

#include "broker/base/Text.h"
#include "broker/gateway/Opening.h"
#include "broker/gateway/Revisions.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>

namespace keybearer {

namespace {

// A server that says nothing about tokens answers within this; a token that is not there by then is waited
// for by a call, not by the opening, which clients give up on first.
constexpr std::chrono::milliseconds openingPatience{1000};
constexpr std::chrono::milliseconds closePatience{2000};
constexpr std::size_t mostBatch = 1000;
// As deep as a message alone may be, and what it unpacks to is bounded: each value takes far more room than
// it took in the text.
constexpr JsonLimits batchLimits{129, 100'000, 1'000'000};
constexpr std::size_t mostListening = 64;

bool isPersonal(const Error& error) {
    switch (error.code) {
    case ErrorCode::AuthorizationRequired:
    case ErrorCode::AuthorizationPending:
    case ErrorCode::SignInAgain:
    case ErrorCode::InsufficientScope:
    case ErrorCode::ConsentRequired:
    case ErrorCode::ConsentDenied:
    case ErrorCode::ConsentUnavailable:
    case ErrorCode::StoreLocked:
    case ErrorCode::NotConfigured:
    case ErrorCode::TimedOut:
        return true;
    default:
        return false;
    }
}

// Whether a person may be asked for the sake of this message.
bool somebodyWaitsFor(const MessageView& view) {
    return view.kind == MessageView::Kind::Request && view.method != "subscriptions/listen" &&
           view.method != "server/discover";
}

} // namespace

McpExchange::McpExchange(const Parts& parts, ExchangeTerms terms, ClientPort& port)
    : parts_(parts), terms_(std::move(terms)), port_(port), authorizer_(terms_, parts_.core, parts_.timers) {
    if (parts_.tools != nullptr && terms_.pins == PinMode::Hold)
        parts_.tools->watch(terms_.service, *this);
}

McpExchange::~McpExchange() {
    *alive_ = false;
    if (parts_.tools != nullptr)
        parts_.tools->leave(*this);
}

void McpExchange::resume(std::string_view initializeParams) {
    initialized_ = true;
    begin(openingAgain(initializeParams), true);
}

void McpExchange::onClientLine(std::string line) {
    if (phase_ == Phase::Over)
        return;
    std::string id;
    Result<MessageView> view = fromClient_.read(line, &id);
    if (view)
        return take(std::move(*view), std::move(line));
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start != std::string::npos && line[start] == '[' && view.error().code == ErrorCode::InvalidRequest &&
        opening_.era == Era::Legacy && opening_.version == revision::withBatches)
        return takeBatch(line);
    toClient(errorLine(id, view.error()));
}

void McpExchange::onClientLineTooLong(const std::string& id) {
    if (phase_ != Phase::Over)
        toClient(errorLine(id, Error(ErrorCode::InvalidRequest, "the message is longer than 64 MiB",
                                     "Send less in one message.")));
}

// JSON-RPC batches, of 2025-03-26 alone: each message by itself, each answer by itself.
void McpExchange::takeBatch(std::string_view line) {
    const Result<Json> batch = parseJson(line, batchLimits);
    if (!batch || !batch->is_array() || batch->empty() || batch->size() > mostBatch)
        return toClient(errorLine("", Error(ErrorCode::InvalidRequest, "the batch is empty or too long")));
    for (const Json& item : *batch) {
        if (item.is_object())
            onClientLine(dumpJson(item));
        else
            toClient(errorLine("", Error(ErrorCode::InvalidRequest, "a batch holds messages")));
    }
}

void McpExchange::take(MessageView view, std::string text) {
    if (view.method == "notifications/cancelled" && screened_.erase(view.cancelled) > 0)
        return;
    if (phase_ == Phase::Silent) {
        if (view.kind != MessageView::Kind::Request || view.method == "ping") {
            static_cast<void>(answeredHere(view));
            return;
        }
        ClientOpening opening = openingOf(view, text);
        const bool whole = !opening.id.empty();
        begin(std::move(opening), !whole);
        if (whole)
            return;
    }
    if (phase_ == Phase::Open)
        return carry({std::move(view), std::move(text)});
    if (!answeredHere(view))
        hold(std::move(view), std::move(text));
}

bool McpExchange::answeredHere(const MessageView& view) {
    if (view.kind == MessageView::Kind::Request) {
        const bool again = phase_ == Phase::Waiting && view.method == "server/discover";
        if (view.method == "ping") {
            toClient(resultText(view.id, "{}"));
        } else if (again) {
            ClientOpening opening = opening_;
            opening.id = view.id;
            toClient(plainAnswer(opening, *parts_.memory.of(terms_), terms_.service));
        }
        return again || view.method == "ping";
    }
    if (view.method == "notifications/initialized")
        initialized_ = true;
    if (view.method == "notifications/cancelled") {
        const auto found = std::find_if(held_.begin(), held_.end(), [&](const Held& message) {
            return message.view.kind == MessageView::Kind::Request && message.view.id == view.cancelled;
        });
        if (found != held_.end()) {
            heldBytes_ -= found->text.size();
            held_.erase(found);
        }
    }
    // Answers and other notifications mean nothing to a conversation that is not open yet.
    return true;
}

void McpExchange::hold(MessageView view, std::string text) {
    const bool wake = phase_ == Phase::Waiting && somebodyWaitsFor(view);
    if (phase_ == Phase::Waiting && view.method == "subscriptions/listen")
        acknowledge(view, text);
    heldBytes_ += text.size();
    held_.push_back({std::move(view), std::move(text)});
    reviewInput();
    if (wake)
        shake(true);
}

// A subscription waits without asking anybody to sign in; its client is not to wait with it.
void McpExchange::acknowledge(const MessageView& view, std::string_view text) {
    const std::optional<JsonMembers> message = JsonMembers::of(text);
    const JsonMembers wanted = message ? message->object("params").object("notifications") : JsonMembers();
    if (listening_.size() == mostListening)
        return;
    listening_[view.id] = wanted;
    JsonMembers meta;
    meta.set(meta::subscriptionId, view.id);
    JsonMembers params;
    params.set("notifications", wanted.dump());
    params.set("_meta", meta.dump());
    toClient(notificationText("notifications/subscriptions/acknowledged", params.dump()));
}

void McpExchange::begin(ClientOpening opening, bool answered) {
    opening_ = std::move(opening);
    openingAnswered_ = answered;
    const JsonMembers info = JsonMembers::of(opening_.info).value_or(JsonMembers());
    if (!info.empty())
        authorizer_.setClient(info.text("name").value_or(""), info.text("version").value_or(""));
    shake(opening_.id.empty());
    if (!openingAnswered_)
        earlyTimer_ = parts_.timers.after(openingPatience, [this] { answerEarly(); });
}

void McpExchange::shake(bool somebodyWaits) {
    phase_ = Phase::Opening;
    loud_ = somebodyWaits;
    authorizer_.setSomebodyWaits(somebodyWaits);
    authorizer_.requestEnded(opening_.id);
    handshake_ = std::make_unique<Handshake>(
        opening_, parts_.memory.of(terms_),
        [this](ServerTransport transport) {
            return parts_.connector.connect(transport, terms_, authorizer_, *this);
        },
        [this](Handshake::Outcome outcome, const std::optional<ServerFailure>& failure) {
            shaken(std::move(outcome), failure);
        });
    handshake_->start();
}

void McpExchange::shaken(Handshake::Outcome outcome, const std::optional<ServerFailure>& failure) {
    const std::unique_ptr<Handshake> finished = std::move(handshake_);
    if (failure)
        standBy(*failure);
    else
        openUp(std::move(outcome));
}

void McpExchange::openUp(Handshake::Outcome outcome) {
    earlyTimer_.reset();
    const bool again = connection_ != nullptr;
    if (again)
        retired_ = std::move(connection_);
    connection_ = std::move(outcome.connection);
    ++generation_;
    const Era server = connection_->era();
    if (again && retired_->era() == server)
        ; // it knows what it is in the middle of
    else if (server == opening_.era)
        conversation_ = makePassThrough(*this, server);
    else
        conversation_ =
            server == Era::Modern ? makeLegacyClientConversation(*this) : makeModernClientConversation(*this);
    phase_ = Phase::Open;
    if (!openingAnswered_)
        toClient(conversation_->openingAnswer(outcome));
    openingAnswered_ = true;
    conversation_->opened(outcome, initialized_);
    if (early_)
        announceChanges(outcome.result);
    early_ = false;
    std::deque<OpenRequest> repeat;
    repeat.swap(repeat_);
    for (OpenRequest& request : repeat)
        dispatch(std::move(request));
    flush();
    retireIfDone();
}

// What the client was told of the server was a guess: it is to look again.
void McpExchange::announceChanges(const JsonMembers& result) {
    const JsonMembers capabilities = result.object("capabilities");
    for (const char* list : {"tools", "resources", "prompts"}) {
        if (!capabilities.find(list))
            continue;
        const std::string method = std::string("notifications/").append(list).append("/list_changed");
        if (opening_.era == Era::Legacy)
            toClient(notificationText(method));
        for (const auto& [id, wanted] : listening_) {
            if (wanted.find(std::string(list).append("ListChanged")) != "true")
                continue;
            JsonMembers meta;
            meta.set(meta::subscriptionId, id);
            JsonMembers params;
            params.set("_meta", meta.dump());
            toClient(notificationText(method, params.dump()));
        }
    }
    listening_.clear();
}

void McpExchange::flush() {
    while (!held_.empty() && phase_ == Phase::Open) {
        Held message = std::move(held_.front());
        held_.pop_front();
        heldBytes_ -= message.text.size();
        carry(std::move(message));
    }
    reviewInput();
}

// The handshake failed. If a person is all that lacks, the client has its answer anyway.
void McpExchange::standBy(const ServerFailure& failure) {
    phase_ = Phase::Waiting;
    earlyTimer_.reset();
    const bool personal = isPersonal(failure.error);
    if (!openingAnswered_ && personal) {
        answerEarly();
    } else if (!openingAnswered_) {
        openingAnswered_ = true;
        OpenRequest request;
        request.asked.id = opening_.id;
        request.asked.era = opening_.era;
        request.asked.method = opening_.era == Era::Legacy ? "initialize" : "server/discover";
        tellFailure(request, failure);
        phase_ = Phase::Silent; // it may start all over
        return failHeld(failure);
    }
    const bool wanted = std::any_of(held_.begin(), held_.end(),
                                    [](const Held& message) { return somebodyWaitsFor(message.view); });
    if (!loud_ && personal && wanted)
        return shake(true);
    if (loud_ || wanted)
        failHeld(failure);
}

void McpExchange::failHeld(const ServerFailure& failure) {
    std::deque<OpenRequest> lost;
    lost.swap(repeat_);
    std::deque<Held> held;
    held.swap(held_);
    heldBytes_ = 0;
    for (Held& message : held) {
        if (message.view.kind == MessageView::Kind::Request)
            lost.push_back(openRequestOf(message.view, message.text, opening_));
    }
    for (const OpenRequest& request : lost)
        tellFailure(request, failure);
    reviewInput();
}

void McpExchange::answerEarly() {
    earlyTimer_.reset();
    if (openingAnswered_)
        return;
    openingAnswered_ = true;
    early_ = true;
    toClient(plainAnswer(opening_, *parts_.memory.of(terms_), terms_.service));
}

void McpExchange::end(const std::string& message) {
    if (phase_ == Phase::Over)
        return;
    ServerFailure failure;
    failure.error = Error(ErrorCode::ConsentDenied,
                          message.empty() ? "this program may no longer use the server" : message);
    handshake_.reset();
    std::map<std::string, OpenRequest> open;
    open.swap(open_);
    for (const auto& [id, request] : open)
        tellFailure(request, failure);
    for (auto& [id, call] : screened_)
        held_.push_back(std::move(call));
    screened_.clear();
    failHeld(failure);
    phase_ = Phase::Over;
    conversation_.reset();
    connection_.reset();
    retired_.reset();
    port_.finish();
}

void McpExchange::moveTo(const std::string& exchange) {
    terms_.exchange = exchange;
    authorizer_.forget();
}

void McpExchange::signedIn(const std::string& signinId, const std::string& state) {
    if (phase_ == Phase::Over)
        return;
    if (elicited_.erase(signinId) > 0) {
        JsonMembers params;
        params.setText("elicitationId", signinId);
        toClient(notificationText("notifications/elicitation/complete", params.dump()));
    }
    if (state == "signed_in" && phase_ == Phase::Waiting && !opening_.version.empty())
        shake(false);
}

void McpExchange::close(std::function<void()> done) {
    phase_ = Phase::Over;
    handshake_.reset();
    earlyTimer_.reset();
    conversation_.reset();
    retired_.reset();
    open_.clear();
    screened_.clear();
    if (!connection_) {
        earlyTimer_ = parts_.timers.soon(std::move(done));
        return;
    }
    // Whichever comes first.
    const auto once = std::make_shared<std::function<void()>>(std::move(done));
    const auto finish = [once] {
        if (const std::function<void()> call = std::exchange(*once, nullptr))
            call();
    };
    earlyTimer_ = parts_.timers.after(closePatience, finish);
    connection_->close([finish](const Result<void>&) { finish(); });
}

} // namespace keybearer
