#include "broker/gateway/local/HttpConversation.h"

#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/local/ProgramText.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t fullOutput = 1U << 20; // what clients have not read; then the program's lines wait
constexpr std::size_t mostKept = 256;        // lines without a stream
constexpr std::size_t mostKeptBytes = 1U << 20;
constexpr int badRequest = 400;
constexpr int invalidRequest = -32600;

bool isForSession(const std::string& method) {
    return method.ends_with("/list_changed") || method == "notifications/resources/updated" ||
           method == "notifications/elicitation/complete";
}

} // namespace

HttpConversation::HttpConversation(const McpExchange::Parts& parts, Era era, std::string session,
                                   std::shared_ptr<AdmittedExchange> exchange, std::function<void()> over)
    : parts_(parts), era_(era), session_(std::move(session)), owner_(exchange->owner),
      service_(exchange->terms.service), admitted_(std::move(exchange)), over_(std::move(over)),
      lastUsed_(parts_.timers.now()),
      exchange_(std::make_unique<McpExchange>(parts_, admitted_->terms, *this)) {
    admitted_->tenants.insert(this);
}

HttpConversation::~HttpConversation() {
    endAnswers();
    leaveExchange();
}

bool HttpConversation::belongsTo(const AdmittedExchange& exchange) const {
    return exchange.owner == owner_ && exchange.terms.service == service_;
}

void HttpConversation::use(const std::shared_ptr<AdmittedExchange>& exchange) {
    lastUsed_ = parts_.timers.now();
    if (admitted_ == exchange)
        return;
    leaveExchange();
    admitted_ = exchange;
    admitted_->tenants.insert(this);
    expired_ = false;
    exchange_->moveTo(admitted_->terms.exchange);
}

void HttpConversation::leaveExchange() {
    if (admitted_ != nullptr)
        admitted_->tenants.erase(this);
    admitted_.reset();
}

void HttpConversation::request(LocalAnswer& answer, const MessageView& view, std::string text) {
    const std::uint64_t order = ++last_;
    // Requests of 2026-07-28 may be of several programs that share a credential: their ids may be the same.
    const std::string id =
        era_ == Era::Modern ? quotedJson(std::string("h").append(std::to_string(order))) : view.id;
    if (waiting_.contains(id))
        return answer.finish(errorText(view.id, invalidRequest, "a request with this id is open"),
                             badRequest);
    Waiting& waiting = waiting_[id];
    waiting = {&answer, view.id, view.method, metaOf(text, "progressToken").value_or(""), order};
    answer.belongTo(this);
    if (view.method == "initialize")
        answer.setSession(session_);
    answer.await();
    if (era_ == Era::Modern) {
        text = withId(text, id);
        if (!waiting.progressToken.empty())
            text = withMeta(text, "progressToken", id);
    }
    exchange_->onClientLine(std::move(text));
}

void HttpConversation::listen(LocalAnswer& answer) {
    if (listening_ != nullptr) {
        listening_->belongTo(nullptr);
        listening_->endStream();
    }
    listening_ = &answer;
    answer.belongTo(this);
    answer.beginStream();
    std::deque<std::string> kept;
    kept.swap(kept_);
    keptBytes_ = 0;
    for (const std::string& line : kept)
        answer.say(line);
}

void HttpConversation::gone(LocalAnswer& answer) {
    if (listening_ == &answer)
        listening_ = nullptr;
    const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                    [&](const auto& entry) { return entry.second.answer == &answer; });
    if (found == waiting_.end())
        return;
    const std::string id = found->first;
    if (era_ == Era::Legacy) {
        // The end of a connection is no cancellation there; whoever wants that says so.
        found->second.answer = nullptr;
        return;
    }
    waiting_.erase(found);
    JsonMembers params;
    params.set("requestId", id);
    exchange_->onClientLine(notificationText("notifications/cancelled", params.dump()));
    drained();
}

bool HttpConversation::mayGoOn() const {
    std::size_t unsent = listening_ == nullptr ? 0 : listening_->unsent();
    for (const auto& [id, request] : waiting_)
        unsent += request.answer == nullptr ? 0 : request.answer->unsent();
    return unsent <= fullOutput;
}

void HttpConversation::drained() {
    if (!full_ || !mayGoOn())
        return;
    full_ = false;
    exchange_->onClientDrained();
}

bool HttpConversation::deliver(std::string line) {
    const Result<MessageView> view = reader_.read(line);
    if (!view)
        return true; // our own: it cannot be
    const bool answer = view->kind == MessageView::Kind::Result || view->kind == MessageView::Kind::Failure;
    const auto request = answer ? waiting_.find(view->id) : waiting_.end();
    if (request != waiting_.end())
        answerWith(request, *view, std::move(line));
    else if (!answer)
        pass(*view, std::move(line));
    full_ = !mayGoOn();
    return !full_;
}

void HttpConversation::answerWith(Requests::iterator request, const MessageView& view, std::string line) {
    const Waiting waiting = std::move(request->second);
    waiting_.erase(request);
    lastUsed_ = parts_.timers.now();
    const bool refused = waiting.method == "initialize" && view.kind == MessageView::Kind::Failure;
    if (waiting.answer != nullptr) {
        waiting.answer->belongTo(nullptr);
        if (refused)
            waiting.answer->setSession({});
        waiting.answer->finish(era_ == Era::Modern ? withId(line, waiting.id) : line, statusOf(era_, view));
    }
    if (refused)
        close();
    if (expired_ && waiting_.empty())
        leaveExchange();
}

void HttpConversation::pass(const MessageView& view, std::string line) {
    if (view.method == "notifications/progress") {
        const std::string token = paramOf(line, "progressToken").value_or("");
        const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& entry) {
            return era_ == Era::Modern ? entry.first == token : entry.second.progressToken == token;
        });
        if (found == waiting_.end() || token.empty())
            return;
        if (era_ == Era::Modern)
            line = withParam(line, "progressToken", found->second.progressToken);
        return passToRequest(found->first, std::move(line));
    }
    if (const std::optional<std::string> subscription = metaOf(line, meta::subscriptionId)) {
        const auto found = waiting_.find(*subscription);
        return found == waiting_.end()
                   ? void()
                   : passToRequest(found->first, withMeta(line, meta::subscriptionId, found->second.id));
    }
    if (era_ == Era::Modern) {
        if (waiting_.size() == 1) // else nobody can tell whose it is
            passToRequest(waiting_.begin()->first, std::move(line));
        return;
    }
    LocalAnswer* const call = latest();
    LocalAnswer* const to =
        listening_ != nullptr && (call == nullptr || isForSession(view.method)) ? listening_ : call;
    if (to != nullptr)
        to->say(line);
    else
        keep(std::move(line));
}

void HttpConversation::passToRequest(const std::string& id, std::string line) {
    LocalAnswer* const answer = waiting_.at(id).answer;
    if (answer != nullptr)
        answer->say(line);
}

LocalAnswer* HttpConversation::latest() const {
    const Waiting* last = nullptr;
    for (const auto& [id, request] : waiting_) {
        if (request.answer != nullptr && request.answer->canStream() && request.method != "initialize" &&
            (last == nullptr || request.order > last->order))
            last = &request;
    }
    return last == nullptr ? nullptr : last->answer;
}

void HttpConversation::keep(std::string line) {
    if (kept_.size() >= mostKept || keptBytes_ + line.size() > mostKeptBytes)
        return;
    keptBytes_ += line.size();
    kept_.push_back(std::move(line));
}

void HttpConversation::endAnswers() {
    Requests lost;
    lost.swap(waiting_);
    for (const auto& [id, request] : lost) {
        if (request.answer == nullptr)
            continue;
        request.answer->belongTo(nullptr);
        request.answer->finish(errorText(request.id, invalidRequest, "the session has ended"), 404);
    }
    if (LocalAnswer* const stream = std::exchange(listening_, nullptr)) {
        stream->belongTo(nullptr);
        stream->endStream();
    }
}

void HttpConversation::close() {
    if (std::exchange(closing_, true))
        return;
    endAnswers();
    exchange_->close([this] { burial_ = parts_.timers.soon([this] { over_(); }); });
}

void HttpConversation::finish() {
    // Its exchange says so from inside.
    burial_ = parts_.timers.soon([this] { over_(); });
}

void HttpConversation::onExchangeEnd(const std::string& message) {
    exchange_->end(message);
}

void HttpConversation::onExchangeExpired() {
    expired_ = true;
    if (LocalAnswer* const stream = std::exchange(listening_, nullptr)) {
        stream->belongTo(nullptr);
        stream->endStream();
    }
    std::vector<std::string> standing;
    for (const auto& [id, request] : waiting_) {
        if (request.method == "subscriptions/listen")
            standing.push_back(id);
    }
    for (const std::string& id : standing) {
        LocalAnswer* const answer = waiting_.at(id).answer;
        if (answer == nullptr)
            continue;
        answer->belongTo(nullptr);
        gone(*answer);
        answer->endStream();
    }
    if (waiting_.empty())
        leaveExchange();
}

} // namespace keybearer
