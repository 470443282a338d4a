// A client of 2026-07-28 at a server of a revision up to 2025-11-25: the session is ours, and what the server
// asks during a call becomes the call's result (multi round trips), while the call itself stays open at the
// server until the client comes back with the answers.
#include "broker/base/Random.h"
#include "broker/gateway/ClientSubscriptions.h"
#include "broker/gateway/Conversation.h"
#include "broker/gateway/ModernAnswers.h"
#include "broker/gateway/Revisions.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes longestParked{10}; // for a person to answer; a client may never come back
constexpr std::size_t mostQuestions = 16;         // of one call at a time
constexpr std::size_t mostParked = 256;
constexpr int invalidParams = -32602;
constexpr int methodNotFound = -32601;

bool mayAsk(const std::string& method) {
    return method == "tools/call" || method == "resources/read" || method == "prompts/get";
}
bool isQuestion(const std::string& method) {
    return method == "elicitation/create" || method == "sampling/createMessage" || method == "roots/list";
}

class ModernClient : public Conversation {
public:
    explicit ModernClient(ConversationDesk& desk) : desk_(desk) {}

    std::string openingAnswer(const Handshake::Outcome& outcome) override {
        keep(outcome);
        return resultText(desk_.opening().id, discovered_);
    }

    void opened(const Handshake::Outcome& outcome, bool) override {
        keep(outcome);
        version_ = outcome.version;
        tell("notifications/initialized", {});
    }

    void fromClient(const MessageView& view, std::string text) override {
        if (view.kind == MessageView::Kind::Request)
            return request(view, text);
        if (view.method == "notifications/cancelled")
            cancel(view.cancelled);
        // Clients of this revision send no other notification, and no responses.
    }

    void answered(OpenRequest request, const MessageView& view, std::string_view text) override {
        if (request.asked.id.empty())
            return; // a request of our own: nobody waits for what it brought
        const auto call = calls_.find(request.sent.id);
        if (call == calls_.end())
            return;
        std::string result = translated(call->second, view, text);
        if (!call->second.clientId.empty()) {
            desk_.toClient(withId(result, call->second.clientId));
            calls_.erase(call);
        } else {
            call->second.outcome = std::move(result); // until the client comes back
        }
    }

    bool failed(const OpenRequest& request, const Error& error) override {
        const auto call = calls_.find(request.sent.id);
        if (request.asked.id.empty() || call == calls_.end())
            return request.asked.id.empty();
        if (call->second.clientId == request.asked.id) {
            calls_.erase(call);
            return false; // as any other
        }
        AskedRequest asked = request.asked;
        asked.id = call->second.clientId.empty() ? std::string("null") : call->second.clientId;
        asked.elicitsUrl = false;
        std::string line = failedAnswer(asked, error, {});
        if (call->second.clientId.empty()) {
            call->second.outcome = std::move(line);
        } else {
            desk_.toClient(std::move(line));
            calls_.erase(call);
        }
        return true;
    }

    void said(const MessageView& view, std::string_view text, const std::string& requestId) override {
        if (view.kind == MessageView::Kind::Request)
            return question(view, text, requestId);
        if (view.method == "notifications/progress")
            return progress(text, requestId);
        if (view.method == "notifications/message")
            return desk_.toClient(std::string(text));
        subscriptions_.spread(view, text);
    }

private:
    struct Question {
        std::string serverId; // of the server's request
        std::string method;
        std::string params; // raw
    };
    // One request at the server.
    struct Call {
        std::string clientId; // under which the client waits now; empty: it is to come back
        std::string method;
        std::string retryKey;
        std::string progressToken;             // raw, the client's of now
        std::map<std::string, Question> asked; // by key, what the client has got
        std::vector<Question> waiting;         // what it gets next
        std::string state;                     // requestState of now
        std::string outcome;                   // came while nobody waited
        std::unique_ptr<EventTimer> deadline;
    };

    void keep(const Handshake::Outcome& outcome) {
        const JsonMembers& said = outcome.result;
        capabilities_ = said.object("capabilities");
        JsonMembers resultMeta;
        if (const auto info = said.find("serverInfo"))
            resultMeta.set(meta::serverInfo, std::string(*info));
        JsonMembers result;
        result.setText("resultType", "complete");
        result.set("supportedVersions", std::string("[\"").append(revision::modern).append("\"]"));
        result.set("capabilities", capabilities_.dump());
        if (const auto instructions = said.find("instructions"))
            result.set("instructions", std::string(*instructions));
        result.set("ttlMs", "0");
        result.setText("cacheScope", "private");
        if (!resultMeta.empty())
            result.set("_meta", resultMeta.dump());
        discovered_ = result.dump();
    }

    void request(const MessageView& view, std::string_view text) {
        if (view.method == "server/discover")
            return desk_.toClient(resultText(view.id, discovered_));
        if (view.method == "subscriptions/listen")
            return listen(view, text);
        if (!view.requestState.empty() && states_.contains(view.requestState))
            return comeBack(view, text);
        std::optional<JsonMembers> outer = JsonMembers::of(text);
        JsonMembers params = outer->object("params");
        if (params.find("requestState") || params.find("inputResponses"))
            return desk_.toClient(errorText(view.id, invalidParams, "requestState is not valid any more"));
        if (desk_.open(view.id) != nullptr)
            return desk_.toClient(
                errorLine(view.id, Error(ErrorCode::InvalidRequest, "a request with this id is open")));
        JsonMembers requestMeta = params.object("_meta");
        setLogLevel(requestMeta);
        Call& call = calls_[view.id];
        call = Call();
        call.clientId = view.id;
        call.method = view.method;
        call.progressToken = requestMeta.find("progressToken").value_or("");
        if (mayAsk(view.method))
            call.retryKey = retryKeyOf(view, text);
        requestMeta.eraseStarting(meta::prefix);
        if (requestMeta.empty())
            params.erase("_meta");
        else
            params.set("_meta", requestMeta.dump());
        outer->set("params", params.dump());
        OpenRequest open = openRequestOf(view, text, desk_.opening());
        open.sent = message(view.method, view.id, outer->dump());
        desk_.ask(std::move(open));
    }

    [[nodiscard]] ClientMessage message(const std::string& method, const std::string& id,
                                        std::string text) const {
        ClientMessage out;
        out.kind = ClientMessage::Kind::Request;
        out.method = method;
        out.id = id;
        out.text = std::move(text);
        out.protocolVersion = version_;
        return out;
    }
    void listen(const MessageView& view, std::string_view text) {
        for (const std::string& uri : subscriptions_.open(view, text, capabilities_)) {
            JsonMembers subscribe;
            subscribe.setText("uri", uri);
            askOwn("resources/subscribe", subscribe);
        }
    }
    void tell(const std::string& method, const std::string& params) {
        ClientMessage out = message(method, {}, notificationText(method, params));
        out.kind = ClientMessage::Kind::Notification;
        desk_.toServer(std::move(out));
    }
    void respond(const std::string& id, std::string text) {
        ClientMessage out = message({}, id, std::move(text));
        out.kind = ClientMessage::Kind::Response;
        desk_.toServer(std::move(out));
    }
    void askOwn(const std::string& method, const JsonMembers& params) {
        const std::string id = std::string("\"keybearer-own-").append(std::to_string(++last_)).append("\"");
        OpenRequest open;
        open.sent = message(method, id, requestText(id, method, params.dump()));
        desk_.ask(std::move(open));
    }

    // A level for each request there, one for the session here.
    void setLogLevel(const JsonMembers& requestMeta) {
        const std::string level(requestMeta.find(meta::logLevel).value_or(""));
        if (level.empty() || level == logLevel_ || !capabilities_.find("logging"))
            return;
        logLevel_ = level;
        JsonMembers params;
        params.set("level", level);
        askOwn("logging/setLevel", params);
    }

    [[nodiscard]] std::string translated(Call& call, const MessageView& view, std::string_view text) {
        if (view.kind != MessageView::Kind::Failure)
            return modernResult(call.method, text);
        if (view.errorCode != legacyElicitationRequired || call.retryKey.empty())
            return modernError(view.errorCode, text);
        // The call comes anew when the addresses have been opened.
        const std::string state = std::string("keybearer-again-").append(randomToken(16));
        if (states_.size() < mostParked)
            states_[state] = {std::string(), call.retryKey};
        return addressesAsQuestions(text, state, mostQuestions);
    }

    // The server asks in the middle of a call.
    void question(const MessageView& view, std::string_view text, const std::string& requestId) {
        if (view.method == "ping")
            return respond(view.id, resultText(view.id, "{}"));
        const auto call = callOf(requestId);
        if (!isQuestion(view.method) || call == calls_.end() || call->second.retryKey.empty() ||
            call->second.waiting.size() + call->second.asked.size() >= mostQuestions ||
            calls_.size() > mostParked)
            return respond(view.id,
                           errorText(view.id, methodNotFound, "the client cannot be asked this now"));
        const std::optional<JsonMembers> outer = JsonMembers::of(text);
        JsonMembers params = outer->object("params");
        params.erase("elicitationId");
        call->second.waiting.push_back({view.id, view.method, params.dump()});
        if (!call->second.clientId.empty())
            pass(call->first, call->second);
    }

    // The call on whose stream a server asks; servers that use the GET stream for it have one call open.
    std::map<std::string, Call>::iterator callOf(const std::string& requestId) {
        const auto named = calls_.find(requestId);
        if (named != calls_.end() || !requestId.empty())
            return named;
        auto only = calls_.end();
        for (auto at = calls_.begin(); at != calls_.end(); ++at) {
            if (at->second.retryKey.empty())
                continue;
            if (only != calls_.end())
                return calls_.end();
            only = at;
        }
        return only;
    }

    // The client's request ends with what the server wants to know.
    void pass(const std::string& serverId, Call& call) {
        JsonMembers questions;
        for (Question& question : call.waiting) {
            const std::string key = std::string("input_").append(std::to_string(++last_));
            JsonMembers value;
            value.setText("method", question.method);
            value.set("params", question.params);
            questions.set(key, value.dump());
            call.asked[key] = std::move(question);
        }
        call.waiting.clear();
        call.state = std::string("keybearer-call-").append(randomToken(16));
        states_[call.state] = {serverId, call.retryKey};
        JsonMembers result;
        result.setText("resultType", "input_required");
        result.set("inputRequests", questions.dump());
        result.setText("requestState", call.state);
        desk_.toClient(resultText(std::exchange(call.clientId, std::string()), result.dump()));
        call.deadline =
            desk_.timers().after(longestParked, [this, serverId] { giveUp(std::string(serverId)); });
    }

    void comeBack(const MessageView& view, std::string_view text) {
        const auto [serverId, retryKey] = states_[view.requestState];
        if (retryKey != retryKeyOf(view, text))
            return desk_.toClient(
                errorText(view.id, invalidParams, "requestState belongs to another request"));
        states_.erase(view.requestState);
        std::optional<JsonMembers> outer = JsonMembers::of(text);
        JsonMembers params = outer->object("params");
        const JsonMembers answers = params.object("inputResponses");
        const auto found = calls_.find(serverId);
        if (found == calls_.end()) { // of -32042: once more from the beginning
            params.erase("inputResponses");
            params.erase("requestState");
            outer->set("params", params.dump());
            MessageView again = view;
            again.requestState.clear();
            return request(again, outer->dump());
        }
        Call& call = found->second;
        call.deadline.reset();
        call.clientId = view.id;
        const JsonMembers meta = params.object("_meta");
        call.progressToken = meta.find("progressToken").value_or("");
        std::map<std::string, Question> asked;
        asked.swap(call.asked);
        for (const auto& [key, question] : asked) {
            const auto answer = answers.find(key);
            respond(question.serverId,
                    answer ? resultText(question.serverId, *answer)
                           : errorText(question.serverId, invalidParams, "the client gave no answer"));
        }
        if (!call.outcome.empty()) {
            desk_.toClient(withId(call.outcome, call.clientId));
            calls_.erase(found);
        } else if (!call.waiting.empty()) {
            pass(serverId, call);
        }
    }

    void giveUp(const std::string& serverId) {
        const auto found = calls_.find(serverId);
        if (found == calls_.end())
            return;
        states_.erase(found->second.state);
        for (const auto& [key, question] : found->second.asked)
            respond(question.serverId,
                    errorText(question.serverId, invalidParams, "the client gave no answer"));
        calls_.erase(found);
        cancelAtServer(serverId);
    }

    void cancelAtServer(const std::string& serverId) {
        if (!desk_.forget(serverId))
            return;
        JsonMembers params;
        params.set("requestId", serverId);
        tell("notifications/cancelled", params.dump());
    }

    void cancel(const std::string& clientId) {
        if (clientId.empty() || subscriptions_.close(clientId))
            return;
        const auto found = std::find_if(calls_.begin(), calls_.end(),
                                        [&](const auto& entry) { return entry.second.clientId == clientId; });
        if (found == calls_.end())
            return;
        const std::string serverId = found->first;
        calls_.erase(found);
        cancelAtServer(serverId);
    }

    void progress(std::string_view text, const std::string& requestId) {
        const auto call = calls_.find(requestId);
        if (call == calls_.end())
            return desk_.toClient(std::string(text));
        if (call->second.clientId.empty() || call->second.progressToken.empty())
            return; // nobody waits
        JsonMembers outer = JsonMembers::of(text).value_or(JsonMembers());
        JsonMembers params = outer.object("params");
        if (params.find("progressToken") == call->second.progressToken)
            return desk_.toClient(std::string(text));
        params.set("progressToken", call->second.progressToken);
        outer.set("params", params.dump());
        desk_.toClient(outer.dump());
    }

    ConversationDesk& desk_;
    std::string version_;
    std::string discovered_; // the result of server/discover
    JsonMembers capabilities_;
    std::string logLevel_;
    std::map<std::string, Call> calls_;                                 // by their id at the server
    std::map<std::string, std::pair<std::string, std::string>> states_; // requestState: call and retry key
    ClientSubscriptions subscriptions_{desk_};
    std::uint64_t last_ = 0;
};

} // namespace

std::unique_ptr<Conversation> makeModernClientConversation(ConversationDesk& desk) {
    return std::make_unique<ModernClient>(desk);
}

} // namespace keybearer
