#include "broker/gatekeeper/CoreDesk.h"

#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

namespace keybearer {

namespace {

constexpr std::size_t longestWord = 256;   // tool, operation
constexpr std::size_t longestScope = 4096; // of a challenge
constexpr std::size_t longestUrl = 8192;
constexpr std::chrono::seconds localValid{300}; // then the permission is looked at again

// A member that comes from a server by way of the gateway: cut, and empty where it is none.
std::string textOf(const Json& object, const char* key, std::size_t limit) {
    return stringAt(object, key).value_or("").substr(0, limit);
}

TokenNeed needFrom(const Json& params) {
    TokenNeed need;
    need.tool = textOf(params, "tool", longestWord);
    need.operation = textOf(params, "operation", longestWord);
    need.sent = textOf(params, "sent", longestWord);
    need.interactive = booleanAt(params, "interactive").value_or(true);
    const auto challenge = params.find("challenge");
    if (challenge == params.end() || !challenge->is_object())
        return need;
    need.challenged = true;
    need.status = static_cast<int>(integerAt(*challenge, "status").value_or(401));
    need.scheme = textOf(*challenge, "scheme", longestWord);
    need.error = textOf(*challenge, "error", longestWord);
    need.scope = textOf(*challenge, "scope", longestScope);
    need.resourceMetadata = textOf(*challenge, "resource_metadata", longestUrl);
    return need;
}

} // namespace

CoreDesk::CoreDesk(Setup setup, GatewayProcess& process, Tickets& tickets, Exchanges& exchanges,
                   UpstreamAccess& access)
    : setup_(std::move(setup)), process_(process), tickets_(tickets), exchanges_(exchanges), access_(access) {
    const auto mine = [this](auto method) {
        return [this, method](const Json& params, const Answer& answer) { (this->*method)(params, answer); };
    };
    serve("exchange.open", mine(&CoreDesk::openExchange));
    serve("exchange.token", mine(&CoreDesk::token));
    serve("exchange.proof", mine(&CoreDesk::proof));
    notice("exchange.closed", [this](const Json& params) { closed(params); });
}

CoreDesk::~CoreDesk() {
    wipeJson(setup_.network);
}

void CoreDesk::configure(std::chrono::seconds wait, Json network) {
    setup_.wait = wait;
    wipeJson(setup_.network);
    setup_.network = std::move(network);
}

std::optional<Error> CoreDesk::withheld() const {
    return setup_.withheld ? setup_.withheld() : std::nullopt;
}

void CoreDesk::onProcessEnded() {
    ++generation_;
    open_ = 0;
}

void CoreDesk::onLine(const std::string& line) {
    Result<RpcRequest> request = parseRequest(line);
    if (!request)
        return process_.punish("it sent what is no request");
    if (!request->id.empty() && open_ >= mostOpen)
        return process_.punish("it asks more than it can use");
    if (request->id.empty()) {
        if (const auto noticed = noticed_.find(request->method); noticed != noticed_.end())
            noticed->second(request->params);
        return;
    }
    const Answer answer = answerTo(request->id);
    if (const auto served = served_.find(request->method); served != served_.end())
        served->second(request->params, answer);
    else
        answer(failure(ErrorCode::MethodNotFound, "there is no method " + displaySafe(request->method, 64)));
    wipeJson(request->params); // what clients show is in it
}

CoreDesk::Answer CoreDesk::answerTo(const std::string& id) {
    ++open_;
    return {[this, id, generation = generation_](const Result<Json>& result,
                                                 const std::vector<int>& descriptors) {
        if (generation != generation_)
            return;
        --open_;
        if (!result)
            return process_.send(errorLine(id, result.error()));
        std::string text = dumpJson(*result);
        std::string whole = resultLine(id, text);
        process_.send(whole, descriptors);
        wipe(text); // it may hold a token
        wipe(whole);
    }};
}

Result<Exchange*> CoreDesk::exchangeOf(const Json& params) {
    if (Exchange* exchange = exchanges_.find(stringAt(params, "exchange").value_or("")))
        return exchange;
    return failure(ErrorCode::InvalidRequest, "there is no such exchange");
}

void CoreDesk::openExchange(const Json& params, const Answer& answer) {
    Result<Tickets::Admitted> admitted = tickets_.redeem(stringAt(params, "ticket").value_or(""));
    if (!admitted)
        return answer(tl::unexpected(admitted.error()));
    const Result<Exchange*> exchange = exchanges_.open(std::move(*admitted));
    if (!exchange)
        return answer(tl::unexpected(exchange.error()));
    answer(termsOf(**exchange));
}

Json CoreDesk::termsOf(const Exchange& exchange) const {
    const McpTarget& target = exchange.target;
    return Json{{"exchange", exchange.id},
                {"service", target.name},
                {"url", target.url},
                {"authorized", target.local || access_.isSignedIn(exchange)},
                {"local", target.local},
                {"tool_rules", access_.tokensGoByTool(exchange)},
                {"timeout_seconds", target.timeout.count()},
                {"pins", pinsWord(target.pins)},
                {"wait_seconds", setup_.wait.count()},
                {"network", setup_.network}};
}

void CoreDesk::token(const Json& params, const Answer& answer) {
    const Result<Exchange*> exchange = exchangeOf(params);
    if (!exchange)
        return answer(tl::unexpected(exchange.error()));
    if (const auto client = params.find("client"); client != params.end())
        (*exchange)->claimedName = displaySafe(stringAt(*client, "name").value_or(""), 64);
    if (const std::optional<Error> why = withheld())
        return answer(failure(*why));
    const std::string id = (*exchange)->id;
    if ((*exchange)->target.local)
        return permit(**exchange, needFrom(params).interactive, answer);
    access_.token(**exchange, needFrom(params), [this, answer, id](Result<UpstreamToken> token) {
        if (!token) {
            answer(tl::unexpected(token.error()));
            if (refused_)
                refused_(id, token.error());
            return;
        }
        Json result{{"serial", token->serial},
                    {"scheme", token->scheme},
                    {"value", token->value.reveal()},
                    {"valid_seconds", token->validFor.count()}};
        if (!token->header.empty())
            result["header"] = token->header;
        if (const Exchange* open = exchanges_.find(id);
            open != nullptr && open->route && open->route->userHeaders)
            result["user"] = access_.personOf(*open, token->serial);
        answer(result);
        wipeJson(result);
    });
}

void CoreDesk::proof(const Json& params, const Answer& answer) {
    const Result<Exchange*> exchange = exchangeOf(params);
    if (!exchange)
        return answer(tl::unexpected(exchange.error()));
    if (const std::optional<Error> why = withheld())
        return answer(failure(*why));
    const ProofNeed need{textOf(params, "serial", longestWord), textOf(params, "method", longestWord),
                         textOf(params, "url", longestUrl), textOf(params, "nonce", longestWord)};
    const Result<std::string> proof = access_.proof(**exchange, need);
    if (!proof)
        return answer(tl::unexpected(proof.error()));
    answer(Json{{"proof", *proof}});
}

// No token goes to a program with each request: what comes of it is the permission.
void CoreDesk::permit(Exchange& exchange, bool interactive, const Answer& answer) {
    if (!permit_)
        return answer(failure(ErrorCode::NotFound, "there are no local services"));
    permit_(exchange, interactive, [answer](const Result<void>& permitted) {
        if (!permitted)
            return answer(tl::unexpected(permitted.error()));
        answer(Json{
            {"serial", "local"}, {"scheme", "none"}, {"value", ""}, {"valid_seconds", localValid.count()}});
    });
}

void CoreDesk::closed(const Json& params) {
    exchanges_.close(stringAt(params, "exchange").value_or(""));
}

} // namespace keybearer
