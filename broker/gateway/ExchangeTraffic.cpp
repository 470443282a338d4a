// The open conversation: what goes to the server, what comes back, and what is bounded.
#include "broker/gateway/McpExchange.h"
#include "broker/gateway/Revisions.h"
#include "broker/protocol/RpcMessage.h"

namespace keybearer {

namespace {

constexpr std::size_t mostHeld = 8U << 20;   // bytes of the client that wait for the conversation to open
constexpr std::size_t mostUnsent = 4U << 20; // bytes that wait for the network
constexpr std::size_t mostOpen = 1024;       // requests without an answer
constexpr std::size_t mostElicited = 64;     // sign-ins that one client was told of
constexpr std::size_t longestRepeated = 1U << 20; // what is kept of a request in case its session dies
constexpr std::size_t mostBatch = 1000;           // messages of a server in one
// As deep as a message alone may be, and what it unpacks to is bounded: each value takes far more room than
// it took in the text.
constexpr JsonLimits batchLimits{129, 100'000, 1'000'000};
constexpr int invalidParams = -32602;

std::string cursorOf(std::string_view text) {
    const std::optional<JsonMembers> message = JsonMembers::of(text);
    return message ? message->object("params").text("cursor").value_or("") : std::string();
}

} // namespace

void McpExchange::carry(Held message) {
    const bool call = message.view.kind == MessageView::Kind::Request && message.view.method == "tools/call";
    if (call && terms_.pins == PinMode::Hold && parts_.tools != nullptr)
        return screenCall(std::move(message));
    carryOn(std::move(message));
}

void McpExchange::carryOn(Held message) {
    if (StateSeal::isOurs(message.view.requestState))
        return carryAnswered(std::move(message));
    if (message.view.method == "notifications/initialized")
        initialized_ = true;
    conversation_->fromClient(message.view, std::move(message.text));
    reviewInput();
}

// A request comes again, because we asked for a sign-in instead of answering it.
void McpExchange::carryAnswered(Held message) {
    if (!parts_.seal.opens(message.view.requestState, terms_.exchange, retryKeyOf(message.view, message.text),
                           parts_.timers.now()))
        return toClient(errorText(message.view.id, invalidParams, "requestState is not valid any more"));
    std::optional<JsonMembers> outer = JsonMembers::of(message.text);
    JsonMembers params = outer ? outer->object("params") : JsonMembers();
    const std::string action =
        params.object("inputResponses").object("sign_in").text("action").value_or("accept");
    if (action != "accept") {
        AskedRequest asked = openRequestOf(message.view, message.text, opening_).asked;
        asked.elicitsUrl = false;
        return toClient(failedAnswer(
            asked, Error(ErrorCode::AuthorizationRequired, "the sign-in was declined"), std::string()));
    }
    params.erase("inputResponses");
    params.erase("requestState");
    outer->set("params", params.dump());
    message.text = outer->dump();
    message.view.requestState.clear();
    conversation_->fromClient(message.view, std::move(message.text));
    reviewInput();
}

void McpExchange::toClient(std::string line) {
    if (!port_.deliver(std::move(line)))
        blocked_ = true;
}

void McpExchange::onClientDrained() {
    blocked_ = false;
    if (retired_)
        retired_->resume();
    if (connection_)
        connection_->resume();
}

void McpExchange::toServer(ClientMessage message) {
    if (connection_)
        connection_->send(std::move(message));
}

void McpExchange::ask(OpenRequest request) {
    if (open_.contains(request.sent.id))
        return toClient(
            errorLine(request.asked.id, Error(ErrorCode::InvalidRequest, "a request with this id is open")));
    dispatch(std::move(request));
}

void McpExchange::dispatch(OpenRequest request) {
    ClientMessage message = request.sent;
    request.generation = generation_;
    if (message.method == "tools/list")
        request.cursor = cursorOf(message.text);
    if (connection_->era() == Era::Modern || message.text.size() > longestRepeated)
        request.sent.text.clear();
    open_.insert_or_assign(message.id, std::move(request));
    connection_->send(std::move(message));
}

bool McpExchange::forget(const std::string& serverId) {
    const auto found = open_.find(serverId);
    if (found == open_.end())
        return false;
    ServerConnection* connection =
        found->second.generation == generation_ ? connection_.get() : retired_.get();
    open_.erase(found);
    authorizer_.requestEnded(serverId);
    if (connection != nullptr)
        connection->cancel(serverId);
    return true;
}

const OpenRequest* McpExchange::open(const std::string& serverId) const {
    const auto found = open_.find(serverId);
    return found == open_.end() ? nullptr : &found->second;
}

bool McpExchange::onServerMessage(std::string_view text, const std::string& requestId) {
    const std::size_t start = text.find_first_not_of(" \t");
    if (phase_ == Phase::Over)
        return true;
    if (start == std::string_view::npos || text[start] != '[') {
        takeServerMessage(text, requestId);
        return !blocked_;
    }
    // Batches, which servers of 2025-03-26 send: each message by itself.
    const Result<Json> batch = parseJson(text, batchLimits);
    if (!batch || !batch->is_array() || batch->size() > mostBatch) {
        takeServerMessage(text, requestId); // says that it is no message
        return !blocked_;
    }
    for (const Json& item : *batch) {
        if (phase_ != Phase::Over)
            takeServerMessage(dumpJson(item), requestId);
    }
    return !blocked_;
}

void McpExchange::takeServerMessage(std::string_view text, const std::string& requestId) {
    Result<MessageView> view = fromServer_.read(text);
    if (!view) {
        ServerFailure failure;
        failure.error =
            Error(ErrorCode::ProviderError, "the server answered with something that is no message",
                  "Check that the address is that of an MCP server.");
        if (!requestId.empty())
            onRequestFailed(requestId, std::move(failure));
        return;
    }
    const bool answer = view->kind == MessageView::Kind::Result || view->kind == MessageView::Kind::Failure;
    if (answer && view->id == "null")
        view->id = requestId;
    if (answer && handshake_ && handshake_->owns(view->id))
        handshake_->answered(*view, text);
    else if (answer)
        giveAnswer(*view, text);
    else if (conversation_)
        conversation_->said(*view, text, requestId);
}

void McpExchange::giveAnswer(const MessageView& view, std::string_view text) {
    const auto found = open_.find(view.id);
    if (found == open_.end() || !conversation_)
        return; // cancelled, or never asked
    OpenRequest request = std::move(found->second);
    open_.erase(found);
    authorizer_.requestEnded(view.id);
    const bool list = request.asked.method == "tools/list" && view.kind == MessageView::Kind::Result;
    if (list && !request.asked.id.empty() && terms_.pins != PinMode::Off && parts_.tools != nullptr)
        return screenList(std::move(request), view, text);
    deliver(std::move(request), view, text);
}

void McpExchange::deliver(OpenRequest request, const MessageView& view, std::string_view text) {
    conversation_->answered(std::move(request), view, text);
    reviewInput();
    retireIfDone();
}

void McpExchange::onRequestFailed(const std::string& requestId, ServerFailure failure) {
    if (phase_ == Phase::Over)
        return;
    if (handshake_ && handshake_->owns(requestId))
        return handshake_->failed(std::move(failure));
    if (revive(requestId, failure))
        return;
    const auto found = open_.find(requestId);
    if (found == open_.end())
        return;
    const OpenRequest request = std::move(found->second);
    open_.erase(found);
    authorizer_.requestEnded(requestId);
    if (!conversation_ || !conversation_->failed(request, failure.error))
        tellFailure(request, failure);
    reviewInput();
    retireIfDone();
}

void McpExchange::onDeliveryFailed(const ClientMessage&, ServerFailure failure) {
    static_cast<void>(revive({}, failure));
}

// A legacy server has forgotten the session (404): one is opened anew, and what it refused is sent once more.
bool McpExchange::revive(const std::string& requestId, const ServerFailure& failure) {
    if (failure.status != 404 || !connection_ || connection_->era() != Era::Legacy ||
        errorObjectOf(failure.body).value_or("").find("-32601") != std::string::npos)
        return false;
    const auto found = open_.find(requestId);
    if (!requestId.empty()) {
        if (found == open_.end() || found->second.repeated || found->second.sent.text.empty())
            return false;
        OpenRequest request = std::move(found->second);
        open_.erase(found);
        request.repeated = true;
        if (request.generation != generation_) {
            dispatch(std::move(request)); // the new session is there already
            return true;
        }
        repeat_.push_back(std::move(request));
    }
    if (phase_ == Phase::Open && !retired_)
        shake(true);
    return true;
}

void McpExchange::retireIfDone() {
    if (!retired_)
        return;
    for (const auto& [id, request] : open_) {
        if (request.generation != generation_)
            return;
    }
    retired_.reset();
    // The newer session died meanwhile, and what it refused waits for this.
    if (phase_ == Phase::Open && !repeat_.empty())
        shake(true);
}

void McpExchange::tellFailure(const OpenRequest& request, const ServerFailure& failure) {
    // A refusal in the server's own words is the server's answer, unless it was about the token.
    if (failure.status >= 400 && failure.status != 401 && failure.status != 403) {
        if (const std::optional<std::string> object = errorObjectOf(failure.body)) {
            std::string line = R"({"jsonrpc":"2.0","id":)";
            return toClient(line.append(request.asked.id).append(R"(,"error":)").append(*object).append("}"));
        }
    }
    std::string state;
    if (!request.retryKey.empty())
        state = parts_.seal.seal(terms_.exchange, request.retryKey, parts_.timers.now());
    AskedRequest asked = request.asked;
    if (opening_.era == Era::Modern && state.empty())
        asked.elicitsUrl = false;
    const ErrorDetail* signin = failure.error.detail("signin_id");
    if (opening_.era == Era::Legacy && asked.elicitsUrl && signin != nullptr &&
        std::holds_alternative<std::string>(*signin) && elicited_.size() < mostElicited)
        elicited_.insert(std::get<std::string>(*signin));
    toClient(failedAnswer(asked, failure.error, state));
}

void McpExchange::reviewInput() {
    if (phase_ == Phase::Over)
        return;
    const bool unsent = connection_ && connection_->unsentBytes() > mostUnsent;
    const bool hold = unsent || heldBytes_ > mostHeld ||
                      open_.size() + held_.size() + screened_.size() + screening_ > mostOpen;
    if (hold != inputHeld_) {
        inputHeld_ = hold;
        port_.holdInput(hold);
    }
}

} // namespace keybearer
