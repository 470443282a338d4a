#include "broker/gateway/proxy/SessionRevival.h"

#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/upstream/HeaderValue.h"

namespace keybearer {

namespace {

constexpr std::size_t longestAnswer = 1024 * 1024; // to initialize
constexpr std::size_t longestSession = 1024;
constexpr std::chrono::seconds patience{10}; // of each of the two steps

// The revision that the server chose, out of its answer as JSON or as an event.
std::string revisionIn(std::string_view answer) {
    const std::size_t brace = answer.find('{');
    if (brace == std::string_view::npos)
        return {};
    return JsonMembers::ofBeginning(answer.substr(brace))
        .object("result")
        .text("protocolVersion")
        .value_or("");
}

} // namespace

SessionRevival::SessionRevival(std::shared_ptr<AdmittedExchange> exchange, EventTimers& timers,
                               UpstreamStarter& upstream, std::string initialize,
                               std::vector<HttpField> fields, Done done)
    : exchange_(std::move(exchange)), timers_(timers), upstream_(upstream),
      initialize_(std::move(initialize)), fields_(std::move(fields)), done_(std::move(done)) {}

SessionRevival::~SessionRevival() {
    *alive_ = false;
}

void SessionRevival::start() {
    send();
}

void SessionRevival::send() {
    AuthorizationTarget target;
    target.method = "POST";
    target.url = exchange_->terms.url;
    target.operation = initialized_ ? "notifications/initialized" : "initialize";
    exchange_->authorizer.authorize(target, [this, alive = alive_](Result<Authorizer::Fields> fields) {
        if (!*alive)
            return;
        if (fields && !exchange_->ended)
            return sent(*fields);
        soon_ = timers_.soon([this] { finish(false); });
    });
}

void SessionRevival::sent(const std::vector<HttpField>& authorization) {
    UpstreamRequest request;
    request.url = exchange_->terms.url;
    request.fields = fields_;
    request.fields.insert(request.fields.end(), authorization.begin(), authorization.end());
    request.body = std::make_shared<const std::string>(
        initialized_ ? notificationText("notifications/initialized") : initialize_);
    request.headTimeout = std::min<std::chrono::milliseconds>(patience, exchange_->terms.timeout);
    request.proxy = exchange_->terms.proxy;
    request.noProxy = exchange_->terms.noProxy;
    request.caFile = exchange_->terms.caFile;
    request.verbatim = true;
    accepted_ = false;
    answer_.clear();
    call_ = upstream_.call(std::move(request), *this);
}

void SessionRevival::onHead(const UpstreamHead& head) {
    accepted_ = head.status >= 200 && head.status < 300;
    if (!initialized_)
        session_ = head.field("mcp-session-id");
    if (!accepted_ || session_.empty() || session_.size() > longestSession || !isFieldValue(session_))
        finish(false);
}

bool SessionRevival::onBody(std::string_view bytes) {
    if (initialized_)
        return true;
    if (answer_.size() + bytes.size() > longestAnswer) {
        finish(false);
        return true;
    }
    answer_.append(bytes);
    const bool event =
        answer_.find("\n\n") != std::string::npos || answer_.find("\r\n\r\n") != std::string::npos;
    if (event && answer_.find("\"result\"") != std::string::npos)
        stepped(); // a stream; what else comes on it is for nobody
    return true;
}

void SessionRevival::onEnd(UpstreamEnd end) {
    if (end.error || !accepted_)
        return finish(false);
    stepped();
}

void SessionRevival::stepped() {
    if (initialized_)
        return finish(true);
    const std::string revision = revisionIn(answer_);
    if (revision.empty() || !isFieldValue(revision))
        return finish(false);
    initialized_ = true;
    std::erase_if(fields_, [](const HttpField& field) {
        return field.first == "mcp-protocol-version" || field.first == "mcp-session-id";
    });
    fields_.emplace_back("mcp-protocol-version", revision);
    fields_.emplace_back("mcp-session-id", session_);
    call_.reset();
    send();
}

void SessionRevival::finish(bool good) {
    call_.reset();
    const Done done = std::move(done_);
    done(good ? std::optional<std::string>(session_) : std::nullopt);
}

} // namespace keybearer
