#include "broker/gateway/local/LocalEndpoint.h"

#include "broker/base/Random.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::seconds sweepPeriod{60};
constexpr std::size_t sessionBytes = 16; // random
constexpr int accepted = 202;
constexpr int noContent = 204;
constexpr int badRequest = 400;
constexpr int notFound = 404;
constexpr int notAllowed = 405;
constexpr int notAcceptable = 406;
constexpr int unavailable = 503;
constexpr int invalidRequest = -32600;
constexpr int noSession = -32001; // as the reference servers say it

std::string problem(int code, std::string_view text, std::string_view id = "null") {
    return errorText(id, code, text);
}

// What makes two requests of 2026-07-28 the same client's.
std::string clientKey(const AdmittedExchange& exchange, const HttpMessage& message) {
    const JsonMembers params = JsonMembers::of(message.text).value_or(JsonMembers()).object("params");
    const JsonMembers meta = params.object("_meta");
    std::string out = exchange.owner;
    for (const char* key : {meta::clientInfo, meta::clientCapabilities})
        out.append(1, '\0').append(meta.find(key).value_or(""));
    return hex(sha256(out));
}

} // namespace

LocalEndpoint::~LocalEndpoint() = default;

std::unique_ptr<Answerer> LocalEndpoint::serve(ServedRequest& request,
                                               std::shared_ptr<AdmittedExchange> exchange) {
    auto answer = std::make_unique<LocalAnswer>(*this, parts_.timers, request, std::move(exchange));
    answer->start();
    return answer;
}

void LocalEndpoint::take(LocalAnswer& answer, std::string body) {
    auto message = readHttpMessage(answer.head(), std::move(body), reader_);
    if (!message)
        return answer.finish(message.error().body, message.error().status);
    if (message->era == Era::Modern)
        takeModern(answer, std::move(*message));
    else
        takeLegacy(answer, std::move(*message));
}

void LocalEndpoint::takeModern(LocalAnswer& answer, HttpMessage message) {
    if (message.view.kind == MessageView::Kind::Notification)
        return answer.finishEmpty(accepted); // there is none that means anything to a server
    if (message.view.kind != MessageView::Kind::Request)
        return answer.finish(problem(invalidRequest, "nothing was asked"), badRequest);
    const std::string key = clientKey(*answer.exchange(), message);
    const std::string& service = answer.exchange()->terms.service;
    const auto found = std::find_if(conversations_.begin(), conversations_.end(), [&](const Entry& entry) {
        return entry.key == key && entry.service == service && !entry.conversation->isClosing();
    });
    HttpConversation* const conversation =
        found != conversations_.end() ? found->conversation.get() : begin(answer, Era::Modern, {}, key);
    if (conversation == nullptr)
        return;
    conversation->use(answer.exchange());
    if (conversation->isFull())
        return answer.finish(problem(invalidRequest, "too much is open", message.view.id), unavailable);
    conversation->request(answer, message.view, std::move(message.text));
}

void LocalEndpoint::takeLegacy(LocalAnswer& answer, HttpMessage message) {
    const bool request = message.view.kind == MessageView::Kind::Request;
    const bool opens = request && message.view.method == "initialize";
    HttpConversation* const conversation =
        opens ? begin(answer, Era::Legacy, randomToken(sessionBytes), {}) : sessionOf(answer);
    if (conversation == nullptr)
        return;
    conversation->use(answer.exchange());
    if (!request) {
        conversation->tell(std::move(message.text));
        return answer.finishEmpty(accepted);
    }
    if (conversation->isFull())
        return answer.finish(problem(invalidRequest, "too much is open", message.view.id), unavailable);
    conversation->request(answer, message.view, std::move(message.text));
}

HttpConversation* LocalEndpoint::sessionOf(LocalAnswer& answer) {
    const std::string_view session = answer.head().field("mcp-session-id");
    if (session.empty()) {
        answer.finish(problem(invalidRequest, "Mcp-Session-Id is missing"), badRequest);
        return nullptr;
    }
    for (const Entry& entry : conversations_) {
        // A session of another client is none.
        if (!entry.conversation->isClosing() && entry.conversation->session() == session &&
            entry.conversation->belongsTo(*answer.exchange()))
            return entry.conversation.get();
    }
    answer.finish(problem(noSession, "Session not found"), notFound);
    return nullptr;
}

HttpConversation* LocalEndpoint::begin(LocalAnswer& answer, Era era, std::string session, std::string key) {
    const std::string service = answer.exchange()->terms.service;
    if (!makeRoom(service)) {
        answer.finish(problem(invalidRequest, "too many sessions are open"), unavailable);
        return nullptr;
    }
    const auto place = conversations_.emplace(conversations_.end());
    place->service = service;
    place->key = std::move(key);
    place->conversation = std::make_unique<HttpConversation>(
        parts_, era, std::move(session), answer.exchange(), [this, place] { conversations_.erase(place); });
    if (sweeper_ == nullptr)
        sweepLater();
    return place->conversation.get();
}

bool LocalEndpoint::makeRoom(const std::string& service) {
    std::size_t count = 0;
    auto oldest = conversations_.end();
    for (auto entry = conversations_.begin(); entry != conversations_.end(); ++entry) {
        if (entry->service != service)
            continue;
        ++count;
        if (entry->conversation->isIdle() &&
            (oldest == conversations_.end() ||
             entry->conversation->lastUsed() < oldest->conversation->lastUsed()))
            oldest = entry;
    }
    if (count < mostSessions)
        return true;
    if (oldest == conversations_.end())
        return false;
    conversations_.erase(oldest);
    return true;
}

void LocalEndpoint::sweepLater() {
    sweeper_ = parts_.timers.after(sweepPeriod, [this] {
        const auto now = parts_.timers.now();
        for (const Entry& entry : conversations_) {
            if (entry.conversation->isIdle() && now - entry.conversation->lastUsed() >= idleLimit)
                entry.conversation->close();
        }
        if (conversations_.empty())
            sweeper_.reset();
        else
            sweepLater();
    });
}

void LocalEndpoint::listen(LocalAnswer& answer) {
    if (eraOf(answer.head()) == Era::Modern)
        return answer.finishEmpty(notAllowed);
    if (!takesStreams(answer.head()))
        return answer.finish(problem(invalidRequest, "Accept does not name text/event-stream"),
                             notAcceptable);
    HttpConversation* const conversation = sessionOf(answer);
    if (conversation == nullptr)
        return;
    conversation->use(answer.exchange());
    conversation->listen(answer);
}

void LocalEndpoint::end(LocalAnswer& answer) {
    if (eraOf(answer.head()) == Era::Modern)
        return answer.finishEmpty(notAllowed);
    HttpConversation* const conversation = sessionOf(answer);
    if (conversation == nullptr)
        return;
    conversation->close();
    answer.finishEmpty(noContent);
}

bool LocalEndpoint::notified(const std::string& method, const Json& params) {
    const std::string name = stringAt(params, "exchange").value_or("");
    bool found = false;
    for (const Entry& entry : conversations_) {
        McpExchange& exchange = entry.conversation->exchange();
        if (exchange.name() != name)
            continue;
        found = true;
        if (method == "exchange.stale")
            exchange.stale();
        else if (method == "exchange.signin")
            exchange.signedIn(stringAt(params, "signin_id").value_or(""),
                              stringAt(params, "state").value_or(""));
    }
    return found;
}

} // namespace keybearer
