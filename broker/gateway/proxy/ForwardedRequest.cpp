#include "broker/gateway/proxy/ForwardedRequest.h"

#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/door/Answers.h"
#include "broker/gateway/proxy/HeaderRules.h"
#include "broker/gateway/proxy/RefusedRequest.h"
#include "broker/gateway/proxy/ToolOfCall.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace keybearer {

namespace {

constexpr std::size_t gatheredAtOnce = 64 * 1024;          // up to here a body goes out in one piece
constexpr std::size_t keptAtMost = 1024 * 1024;            // for a repetition
constexpr std::size_t toolBodyAtMost = 16 * 1024 * 1024;   // that is read for the tool it calls
constexpr std::size_t mostUnsent = 256 * 1024;             // towards the server; then the client waits
constexpr std::size_t longestBeginning = 1024;             // in which a message shows its id and method
constexpr std::chrono::milliseconds shortestTimeout{1000}; // whatever the configuration says

// One that no other request has while this one lives.
std::string requestName(const void* request) {
    std::array<char, 20> digits{'#'};
    const auto end = std::to_chars(digits.data() + 1, digits.data() + digits.size(),
                                   reinterpret_cast<std::uintptr_t>(request), 16);
    return {digits.data(), end.ptr};
}

// What let the client in has ended between its admission and this request: it is to renew it (RFC 6750).
bool opensNothing(ErrorCode code) {
    return code == ErrorCode::ClientExpired || code == ErrorCode::ClientUnknown ||
           code == ErrorCode::ClientDisabled;
}

} // namespace

ForwardedRequest::ForwardedRequest(const ProxyParts& parts, ProxyCounts& counts, ServedRequest& served,
                                   std::shared_ptr<AdmittedExchange> exchange)
    : parts_(parts), counts_(counts), served_(&served), exchange_(std::move(exchange)) {
    exchange_->tenants.insert(this);
}

ForwardedRequest::~ForwardedRequest() {
    *alive_ = false;
    exchange_->tenants.erase(this);
    exchange_->authorizer.requestEnded(target_.requestId);
    exchange_->lastUsed = parts_.timers.now();
}

void ForwardedRequest::start() {
    const RequestHead& head = served_->head();
    began_ = parts_.timers.now();
    target_.method = head.method;
    target_.url = exchange_->terms.url;
    if (!head.query.empty())
        target_.url.append(target_.url.find('?') == std::string::npos ? "?" : "&").append(head.query);
    modern_ = isModern(head.field("mcp-protocol-version"));
    if (!modern_)
        session_ = serversSession_ = head.field("mcp-session-id");
    if (!session_.empty())
        serversSession_ = parts_.sessions.serversName(*exchange_, session_);
    fields_ = std::make_shared<const std::vector<HttpField>>(fieldsForServer(head));
    bodyEnded_ = head.method != "POST" || head.bodyLength == std::uint64_t{0};
    if (bodyEnded_)
        return gathered();
    read();
}

// --- the request's body ---

std::size_t ForwardedRequest::gathers() const {
    return exchange_->terms.toolRules ? toolBodyAtMost : gatheredAtOnce;
}

void ForwardedRequest::read() {
    if (bodyEnded_ || finished_ || served_ == nullptr || std::exchange(reading_, true))
        return;
    served_->readBody([this, alive = alive_](Result<std::string_view> piece) {
        if (*alive)
            took(std::move(piece));
    });
}

void ForwardedRequest::took(Result<std::string_view> piece) {
    reading_ = false;
    if (finished_ || served_ == nullptr)
        return;
    if (!piece) { // the door says so to the client
        call_.reset();
        finished_ = true;
        return;
    }
    if (piece->empty()) {
        bodyEnded_ = true;
        if (streaming_ && call_)
            call_->feedEnd();
        if (!dispatched_)
            gathered();
        return;
    }
    keep(*piece);
    if (dispatched_) {
        if (streaming_ && call_)
            call_->feed(*piece);
        return pump();
    }
    if (kept_ && served_->head().bodyLength == kept_->size()) { // nothing is to come but its end
        bodyEnded_ = true;
        return gathered();
    }
    if (!overflowed_ && kept_->size() <= gathers())
        return read();
    if (!exchange_->terms.toolRules)
        return gathered();
    refuseWith(413, Error(ErrorCode::InvalidRequest,
                          "the message is longer than 16 MiB, and its account goes by the tool it calls"));
}

void ForwardedRequest::keep(std::string_view bytes) {
    if (overflowed_)
        return;
    if (kept_->size() + bytes.size() <= std::max(keptAtMost, gathers())) {
        kept_->append(bytes);
        return;
    }
    overflowed_ = true;
    beginning_ = kept_->substr(0, longestBeginning);
    kept_.reset();
}

void ForwardedRequest::pump() {
    if (call_ && streaming_ && call_->unsentBytes() < mostUnsent)
        read();
}

void ForwardedRequest::onSent() {
    pump();
}

std::string_view ForwardedRequest::beginning() const {
    if (!kept_)
        return beginning_;
    return bodyEnded_ ? std::string_view(*kept_) : std::string_view(*kept_).substr(0, longestBeginning);
}

// --- on its way ---

void ForwardedRequest::gathered() {
    dispatched_ = true;
    // Not before: the refusal names the request's id.
    if (!session_.empty() && parts_.sessions.standing(*exchange_, session_) == SessionBook::Standing::Foreign)
        return refuseWith(
            404, Error(ErrorCode::NotFound, "there is no such session", "Open one with initialize."));
    describe();
    if (exchange_->terms.toolRules && target_.method == "POST" && !chooseTool())
        return;
    authorize();
}

bool ForwardedRequest::chooseTool() {
    CalledTool called = calledTool(served_->head(), *kept_, parts_.reader);
    if (!called.refusal.empty()) {
        refuseWith(400, std::move(called.refusal));
        return false;
    }
    target_.tool = std::move(called.tool);
    if (!target_.tool.empty())
        target_.operation = std::string("tools/call ").append(target_.tool);
    return true;
}

// What the authorization wants to know: whether somebody waits for an answer, and, where the broker is asked,
// the operation.
void ForwardedRequest::describe() {
    if (target_.method != "POST") {
        target_.operation = target_.method == "GET" ? "stream" : "";
        return;
    }
    const bool known = !exchange_->terms.toolRules && exchange_->authorized;
    if (!known)
        nameOperation();
    const std::string_view said = known ? beginning() : std::string_view(target_.operation);
    const bool waits = !said.empty() && said.find("notifications/") == std::string_view::npos;
    if (waits)
        target_.requestId = requestName(this);
}

void ForwardedRequest::nameOperation() {
    const JsonMembers message = JsonMembers::ofBeginning(beginning());
    target_.operation = message.text("method").value_or("");
    if (target_.operation == "tools/call")
        target_.operation.append(" ").append(message.object("params").text("name").value_or(""));
}

void ForwardedRequest::authorize() {
    exchange_->authorizer.authorize(target_, [this, alive = alive_](Result<Authorizer::Fields> fields) {
        if (!*alive || finished_)
            return;
        if (fields) {
            exchange_->authorized = true;
            return send(std::move(*fields));
        }
        refuseWith(statusFor(fields.error()), fields.error());
    });
}

// With the session as the server has it now.
std::shared_ptr<const std::vector<HttpField>> ForwardedRequest::fieldsUp() {
    if (session_.empty())
        return fields_;
    serversSession_ = parts_.sessions.serversName(*exchange_, session_);
    if (serversSession_ == session_)
        return fields_;
    auto fields = std::make_shared<std::vector<HttpField>>(*fields_);
    for (auto& [name, value] : *fields) {
        if (name == "mcp-session-id")
            value = serversSession_;
    }
    return fields;
}

void ForwardedRequest::send(Authorizer::Fields authorization) {
    const ExchangeTerms& terms = exchange_->terms;
    UpstreamRequest request;
    request.method = target_.method;
    request.url = target_.url;
    request.common = fieldsUp();
    sentProof_ = std::any_of(authorization.begin(), authorization.end(),
                             [](const HttpField& field) { return field.first == "DPoP"; });
    request.fields = std::move(authorization); // no second copy of the token
    streaming_ = !bodyEnded_;
    if (streaming_) {
        request.streamed = true;
        request.length = served_->head().bodyLength;
        request.body = std::make_shared<const std::string>(*kept_);
    } else if (target_.method == "POST") {
        request.body = kept_;
    }
    request.headTimeout = std::max<std::chrono::milliseconds>(terms.timeout, shortestTimeout);
    request.proxy = terms.proxy;
    request.noProxy = terms.noProxy;
    request.caFile = terms.caFile;
    request.repeatable = target_.method == "GET";
    request.verbatim = true;
    dropping_ = false;
    sentAt_ = parts_.timers.now();
    call_ = parts_.upstream.call(std::move(request), *this);
    pump();
}

// --- the two ends ---

void ForwardedRequest::onDrained() {
    if (call_ && served_ != nullptr)
        call_->resume();
}

void ForwardedRequest::refuseWith(int status, const Error& error) {
    if (served_ == nullptr)
        return dropped();
    call_.reset();
    finished_ = true;
    if (!opensNothing(error.code))
        return refuse(*served_, status, error, idShownBy(beginning()));
    refuse(*served_, 401, error, idShownBy(beginning()),
           {{"WWW-Authenticate",
             bearerChallenge(served_->head(), "invalid_token", {exchange_->terms.service})}});
}

void ForwardedRequest::refuseWith(int status, std::string body) {
    call_.reset();
    finished_ = true;
    refuse(*served_, status, std::move(body));
}

} // namespace keybearer
