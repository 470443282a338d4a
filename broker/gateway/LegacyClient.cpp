// A client of a revision up to 2025-11-25 at a server of 2026-07-28: what the client does once for the whole
// session the server wants in every request, and what the server asks in a result (multi round trips) the
// client expects as a request.
#include "broker/gateway/Conversation.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/ToolHeaders.h"
#include "broker/protocol/RpcMessage.h"

#include <set>

namespace keybearer {

namespace {

constexpr int mostRounds = 16;                   // of one request; a server that never has enough is refused
constexpr std::size_t longestKept = 8U << 20;    // of a request that a server may answer with questions
constexpr std::size_t mostQuestions = 16;        // in one result
constexpr std::size_t mostSubscriptions = 1000;  // resources that one client watches
constexpr std::chrono::milliseconds pacing{250}; // before a request that only has to come again
constexpr std::chrono::seconds firstListenPause{2};
constexpr std::chrono::seconds longestListenPause{60};

bool mayBeAsked(const std::string& method) {
    return method == "tools/call" || method == "resources/read" || method == "prompts/get";
}

class LegacyClient : public Conversation {
public:
    explicit LegacyClient(ConversationDesk& desk) : desk_(desk) {}

    std::string openingAnswer(const Handshake::Outcome& outcome) override {
        const std::string& version = desk_.opening().version;
        const JsonMembers resultMeta = outcome.result.object("_meta");
        JsonMembers result;
        result.setText("protocolVersion", isModern(version) ? revision::newestLegacy : version);
        result.set("capabilities", std::string(outcome.result.find("capabilities").value_or("{}")));
        result.set("serverInfo",
                   std::string(outcome.result.find("serverInfo")
                                   .value_or(resultMeta.find(meta::serverInfo)
                                                 .value_or(R"({"name":"server","version":"0"})"))));
        if (const auto instructions = outcome.result.find("instructions"))
            result.set("instructions", std::string(*instructions));
        return resultText(desk_.opening().id, result.dump());
    }

    void opened(const Handshake::Outcome& outcome, bool initialized) override {
        capabilities_ = outcome.result.object("capabilities");
        if (initialized)
            listen();
    }

    void fromClient(const MessageView& view, std::string text) override {
        if (view.kind == MessageView::Kind::Request)
            return request(view, text);
        if (view.kind != MessageView::Kind::Notification)
            return answer(view, text);
        if (view.method == "notifications/initialized")
            listen();
        if (view.method == "notifications/cancelled") {
            desk_.forget(view.cancelled);
            dropRound(view.cancelled);
        }
        // The revision knows no other notification of a client.
    }

    void answered(OpenRequest request, const MessageView& view, std::string_view text) override {
        if (request.asked.id.empty())
            return listenEnded(view.kind == MessageView::Kind::Result);
        if (view.resultType == "input_required")
            return startRound(std::move(request), text);
        rounds_.erase(request.asked.id);
        if (view.kind == MessageView::Kind::Failure)
            return desk_.toClient(std::string(text));
        std::optional<std::string> changed;
        if (request.asked.method == "tools/list")
            changed = headers_.learn(text);
        std::optional<JsonMembers> outer = JsonMembers::of(changed ? *changed : text);
        JsonMembers result = outer->object("result");
        for (const char* key : {"resultType", "ttlMs", "cacheScope"})
            result.erase(key);
        JsonMembers resultMeta = result.object("_meta");
        resultMeta.eraseStarting(meta::prefix);
        if (resultMeta.empty())
            result.erase("_meta");
        else
            result.set("_meta", resultMeta.dump());
        outer->set("result", result.dump());
        desk_.toClient(outer->dump());
    }

    bool failed(const OpenRequest& request, const Error& error) override {
        if (request.asked.id.empty())
            listenEnded(isTransient(error.code) || wantsSignIn(error));
        rounds_.erase(request.asked.id);
        return request.asked.id.empty();
    }

    void said(const MessageView& view, std::string_view text, const std::string&) override {
        if (view.kind != MessageView::Kind::Notification ||
            view.method == "notifications/subscriptions/acknowledged" ||
            view.method == "notifications/cancelled")
            return;
        std::optional<JsonMembers> outer = JsonMembers::of(text);
        JsonMembers params = outer ? outer->object("params") : JsonMembers();
        JsonMembers paramsMeta = params.object("_meta");
        if (!paramsMeta.find(meta::subscriptionId))
            return desk_.toClient(std::string(text));
        paramsMeta.eraseStarting(meta::prefix);
        if (paramsMeta.empty())
            params.erase("_meta");
        else
            params.set("_meta", paramsMeta.dump());
        outer->set("params", params.dump());
        desk_.toClient(outer->dump());
    }

private:
    // A request that the server answers with questions, and what the client has said to them.
    struct Round {
        OpenRequest request;
        JsonMembers message; // as it goes to the server, without answers
        int count = 0;
        std::map<std::string, std::pair<std::string, std::string>> questions; // our id: key and method
        JsonMembers answers;
        std::string state; // raw
        std::unique_ptr<EventTimer> pause;
    };

    void request(const MessageView& view, std::string_view text) {
        if (view.method == "ping")
            return desk_.toClient(resultText(view.id, "{}"));
        if (view.method == "initialize")
            return desk_.toClient(
                errorLine(view.id, Error(ErrorCode::InvalidRequest, "the conversation is open already")));
        std::optional<JsonMembers> outer = JsonMembers::of(text);
        JsonMembers params = outer->object("params");
        if (view.method == "logging/setLevel") {
            logLevel_ = params.find("level").value_or("");
            return desk_.toClient(resultText(view.id, "{}"));
        }
        if (view.method == "resources/subscribe" || view.method == "resources/unsubscribe")
            return subscribe(view);
        JsonMembers requestMeta = params.object("_meta");
        const JsonMembers ours = modernMeta(desk_.opening());
        for (const JsonMembers::Member& member : ours.members())
            requestMeta.set(member.key, member.value);
        if (!logLevel_.empty())
            requestMeta.set(meta::logLevel, logLevel_);
        params.set("_meta", requestMeta.dump());
        outer->set("params", params.dump());
        OpenRequest open = openRequestOf(view, text, desk_.opening());
        open.sent = message(view.method, view.id, outer->dump());
        open.sent.name = headerName(view);
        if (view.method == "tools/call")
            open.sent.parameters = headers_.of(view.name, text);
        if (mayBeAsked(view.method) && open.sent.text.size() <= longestKept && !desk_.open(view.id))
            rounds_[view.id].message = std::move(*outer);
        desk_.ask(std::move(open));
    }

    [[nodiscard]] static ClientMessage message(const std::string& method, const std::string& id,
                                               std::string text) {
        ClientMessage out;
        out.kind = ClientMessage::Kind::Request;
        out.method = method;
        out.id = id;
        out.text = std::move(text);
        out.protocolVersion = revision::modern;
        return out;
    }

    void startRound(OpenRequest request, std::string_view text) {
        const auto found = rounds_.find(request.asked.id);
        const std::optional<JsonMembers> outer = JsonMembers::of(text);
        const JsonMembers result = outer->object("result");
        const JsonMembers questions = result.object("inputRequests");
        const bool tooMuch = found == rounds_.end() || ++found->second.count > mostRounds ||
                             questions.members().size() > mostQuestions;
        if (tooMuch || (questions.empty() && !result.find("requestState")))
            return refuse(request.asked.id, "the server asks for more than this client can be asked");
        Round& round = found->second;
        round.request = std::move(request);
        round.state = result.find("requestState").value_or("");
        round.answers = JsonMembers();
        round.questions.clear();
        std::vector<std::string> lines;
        for (const JsonMembers::Member& question : questions.members()) {
            const JsonMembers asked = JsonMembers::of(question.value).value_or(JsonMembers());
            const std::string method = asked.text("method").value_or("");
            if (!canDo(method))
                return refuse(round.request.asked.id,
                              "the server asks for something that this client cannot do");
            const std::string id =
                std::string("\"keybearer-input-").append(std::to_string(++last_)).append("\"");
            round.questions[id] = {question.key, method};
            lines.push_back(requestText(id, method, legacyParams(method, asked)));
        }
        if (lines.empty()) {
            round.pause = desk_.timers().after(pacing, [this, id = round.request.asked.id] { repeat(id); });
            return;
        }
        for (std::string& line : lines)
            desk_.toClient(std::move(line));
    }

    // Addresses have an id up to 2025-11-25.
    [[nodiscard]] std::string legacyParams(const std::string& method, const JsonMembers& asked) {
        JsonMembers params = asked.object("params");
        if (method == "elicitation/create" && params.text("mode") == "url" && !params.find("elicitationId"))
            params.setText("elicitationId", std::string("keybearer-").append(std::to_string(last_)));
        return params.dump();
    }

    [[nodiscard]] bool canDo(const std::string& method) const {
        const JsonMembers capabilities =
            JsonMembers::of(desk_.opening().capabilities).value_or(JsonMembers());
        return (method == "elicitation/create" && capabilities.find("elicitation")) ||
               (method == "sampling/createMessage" && capabilities.find("sampling")) ||
               (method == "roots/list" && capabilities.find("roots"));
    }

    // The client's word on one question.
    void answer(const MessageView& view, std::string_view text) {
        for (auto& [id, round] : rounds_) {
            const auto question = round.questions.find(view.id);
            if (question == round.questions.end())
                continue;
            const auto [key, method] = question->second;
            round.questions.erase(question);
            const std::optional<JsonMembers> outer = JsonMembers::of(text);
            if (view.kind == MessageView::Kind::Result)
                round.answers.set(key, std::string(outer->find("result").value_or("{}")));
            else if (method == "elicitation/create")
                round.answers.set(key, R"({"action":"cancel"})");
            else
                return refuse(id, "the client could not answer what the server asked");
            if (round.questions.empty())
                repeat(std::string(id));
            return;
        }
    }

    void repeat(const std::string& id) {
        Round& round = rounds_[id];
        JsonMembers outer = round.message;
        JsonMembers params = outer.object("params");
        if (!round.answers.empty())
            params.set("inputResponses", round.answers.dump());
        if (!round.state.empty())
            params.set("requestState", round.state);
        outer.set("params", params.dump());
        OpenRequest again = round.request;
        again.sent.text = outer.dump();
        desk_.ask(std::move(again));
    }

    void refuse(const std::string& id, const char* why) {
        const std::string held = id; // the round that names it goes
        dropRound(held);
        desk_.toClient(errorLine(held, Error(ErrorCode::InternalError, why,
                                             "Use a client that knows the protocol of 2026-07-28.")));
    }

    // The client is told that what it still thinks about is not wanted any more.
    void dropRound(const std::string& id) {
        const auto found = rounds_.find(id);
        if (found == rounds_.end())
            return;
        for (const auto& [question, unused] : found->second.questions) {
            JsonMembers params;
            params.set("requestId", question);
            desk_.toClient(notificationText("notifications/cancelled", params.dump()));
        }
        rounds_.erase(found);
    }

    void subscribe(const MessageView& view) {
        if (view.method == "resources/unsubscribe")
            watched_.erase(view.name);
        else if (watched_.size() < mostSubscriptions)
            watched_.insert(view.name);
        desk_.toClient(resultText(view.id, "{}"));
        listen();
    }

    // One subscription for all that the client would have heard on its GET stream.
    void listen() {
        if (!listenId_.empty())
            desk_.forget(std::exchange(listenId_, std::string()));
        listenPause_.reset();
        JsonMembers wanted;
        const auto want = [&](const char* capability, const char* key) {
            const JsonMembers members = capabilities_.object(capability);
            if (members.find("listChanged") == "true")
                wanted.set(key, "true");
        };
        want("tools", "toolsListChanged");
        want("prompts", "promptsListChanged");
        want("resources", "resourcesListChanged");
        std::string list;
        for (const std::string& uri : watched_)
            list.append(list.empty() ? "" : ",").append(quotedJson(uri));
        if (!list.empty())
            wanted.set("resourceSubscriptions", std::string("[").append(list).append("]"));
        if (wanted.empty())
            return;
        JsonMembers params;
        params.set("notifications", wanted.dump());
        params.set("_meta", modernMeta(desk_.opening()).dump());
        listenId_ = std::string("\"keybearer-listen-").append(std::to_string(++last_)).append("\"");
        OpenRequest open;
        open.sent = message("subscriptions/listen", listenId_,
                            requestText(listenId_, "subscriptions/listen", params.dump()));
        desk_.ask(std::move(open));
    }

    void listenEnded(bool again) {
        listenId_.clear();
        if (!again)
            return;
        listenPause_ = desk_.timers().after(listenWait_, [this] { listen(); });
        listenWait_ = std::min<std::chrono::seconds>(listenWait_ * 2, longestListenPause);
    }

    ConversationDesk& desk_;
    JsonMembers capabilities_;
    ToolHeaders headers_;
    std::string logLevel_; // raw
    std::map<std::string, Round> rounds_;
    std::set<std::string> watched_;
    std::string listenId_;
    std::unique_ptr<EventTimer> listenPause_;
    std::chrono::seconds listenWait_ = firstListenPause;
    std::uint64_t last_ = 0;
};

} // namespace

std::unique_ptr<Conversation> makeLegacyClientConversation(ConversationDesk& desk) {
    return std::make_unique<LegacyClient>(desk);
}

} // namespace keybearer
