// What a program says, and to which of its clients it goes.
#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/gateway/GatewayLog.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/local/LocalServer.h"
#include "broker/gateway/local/LogLevels.h"
#include "broker/gateway/local/ProgramText.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr int methodNotFound = -32601;
constexpr int internalError = -32603;
constexpr int elicitationRequired = -32042;
constexpr std::size_t mostQuestions = 256;    // of one program that wait for their answers
constexpr std::size_t mostElicitations = 256; // of which we know whose they are
constexpr std::size_t mostBatch = 1000;
constexpr int usualLevel = 1; // info: what a client hears of a level that another one chose
// As deep as a message alone may be, and what it unpacks to is bounded.
constexpr JsonLimits batchLimits{129, 100'000, 1'000'000};

bool mayAsk(const std::string& method) {
    return method == "tools/call" || method == "resources/read" || method == "prompts/get" ||
           method == "completion/complete";
}

} // namespace

void LocalServer::onLine(std::string line) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start != std::string::npos && line[start] == '[')
        takeBatch(line);
    else
        take(line);
}

// JSON-RPC batches, of 2025-03-26 alone.
void LocalServer::takeBatch(std::string_view line) {
    const Result<Json> batch = parseJson(line, batchLimits);
    if (!batch || !batch->is_array() || batch->size() > mostBatch)
        return take(line); // says that it is no message
    for (const Json& item : *batch) {
        if (wire_ != nullptr)
            take(dumpJson(item));
    }
}

void LocalServer::take(std::string_view text) {
    const Result<MessageView> view = reader_.read(text);
    if (!view) {
        if (!std::exchange(oddSaid_, true))
            logWarning("the program of " + displaySafe(service_, 64) +
                       " writes to its standard output what is no message; such lines are left out");
        return;
    }
    switch (view->kind) {
    case MessageView::Kind::Result:
    case MessageView::Kind::Failure:
        return answer(*view, text);
    case MessageView::Kind::Request:
        return question(*view, text);
    case MessageView::Kind::Notification:
        return said(*view, text);
    }
}

void LocalServer::onLineTooLong(const std::string& beginning) {
    const JsonMembers seen = JsonMembers::ofBeginning(beginning);
    const std::optional<std::uint64_t> number = numberOf(seen.find("id").value_or(""));
    const auto found = number ? open_.find(*number) : open_.end();
    if (found == open_.end())
        return;
    const Open request = found->second;
    open_.erase(found);
    if (Client* client = find(request.client); client != nullptr && !request.cancelled)
        client->to->onRequestLost(
            request.id, {Error(ErrorCode::ProviderError, "the program's answer is longer than 64 MiB",
                               "Ask for less at once."),
                         0,
                         {}});
    review();
}

void LocalServer::answer(const MessageView& view, std::string_view text) {
    const std::optional<std::uint64_t> number = numberOf(view.id);
    const auto found = number ? open_.find(*number) : open_.end();
    if (found == open_.end())
        return; // cancelled, or never asked
    if (state_ == State::Greeting) {
        if (*number != asked_)
            return;
        open_.erase(found);
        return greeted(view, text);
    }
    const Open request = std::move(found->second);
    open_.erase(found);
    Client* client = find(request.client);
    if (client != nullptr && !request.cancelled) {
        if (request.method == "resources/subscribe" && view.kind == MessageView::Kind::Result &&
            client->era == Era::Legacy)
            client->resources.insert(request.resource);
        if (view.errorCode == elicitationRequired)
            noteElicitations(request.client, text);
        client->to->onProgramAnswer(withId(text, request.id), request.id);
    }
    review();
}

void LocalServer::question(const MessageView& view, std::string_view text) {
    if (view.method == "ping")
        return wire_->write(resultText(view.id, "{}"));
    const bool known = view.method == "sampling/createMessage" || view.method == "elicitation/create";
    if (!known)
        return wire_->write(errorText(view.id, methodNotFound, "this client offers no such thing"));
    ClientId id = 0;
    Client* client = questions_.size() >= mostQuestions || questions_.contains(view.id)
                         ? nullptr
                         : whoIsAsked(view, text, id);
    if (client == nullptr)
        return wire_->write(errorText(view.id, internalError,
                                      "no client can be asked, or it cannot be told for whose call this is"));
    questions_[view.id] = id;
    if (const std::optional<std::string> elicitation = paramOf(text, "elicitationId");
        elicitation && elicitations_.size() < mostElicitations)
        elicitations_[*elicitation] = id;
    client->to->onProgramMessage(std::string(text), latestRequestOf(id));
}

// Whose call is open; nobody where calls of several are.
LocalServer::Client* LocalServer::whoIsAsked(const MessageView& view, std::string_view text, ClientId& id) {
    std::set<ClientId> calling;
    for (const auto& [number, request] : open_) {
        if (mayAsk(request.method) && request.client != 0)
            calling.insert(request.client);
    }
    if (calling.empty() && clients_.size() == 1)
        calling.insert(clients_.begin()->first);
    if (calling.size() != 1)
        return nullptr;
    id = *calling.begin();
    Client* client = find(id);
    if (client == nullptr || client->era != Era::Legacy)
        return nullptr;
    if (view.method == "sampling/createMessage")
        return client->samples ? client : nullptr;
    const bool url = paramOf(text, "mode") == "\"url\"";
    return (url ? client->elicitsUrl : client->elicits) ? client : nullptr;
}

std::string LocalServer::latestRequestOf(ClientId id) const {
    for (auto request = open_.rbegin(); request != open_.rend(); ++request) {
        if (request->second.client == id && mayAsk(request->second.method))
            return request->second.id;
    }
    return {};
}

void LocalServer::said(const MessageView& view, std::string_view text) {
    if (state_ != State::Ready)
        return;
    if (const std::optional<std::string> subscription = metaOf(text, meta::subscriptionId)) {
        const std::optional<std::uint64_t> number = numberOf(*subscription);
        return number ? saidOfRequest(*number, std::string(text), meta::subscriptionId) : void();
    }
    if (view.method == "notifications/progress") {
        const std::optional<std::uint64_t> number = numberOf(paramOf(text, "progressToken").value_or(""));
        return number ? saidOfRequest(*number, std::string(text), "progressToken") : void();
    }
    if (view.method == "notifications/message")
        return log(text);
    if (view.method == "notifications/elicitation/complete")
        return elicitationEnded(text);
    if (view.method == "notifications/cancelled") {
        const auto asked = questions_.find(view.cancelled);
        if (asked == questions_.end())
            return;
        if (Client* client = find(asked->second))
            client->to->onProgramMessage(std::string(text), {});
        questions_.erase(asked);
        return review();
    }
    const bool updated = view.method == "notifications/resources/updated";
    const JsonMembers params =
        updated ? JsonMembers::of(text).value_or(JsonMembers()).object("params") : JsonMembers();
    const std::string resource = params.text("uri").value_or("");
    for (const auto& [id, client] : clients_) {
        if (!updated || client.resources.contains(resource))
            client.to->onProgramMessage(std::string(text), {});
    }
}

// `member`: which one holds our number and becomes the client's own.
void LocalServer::saidOfRequest(std::uint64_t number, std::string text, std::string_view member) {
    const auto found = open_.find(number);
    if (found == open_.end() || found->second.cancelled)
        return;
    const Open& request = found->second;
    Client* client = find(request.client);
    if (client == nullptr)
        return;
    if (member == meta::subscriptionId)
        text = withMeta(text, member, request.id);
    else if (!request.progressToken.empty())
        text = withParam(text, member, request.progressToken);
    else
        return; // it asked for no progress
    client->to->onProgramMessage(std::move(text), request.id);
}

// In 2026-07-28 the log belongs to a request, and over stdio nothing says to which: it goes to the only
// client that has one open.
void LocalServer::log(std::string_view text) {
    if (*era_ == Era::Modern) {
        std::set<ClientId> open;
        std::string request;
        for (const auto& [number, each] : open_) {
            if (each.client != 0 && each.method != "subscriptions/listen") {
                open.insert(each.client);
                request = each.id;
            }
        }
        Client* only = open.size() == 1 ? find(*open.begin()) : nullptr;
        if (only != nullptr)
            only->to->onProgramMessage(std::string(text), request);
        return;
    }
    const JsonMembers params = JsonMembers::of(text).value_or(JsonMembers()).object("params");
    const int level = logLevelOf(params.text("level").value_or("")).value_or(usualLevel);
    for (const auto& [id, client] : clients_) {
        const int wanted = client.logLevel.value_or(programLevel_ ? usualLevel : 0);
        if (level >= wanted)
            client.to->onProgramMessage(std::string(text), {});
    }
}

void LocalServer::elicitationEnded(std::string_view text) {
    const auto known = elicitations_.find(paramOf(text, "elicitationId").value_or(""));
    if (known == elicitations_.end())
        return;
    if (Client* client = find(known->second))
        client->to->onProgramMessage(std::string(text), {});
    elicitations_.erase(known);
}

void LocalServer::noteElicitations(ClientId id, std::string_view text) {
    const JsonMembers data = JsonMembers::of(text).value_or(JsonMembers()).object("error").object("data");
    const Result<Json> list = parseJson(data.find("elicitations").value_or("[]"));
    if (!list || !list->is_array())
        return;
    for (const Json& each : *list) {
        const std::optional<std::string> elicitation =
            each.is_object() ? stringAt(each, "elicitationId") : std::nullopt;
        if (elicitation && elicitations_.size() < mostElicitations)
            elicitations_[quotedJson(*elicitation)] = id;
    }
}

} // namespace keybearer
