#include "broker/gateway/Conversation.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/ToolHeaders.h"

#include <set>

namespace keybearer {

namespace {

constexpr std::size_t mostAsked = 1024; // requests of one server that its client has not answered

// Client and server speak the same era.
class PassThrough : public Conversation {
public:
    PassThrough(ConversationDesk& desk, Era era) : desk_(desk), era_(era) {}

    std::string openingAnswer(const Handshake::Outcome& outcome) override { return outcome.answer; }

    void opened(const Handshake::Outcome& outcome, bool initialized) override {
        version_ = outcome.version;
        if (era_ == Era::Legacy && initialized)
            notify("notifications/initialized", notificationText("notifications/initialized"));
    }

    void fromClient(const MessageView& view, std::string text) override {
        if (view.kind == MessageView::Kind::Request)
            return request(view, std::move(text));
        if (view.method == "notifications/cancelled") {
            const bool known = desk_.forget(view.cancelled);
            if (era_ == Era::Modern || !known)
                return; // the end of its stream said it
        }
        ClientMessage message = plain(view);
        message.text = std::move(text);
        if (view.kind != MessageView::Kind::Notification) {
            // Only what was asked is answered: the server decides by the id what it gets.
            if (era_ == Era::Modern || asked_.erase(view.id) == 0)
                return;
            message.kind = ClientMessage::Kind::Response;
        }
        desk_.toServer(std::move(message));
    }

    void answered(OpenRequest request, const MessageView&, std::string_view text) override {
        if (era_ == Era::Modern && request.asked.method == "tools/list") {
            if (std::optional<std::string> changed = headers_.learn(text))
                return desk_.toClient(std::move(*changed));
        }
        desk_.toClient(std::string(text));
    }

    void said(const MessageView& view, std::string_view text, const std::string&) override {
        if (view.kind == MessageView::Kind::Request) {
            if (era_ == Era::Modern || asked_.size() == mostAsked)
                return; // the revision has no such thing
            asked_.insert(view.id);
        }
        desk_.toClient(std::string(text));
    }

private:
    void request(const MessageView& view, std::string text) {
        OpenRequest open = openRequestOf(view, text, desk_.opening());
        open.sent = plain(view);
        open.sent.kind = ClientMessage::Kind::Request;
        open.sent.name = headerName(view);
        if (era_ == Era::Modern && view.method == "tools/call")
            open.sent.parameters = headers_.of(view.name, text);
        open.sent.text = std::move(text);
        desk_.ask(std::move(open));
    }
    [[nodiscard]] ClientMessage plain(const MessageView& view) const {
        ClientMessage message;
        message.id = view.id;
        message.method = view.method;
        message.protocolVersion =
            era_ == Era::Modern ? (view.protocolVersion.empty() ? version_ : view.protocolVersion) : version_;
        return message;
    }
    void notify(const std::string& method, std::string text) {
        ClientMessage message;
        message.method = method;
        message.text = std::move(text);
        message.protocolVersion = version_;
        desk_.toServer(std::move(message));
    }

    ConversationDesk& desk_;
    Era era_;
    std::string version_;
    std::set<std::string> asked_; // by the server
    ToolHeaders headers_;
};

} // namespace

std::unique_ptr<Conversation> makePassThrough(ConversationDesk& desk, Era era) {
    return std::make_unique<PassThrough>(desk, era);
}

OpenRequest openRequestOf(const MessageView& view, std::string_view text, const ClientOpening& opening) {
    OpenRequest open;
    open.asked.id = view.id;
    open.asked.method = view.method;
    open.asked.era = opening.era;
    open.asked.elicitsUrl = opening.era == Era::Modern ? view.elicitsUrl : opening.elicitsUrl;
    if (opening.era == Era::Modern && open.asked.elicitsUrl && view.method == "tools/call")
        open.retryKey = retryKeyOf(view, text);
    return open;
}

std::string retryKeyOf(const MessageView& view, std::string_view text) {
    const std::optional<JsonMembers> message = JsonMembers::of(text);
    JsonMembers params = message ? message->object("params") : JsonMembers();
    for (const char* key : {"_meta", "inputResponses", "requestState"})
        params.erase(key);
    return view.method + params.dump();
}

} // namespace keybearer
