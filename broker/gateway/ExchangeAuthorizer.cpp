#include "broker/gateway/ExchangeAuthorizer.h"

#include "broker/base/Text.h"
#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/protocol/BearerChallenge.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr int mostUnauthorized = 1; // repetitions of a request after a 401
constexpr int mostForbidden = 2;    // step-ups a request (T-31)
constexpr int mostNonces = 2;       // a server may change its nonce between two requests
constexpr int mostRounds = 3;       // questions for one token while the broker keeps calling it stale
constexpr std::size_t longestOperation = 64;
constexpr std::chrono::seconds streamPeriod{60};
constexpr std::size_t longestNonce = 512;
constexpr std::size_t longestUserValue = 512; // of a name or an address; a longer one is left out
// The broker waits for the person as long as it was told; this much later it counts as dead.
constexpr std::chrono::seconds slack{30};
constexpr std::chrono::seconds proofPatience{30};
// A token is not sent in its last moments: it would expire on its way.
constexpr std::chrono::seconds tooLate{5};
constexpr std::chrono::seconds longestLife{24 * 3600};

bool startsWith(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

bool isHandshake(const AuthorizationTarget& target) {
    return startsWith(target.operation, "initialize") || startsWith(target.operation, "server/discover");
}

bool isDpopNonce(const AuthorizationChallenge& challenge) {
    return !challenge.dpopNonce.empty() && challenge.dpopNonce.size() <= longestNonce &&
           isVisibleAscii(challenge.dpopNonce);
}

Error refusal(const AuthorizationTarget& target, int status) {
    return Error(ErrorCode::ProviderError,
                 "the server answered " + std::to_string(status) + " to " +
                     displaySafe(target.operation.empty() ? target.method : target.operation, 80),
                 "Look whether this account may do that; signing in again does not change it.");
}

// The server has been given more twice and wants more still (T-31).
Error stillTooLittle(const AuthorizationTarget& target, const std::string& scope) {
    Error error(ErrorCode::InsufficientScope,
                "the server wants more for " + displaySafe(target.operation, 80) +
                    " than two sign-ins have brought",
                "Look which scopes this account may have; signing in again does not change it.");
    error.details.emplace_back("required", splitWords(scope));
    return error;
}

bool isFieldName(const std::string& name) {
    return !name.empty() && name.size() <= 128 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

// Who the account belongs to, in words that a header can hold.
Authorizer::Fields userFields(const Json& answer) {
    Authorizer::Fields fields;
    const auto user = answer.find("user");
    if (user == answer.end() || !user->is_object())
        return fields;
    for (const auto& [key, name] :
         {std::pair("id", "x-user-id"), std::pair("email", "x-user-email"), std::pair("name", "x-user-name"),
          std::pair("provider", "x-user-provider"), std::pair("method", "x-auth-method")}) {
        const std::optional<std::string> value = stringAt(*user, key);
        if (value && !value->empty() && value->size() <= longestUserValue)
            fields.emplace_back(name, mcpHeaderValue(*value));
    }
    return fields;
}

} // namespace

ExchangeAuthorizer::ExchangeAuthorizer(const ExchangeTerms& terms, CorePort& core, EventTimers& timers)
    : terms_(terms), core_(core), timers_(timers) {}

ExchangeAuthorizer::~ExchangeAuthorizer() {
    *alive_ = false;
}

void ExchangeAuthorizer::setClient(std::string name, std::string version) {
    client_ = Json{{"name", displaySafe(name, 100)}, {"version", displaySafe(version, 50)}};
}

void ExchangeAuthorizer::forget() {
    ++epoch_;
    tokens_.clear();
}

std::string ExchangeAuthorizer::keyOf(const AuthorizationTarget& target) const {
    return terms_.toolRules ? target.tool : std::string();
}

bool ExchangeAuthorizer::isQuiet(const AuthorizationTarget& target) const {
    if (isHandshake(target))
        return !somebodyWaits_;
    return target.requestId.empty() || startsWith(target.operation, "notifications/") ||
           startsWith(target.operation, "subscriptions/");
}

ExchangeAuthorizer::Count& ExchangeAuthorizer::countOf(const AuthorizationTarget& target) {
    if (!target.requestId.empty())
        return counts_[target.requestId];
    // No id looks like this. Streams and notifications share a count that starts anew every minute.
    Count& count = counts_["stream " + target.operation.substr(0, longestOperation)];
    if (timers_.now() - count.since > streamPeriod) {
        count = Count();
        count.since = timers_.now();
    }
    return count;
}

const ExchangeAuthorizer::Token* ExchangeAuthorizer::held(const std::string& key) const {
    const auto found = tokens_.find(key);
    return found == tokens_.end() || found->second.until <= timers_.now() ? nullptr : &found->second;
}

void ExchangeAuthorizer::authorize(const AuthorizationTarget& target, Completion<Fields> done) {
    const std::string key = keyOf(target);
    if (held(key) != nullptr)
        return apply(target, std::move(done));
    const auto pending = pending_.find(key);
    const bool quiet = isQuiet(target);
    const bool known = terms_.authorized || terms_.toolRules || tokens_.contains(key);
    if (!known && (quiet || pending == pending_.end())) {
        done(Fields()); // the server has not asked for anything yet
        return;
    }
    const AuthorizationChallenge* challenge = pending == pending_.end() || quiet ? nullptr : &pending->second;
    Json params = question(target, challenge, Json());
    if (challenge != nullptr)
        pending_.erase(pending);
    fetch(key, std::move(params), [this, target, done = std::move(done)](Result<void> fetched) {
        if (!fetched)
            return done(failure(std::move(fetched.error())));
        apply(target, done);
    });
}

void ExchangeAuthorizer::apply(const AuthorizationTarget& target, Completion<Fields> done) {
    const Token* token = held(keyOf(target));
    if (token == nullptr)
        return done(failure(ErrorCode::AuthorizationRequired, "the token was withdrawn while it was wanted"));
    countOf(target).serial = token->serial;
    if (token->scheme == "none")
        return done(token->user);
    if (token->scheme == "DPoP")
        return prove(target, *token, std::move(done));
    Fields fields = token->user;
    const bool bearer = token->scheme != "header";
    HttpField& field = fields.emplace_back(bearer ? "Authorization" : token->header, bearer ? "Bearer " : "");
    token->value.appendTo(field.second);
    done(std::move(fields));
}

void ExchangeAuthorizer::prove(const AuthorizationTarget& target, const Token& token,
                               Completion<Fields> done) {
    Json params{{"exchange", terms_.exchange},
                {"serial", token.serial},
                {"method", target.method},
                {"url", target.url}};
    if (!nonce_.empty())
        params["nonce"] = nonce_;
    const std::string key = keyOf(target);
    core_.request("exchange.proof", std::move(params), proofPatience,
                  [this, alive = alive_, key, done = std::move(done)](Result<Json> answer) {
                      if (!*alive)
                          return;
                      if (!answer)
                          return done(failure(std::move(answer.error())));
                      const std::optional<std::string> proof = stringAt(*answer, "proof");
                      const Token* held = this->held(key);
                      if (!proof || !isVisibleAscii(*proof) || held == nullptr)
                          return done(failure(ErrorCode::InternalError, "there is no proof for the token"));
                      Fields fields{{"Authorization", "DPoP "}, {"DPoP", *proof}};
                      held->value.appendTo(fields.front().second);
                      done(std::move(fields));
                  });
}

Json ExchangeAuthorizer::question(const AuthorizationTarget& target, const AuthorizationChallenge* challenge,
                                  const Json& sent) const {
    Json params{{"exchange", terms_.exchange}};
    if (!target.tool.empty())
        params["tool"] = target.tool;
    if (!target.operation.empty())
        params["operation"] = target.operation;
    if (!client_.is_null())
        params["client"] = client_;
    if (isQuiet(target))
        params["interactive"] = false;
    if (!sent.is_null())
        params["sent"] = sent;
    if (challenge == nullptr)
        return params;
    Json& said = params["challenge"] = Json{{"status", challenge->status}};
    if (const auto chosen = chosenChallenge(challenge->wwwAuthenticate)) {
        said["scheme"] = chosen->scheme == BearerChallenge::Scheme::Dpop ? "DPoP" : "Bearer";
        if (!chosen->error.empty())
            said["error"] = chosen->error;
        if (!chosen->scope.empty())
            said["scope"] = chosen->scope;
        if (!chosen->resourceMetadata.empty())
            said["resource_metadata"] = chosen->resourceMetadata;
    }
    return params;
}

void ExchangeAuthorizer::fetch(const std::string& key, Json params, Waiter done) {
    const std::string slot = (params.contains("interactive") ? "q:" : "w:") + key;
    Fetch& fetch = fetches_[slot];
    fetch.waiters.push_back(std::move(done));
    if (fetch.waiters.size() > 1)
        return; // one question at a time; what it brings is for all of them
    fetch.params = std::move(params);
    fetch.rounds = 0;
    send(slot, key);
}

void ExchangeAuthorizer::send(const std::string& slot, const std::string& key) {
    Fetch& fetch = fetches_[slot];
    fetch.epoch = epoch_;
    ++fetch.rounds;
    core_.request("exchange.token", fetch.params, terms_.wait + slack,
                  [this, alive = alive_, slot, key](Result<Json> answer) {
                      if (*alive)
                          arrived(slot, key, std::move(answer));
                  });
}

void ExchangeAuthorizer::arrived(const std::string& slot, const std::string& key, Result<Json> answer) {
    Fetch& fetch = fetches_[slot];
    // A person's no is the answer, whatever came or went meanwhile: nobody is asked twice in a row.
    const bool denied = !answer && answer.error().code == ErrorCode::ConsentDenied;
    if (!denied && fetch.epoch != epoch_ && fetch.rounds < mostRounds) {
        if (answer)
            wipeJson(*answer);
        return send(slot, key);
    }
    Result<void> outcome;
    if (!answer) {
        outcome = failure(std::move(answer.error()));
    } else {
        Token token;
        token.serial = answer->value("serial", Json());
        token.scheme = stringAt(*answer, "scheme").value_or("");
        token.header = stringAt(*answer, "header").value_or("");
        std::string value = stringAt(*answer, "value").value_or("");
        const auto life =
            std::clamp<std::int64_t>(integerAt(*answer, "valid_seconds").value_or(0), 0, longestLife.count());
        // One that is about to expire is used once: for the request that waits for it.
        token.until = timers_.now() + std::max(std::chrono::seconds(life) - tooLate, std::chrono::seconds(1));
        const bool good = isVisibleAscii(value) && (token.scheme != "header" || isFieldName(token.header)) &&
                          (token.scheme == "none" || !value.empty());
        token.value = SealedSecret(Secret::takeFrom(value));
        if (terms_.userHeaders)
            token.user = userFields(*answer);
        wipeJson(*answer);
        if (good)
            tokens_[key] = std::move(token);
        else
            outcome = failure(ErrorCode::InternalError, "the broker's token cannot be sent in a header");
    }
    const std::vector<Waiter> waiters = std::move(fetch.waiters);
    fetches_.erase(slot);
    const std::shared_ptr<bool> alive = alive_;
    for (const Waiter& waiter : waiters) {
        if (*alive)
            waiter(outcome);
    }
}

void ExchangeAuthorizer::later(std::function<void()> call) {
    const std::string name = std::to_string(++lastSoon_);
    soon_[name] = timers_.soon([this, name, call = std::move(call)] {
        const std::unique_ptr<EventTimer> self = std::move(soon_[name]);
        soon_.erase(name);
        call();
    });
}

void ExchangeAuthorizer::challenged(const AuthorizationTarget& target, AuthorizationChallenge challenge,
                                    Completion<void> done) {
    Count& count = countOf(target);
    const auto chosen = chosenChallenge(challenge.wwwAuthenticate);
    if (isDpopNonce(challenge) && nonce_ != challenge.dpopNonce && count.nonces < mostNonces &&
        (challenge.status != 403 || (chosen && chosen->error == "use_dpop_nonce"))) {
        nonce_ = challenge.dpopNonce;
        const Token* token = held(keyOf(target));
        if (token != nullptr && token->scheme == "DPoP" && (!chosen || chosen->error == "use_dpop_nonce")) {
            ++count.nonces;
            return later([done = std::move(done)] { done({}); });
        }
    }
    const bool stepUp = challenge.status == 403 && chosen && chosen->error == "insufficient_scope";
    const bool bare = !count.serial.is_string() || count.serial == "none";
    int& tries = challenge.status != 401 ? count.forbidden : bare ? count.bare : count.unauthorized;
    const bool again =
        challenge.status == 401 ? tries++ < mostUnauthorized : stepUp && tries++ < mostForbidden;
    if (!again) {
        Error error = stepUp ? stillTooLittle(target, chosen->scope) : refusal(target, challenge.status);
        return later([done = std::move(done), error = std::move(error)] { done(failure(error)); });
    }
    refused(target, challenge, std::move(done));
}

void ExchangeAuthorizer::refused(const AuthorizationTarget& target, const AuthorizationChallenge& challenge,
                                 Completion<void> done) {
    const std::string key = keyOf(target);
    const auto known = tokens_.find(key);
    const Json sent = countOf(target).serial;
    // Another request has brought a newer token meanwhile.
    if (const Token* token = held(key); token != nullptr && challenge.status == 401 && token->serial != sent)
        return later([done = std::move(done)] { done({}); });
    Json params = question(target, &challenge, sent);
    if (known != tokens_.end())
        known->second.until = EventTimers::Instant(); // not used again, and known to have been there
    const bool quiet = isQuiet(target);
    fetch(key, std::move(params),
          [this, key, quiet, challenge, done = std::move(done)](Result<void> fetched) {
              if (!fetched && quiet)
                  pending_.insert_or_assign(key, challenge);
              done(std::move(fetched));
          });
}

} // namespace keybearer
