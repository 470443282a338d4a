// What clients send to the program they share.
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/local/LocalServer.h"
#include "broker/gateway/local/LogLevels.h"
#include "broker/gateway/local/ProgramText.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostResources = 1024; // that one client may watch
constexpr int unsupportedVersion = -32022;
constexpr int methodNotFound = -32601;
constexpr int internalError = -32603;
constexpr int invalidParams = -32602;
constexpr int badRequest = 400;

std::string unsupportedText(const std::string& id) {
    std::string out = R"({"jsonrpc":"2.0","id":)";
    return out.append(id)
        .append(R"(,"error":{"code":)")
        .append(std::to_string(unsupportedVersion))
        .append(R"(,"message":"this program speaks another revision","data":{"supported":[")")
        .append(revision::modern)
        .append(R"("]}}})");
}

// The older of both: what a program says in a later revision, an earlier one ignores.
std::string versionFor(const std::string& wanted, const std::string& spoken) {
    return wanted.size() == spoken.size() && !wanted.empty() && wanted < spoken ? wanted : spoken;
}

} // namespace

void LocalServer::send(ClientId id, ClientMessage message) {
    Client* client = find(id);
    if (client == nullptr || answeredHere(*client, message))
        return;
    if (state_ == State::Ready && era_)
        return carry(id, *client, std::move(message));
    if (state_ == State::Closed && message.kind != ClientMessage::Kind::Request)
        return; // says nothing to a program that does not run
    const Era era = client->era;
    waitingBytes_ += message.text.size();
    waiting_.push_back({id, std::move(message)});
    if (state_ == State::Closed)
        open(id);
    else if (state_ == State::Ready)
        greet(era);
}

// What needs no program.
bool LocalServer::answeredHere(const Client& client, const ClientMessage& message) {
    if (message.kind == ClientMessage::Kind::Request && message.method == "ping") {
        client.to->onProgramAnswer(resultText(message.id, "{}"), message.id);
        return true;
    }
    return message.kind == ClientMessage::Kind::Notification &&
           (message.method == "notifications/initialized" ||
            message.method == "notifications/roots/list_changed");
}

void LocalServer::carry(ClientId id, Client& client, ClientMessage message) {
    if (client.era != *era_)
        return refuseEra(client, message);
    switch (message.kind) {
    case ClientMessage::Kind::Request:
        if (message.method == "initialize")
            return join(client, message);
        return forward(id, client, std::move(message));
    case ClientMessage::Kind::Notification:
        return notification(id, std::move(message));
    case ClientMessage::Kind::Response:
        return answerOfClient(id, std::move(message));
    }
}

// In the words that the detection of eras understands (Handshake).
void LocalServer::refuseEra(Client& client, const ClientMessage& message) {
    if (message.kind != ClientMessage::Kind::Request)
        return;
    ServerFailure failure;
    failure.error = Error(ErrorCode::ProviderError, "the program speaks another revision of the protocol",
                          "Start the client again.");
    failure.status = badRequest;
    failure.body = *era_ == Era::Modern ? unsupportedText(message.id)
                                        : errorText(message.id, methodNotFound, "Method not found");
    client.to->onRequestLost(message.id, std::move(failure));
}

void LocalServer::join(Client& client, const ClientMessage& message) {
    const JsonMembers params = JsonMembers::of(message.text).value_or(JsonMembers()).object("params");
    const JsonMembers capabilities = params.object("capabilities");
    client.samples = capabilities.find("sampling").has_value();
    client.elicits = capabilities.find("elicitation").has_value();
    const JsonMembers elicitation = capabilities.object("elicitation");
    client.elicitsUrl = elicitation.find("url").has_value();
    JsonMembers result = JsonMembers::of(greeting_).value_or(JsonMembers());
    result.setText("protocolVersion", versionFor(params.text("protocolVersion").value_or(""),
                                                 result.text("protocolVersion").value_or("")));
    client.to->onProgramAnswer(resultText(message.id, result.dump()), message.id);
    review();
}

void LocalServer::forward(ClientId id, Client& client, ClientMessage message) {
    if (client.era == Era::Legacy && message.method == "logging/setLevel" && !setLogLevel(client, message))
        return;
    Open request;
    if (client.era == Era::Legacy &&
        (message.method == "resources/subscribe" || message.method == "resources/unsubscribe")) {
        const JsonMembers params = JsonMembers::of(message.text).value_or(JsonMembers()).object("params");
        request.resource = params.text("uri").value_or("");
        if (message.method == "resources/unsubscribe") {
            client.resources.erase(request.resource);
            if (subscribedElsewhere(request.resource))
                return client.to->onProgramAnswer(resultText(message.id, "{}"), message.id);
        } else if (client.resources.size() >= mostResources) {
            return client.to->onProgramAnswer(
                errorText(message.id, invalidParams, "too many resources are watched"), message.id);
        }
    }
    const std::uint64_t number = ++last_;
    request.client = id;
    request.id = message.id;
    request.method = message.method;
    std::string text = withId(message.text, std::to_string(number));
    if (std::optional<std::string> token = metaOf(text, "progressToken")) {
        request.progressToken = std::move(*token);
        text = withMeta(text, "progressToken", std::to_string(number));
    }
    open_.emplace(number, std::move(request));
    idleTimer_.reset();
    wire_->write(std::move(text));
}

bool LocalServer::subscribedElsewhere(const std::string& resource) const {
    return std::any_of(clients_.begin(), clients_.end(),
                       [&](const auto& entry) { return entry.second.resources.contains(resource); });
}

// The program says as much as the most curious of its clients wants. False: it does so already.
bool LocalServer::setLogLevel(Client& client, ClientMessage& message) {
    const JsonMembers params = JsonMembers::of(message.text).value_or(JsonMembers()).object("params");
    const std::optional<int> level = logLevelOf(params.text("level").value_or(""));
    if (!level)
        return true; // the program says what is wrong with it
    client.logLevel = level;
    int wanted = *level;
    for (const auto& [id, each] : clients_)
        wanted = std::min(wanted, each.logLevel.value_or(wanted));
    if (programLevel_ == wanted) {
        client.to->onProgramAnswer(resultText(message.id, "{}"), message.id);
        return false;
    }
    programLevel_ = wanted;
    message.text = withParam(message.text, "level", quotedJson(logLevelName(wanted)));
    return true;
}

void LocalServer::notification(ClientId id, ClientMessage message) {
    if (message.method != "notifications/cancelled")
        return wire_->write(std::move(message.text));
    const std::string asked = paramOf(message.text, "requestId").value_or("");
    const auto found = std::find_if(open_.begin(), open_.end(), [&](const auto& entry) {
        return entry.second.client == id && entry.second.id == asked;
    });
    if (found == open_.end())
        return; // it has been answered, or never was the client's
    wire_->write(withParam(message.text, "requestId", std::to_string(found->first)));
    open_.erase(found);
    review();
}

void LocalServer::cancel(ClientId id, const std::string& requestId) {
    std::erase_if(waiting_, [&](const Waiting& each) {
        const bool it = each.client == id && each.message.kind == ClientMessage::Kind::Request &&
                        each.message.id == requestId;
        if (it)
            waitingBytes_ -= each.message.text.size();
        return it;
    });
    const auto found = std::find_if(open_.begin(), open_.end(), [&](const auto& entry) {
        return entry.second.client == id && entry.second.id == requestId && !entry.second.cancelled;
    });
    const Client* client = find(id);
    if (found == open_.end() || client == nullptr)
        return;
    if (client->era == Era::Legacy) {
        found->second.cancelled = true;
        return;
    }
    JsonMembers params;
    params.set("requestId", std::to_string(found->first));
    wire_->write(notificationText("notifications/cancelled", params.dump()));
    open_.erase(found);
    review();
}

void LocalServer::answerOfClient(ClientId id, ClientMessage message) {
    const auto found = questions_.find(message.id);
    if (found == questions_.end() || found->second != id)
        return; // nobody asked this client
    questions_.erase(found);
    wire_->write(std::move(message.text));
    review();
}

void LocalServer::ownRequest(const std::string& method, const std::string& params) {
    const std::uint64_t number = ++last_;
    Open request;
    request.method = method;
    open_.emplace(number, std::move(request));
    wire_->write(requestText(std::to_string(number), method, params));
}

void LocalServer::leave(ClientId id) {
    const auto node = clients_.extract(id);
    if (node.empty())
        return;
    std::erase_if(waiting_, [&](const Waiting& each) {
        if (each.client == id)
            waitingBytes_ -= each.message.text.size();
        return each.client == id;
    });
    std::erase_if(elicitations_, [&](const auto& entry) { return entry.second == id; });
    if (wire_ == nullptr)
        return;
    for (auto request = open_.begin(); request != open_.end();) {
        if (request->second.client != id) {
            ++request;
            continue;
        }
        JsonMembers params;
        params.set("requestId", std::to_string(request->first));
        params.setText("reason", "the client has gone");
        wire_->write(notificationText("notifications/cancelled", params.dump()));
        request = open_.erase(request);
    }
    for (auto question = questions_.begin(); question != questions_.end();) {
        if (question->second != id) {
            ++question;
            continue;
        }
        wire_->write(errorText(question->first, internalError, "the client has gone"));
        question = questions_.erase(question);
    }
    for (const std::string& resource : node.mapped().resources) {
        if (subscribedElsewhere(resource))
            continue;
        JsonMembers params;
        params.setText("uri", resource);
        ownRequest("resources/unsubscribe", params.dump());
    }
    review();
}

} // namespace keybearer
