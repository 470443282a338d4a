// The part of McpExchange that holds the server's tools against those that were approved.
#include "broker/gateway/McpExchange.h"
#include "broker/gateway/Revisions.h"
#include "broker/protocol/RpcMessage.h"

namespace keybearer {

// A call waits until it is known whether its tool is hidden; usually that is known.
void McpExchange::screenCall(Held message) {
    const std::string id = message.view.id;
    const std::string tool = message.view.name;
    if (screened_.contains(id))
        return toClient(errorLine(id, Error(ErrorCode::InvalidRequest, "a request with this id is open")));
    screened_[id] = std::move(message);
    reviewInput();
    parts_.tools->called(terms_, tool, [this, alive = alive_, id](const Result<void>& allowed) {
        if (*alive)
            screened(id, allowed);
    });
}

void McpExchange::screened(const std::string& id, const Result<void>& allowed) {
    const auto found = screened_.find(id);
    if (found == screened_.end())
        return; // cancelled meanwhile
    Held message = std::move(found->second);
    screened_.erase(found);
    if (phase_ == Phase::Over)
        return;
    if (!allowed)
        toClient(
            failedAnswer(openRequestOf(message.view, message.text, opening_).asked, allowed.error(), {}));
    else if (phase_ == Phase::Open)
        carryOn(std::move(message));
    else
        hold(std::move(message.view), std::move(message.text)); // the session died meanwhile
    reviewInput();
}

void McpExchange::screenList(OpenRequest request, const MessageView& view, std::string_view text) {
    if (terms_.pins == PinMode::Warn) {
        parts_.tools->listed(terms_, request.cursor, text, [](const Result<std::optional<std::string>>&) {});
        return deliver(std::move(request), view, text);
    }
    ++screening_;
    const std::string cursor = request.cursor;
    const auto answer = std::make_shared<std::string>(text);
    parts_.tools->listed(terms_, cursor, *answer,
                         [this, alive = alive_, request = std::move(request), view,
                          answer](const Result<std::optional<std::string>>& verdict) {
                             if (!*alive)
                                 return;
                             --screening_;
                             if (phase_ == Phase::Over || !conversation_)
                                 return;
                             if (verdict)
                                 return deliver(request, view, verdict->has_value() ? **verdict : *answer);
                             ServerFailure failure;
                             failure.error = verdict.error();
                             if (!conversation_->failed(request, failure.error))
                                 tellFailure(request, failure);
                             reviewInput();
                             retireIfDone();
                         });
}

// Clients of the modern era hear of it with the server's own word, if it gives one.
void McpExchange::onToolsChanged() {
    if (phase_ == Phase::Open && opening_.era == Era::Legacy)
        toClient(notificationText("notifications/tools/list_changed"));
}

} // namespace keybearer
