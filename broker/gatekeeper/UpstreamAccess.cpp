#include "broker/gatekeeper/UpstreamAccess.h"

#include "broker/accounts/ApiKeyHeader.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::seconds longestValid{300}; // then the permission is looked at again
constexpr std::chrono::seconds expiryMargin{10};  // a request on its way must still be taken
constexpr std::size_t mostSerials = 64; // of one exchange; one a tool or account, and their last ones
constexpr const char* noSerial = "none";
constexpr const char* refusedAnew = "401"; // no operation is called so

// As a proof names it: RFC 9449 section 4.2, claim ath.
std::string serialOf(std::string_view token) {
    return base64Url(sha256(token));
}

UpstreamToken noToken() {
    UpstreamToken none;
    none.serial = noSerial;
    return none;
}

Result<UpstreamToken> upstreamToken(const TokenGrant& grant, const Clock& clock) {
    const WallTime now = clock.wall();
    UpstreamToken out;
    out.serial = serialOf(grant.accessToken.reveal());
    out.scheme = grant.tokenType == "DPoP" ? "DPoP" : "Bearer";
    out.validFor = longestValid;
    if (grant.record.accessExpiresAt) {
        const auto left = std::chrono::floor<std::chrono::seconds>(*grant.record.accessExpiresAt - now);
        // Of a short life, half: it is renewed before anybody has to be refused.
        out.validFor =
            std::clamp(std::max(left - expiryMargin, left / 2), std::chrono::seconds(1), longestValid);
    }
    // What allowed it may end sooner: a permission, a client's key, what the policy server said.
    if (grant.warm) {
        const auto left = std::chrono::floor<std::chrono::seconds>(grant.warm->until - clock.boot());
        out.validFor = std::clamp(left, std::chrono::seconds(1), out.validFor);
    }
    if (grant.record.kind != CredentialKind::ApiKey) {
        out.value = grant.accessToken.clone();
        return out;
    }
    const Result<ApiKeyHeader> header = ApiKeyHeader::parse(grant.record.apiKey.header);
    if (!header)
        return tl::unexpected(header.error());
    out.scheme = "header";
    out.header = header->name;
    out.value = header->value(grant.accessToken.reveal());
    return out;
}

Error refusesEverything(const McpTarget& target) {
    const std::string name = displaySafe(target.name, 128);
    return {ErrorCode::ProviderError, name + " refuses the tokens of new sign-ins too",
            "Look whether this account may use it; signing in again is possible with: keybearer login " +
                name};
}

std::vector<std::string> unionOf(std::vector<std::string> scopes, const std::vector<std::string>& more) {
    for (const std::string& scope : more) {
        if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end())
            scopes.push_back(scope);
    }
    return scopes;
}

const char* methodWord(CredentialKind kind) {
    switch (kind) {
    case CredentialKind::SignIn:
        return "oauth";
    case CredentialKind::ClientCredentials:
    case CredentialKind::JwtBearer:
        return "service_account";
    case CredentialKind::Enterprise:
        return "enterprise";
    case CredentialKind::Workload:
        return "workload";
    case CredentialKind::ApiKey:
        return "api_key";
    }
    return "none";
}

bool isEmail(const std::string& label) {
    const std::size_t at = label.find('@');
    return at != 0 && at != std::string::npos && at + 1 < label.size() &&
           label.find('@', at + 1) == std::string::npos && label.find(' ') == std::string::npos;
}

} // namespace

// One question of the gateway on its way.
struct UpstreamAccess::Call {
    Exchange* exchange = nullptr; // null: it was closed meanwhile
    TokenNeed need;
    std::string refused; // serial of the token that the server refused
    Completion<UpstreamToken> done;
    std::optional<std::vector<std::string>> signsIn; // with these scopes, if it waits for a sign-in
    bool signedIn = false;                           // once is enough
    bool over = false;
    QTimer deadline;
};

UpstreamAccess::UpstreamAccess(Rooms rooms) : rooms_(std::move(rooms)), refusals_(rooms_.clock) {}

UpstreamAccess::~UpstreamAccess() = default;

CredentialSelector UpstreamAccess::selectorOf(const Exchange& exchange) const {
    const McpTarget& target = exchange.target;
    CredentialSelector selector;
    if (target.provider.empty())
        selector.resource = target.url;
    else
        selector.provider = target.provider;
    if (!target.account.empty())
        selector.account = target.account;
    return selector;
}

bool UpstreamAccess::isSignedIn(const Exchange& exchange) const {
    return rooms_.registry.select(selectorOf(exchange)).has_value();
}

bool UpstreamAccess::hasToolRules(const Exchange& exchange) const {
    const auto speaksOfTools = [&](const AuthRule& rule) {
        return rule.level != AuthRule::Level::Default && rule.level != AuthRule::Level::Service &&
               (rule.service.empty() || rule.service == exchange.target.name);
    };
    return std::any_of(rooms_.rules.inOrder().begin(), rooms_.rules.inOrder().end(), speaksOfTools);
}

bool UpstreamAccess::tokensGoByTool(const Exchange& exchange) const {
    return rooms_.broker.asksPolicy() || hasToolRules(exchange);
}

void UpstreamAccess::token(Exchange& exchange, const TokenNeed& need, Completion<UpstreamToken> done) {
    if (const Result<void> good = rooms_.confirm(exchange.caller); !good)
        return done(tl::unexpected(good.error()));
    const auto call = std::make_shared<Call>();
    call->exchange = &exchange;
    call->need = need;
    call->refused = need.sent;
    call->done = std::move(done);
    calls_.insert(call);
    call->deadline.setSingleShot(true);
    connect(&call->deadline, &QTimer::timeout, this, [this, weak = std::weak_ptr<Call>(call)] {
        if (const CallPtr waiting = weak.lock())
            onTimeout(waiting);
    });
    call->deadline.start(rooms_.wait);
    if (need.challenged)
        return challenged(call);
    if (isSignedIn(exchange) || (!need.tool.empty() && hasToolRules(exchange)))
        return release(call);
    finish(call, noToken());
}

// The server refused what it got, or wants something.
void UpstreamAccess::challenged(const CallPtr& call) {
    const Result<const Credential*> selected = rooms_.registry.select(selectorOf(*call->exchange));
    if (!selected) {
        if (selected.error().code == ErrorCode::AuthorizationRequired)
            return signIn(call, call->exchange->target.scopes);
        return release(call); // of several, the broker knows which one is for this server
    }
    // It speaks of a token that is not the newest any more, or of none at all.
    const bool ofCurrent = (*selected)->loaded && !call->need.sent.empty() &&
                           serialOf((*selected)->accessToken.open().reveal()) == call->need.sent;
    if (!ofCurrent)
        return release(call);
    if (call->need.status == 403 || call->need.error == "insufficient_scope")
        return stepUp(call, **selected);
    recheck(call, **selected);
}

// A server that refuses a token may trust another authorization server by now; then renewing it would send
// our secrets to the wrong one (SEC-C-23). Looked at once for each token.
void UpstreamAccess::recheck(const CallPtr& call, const Credential& credential) {
    if (call->exchange->target.fixedProvider || !refusals_.isNews(credential.record.id, call->need.sent))
        return renew(call, credential);
    rooms_.recheck(call->exchange->target, call->need,
                   [this, call, id = credential.record.id](const Result<std::string>& /*looked*/) {
                       if (call->over || call->exchange == nullptr)
                           return;
                       call->need.sent.clear(); // it has been looked at
                       const Credential* now = rooms_.registry.find(id);
                       if (now == nullptr || now->record.needsSignIn)
                           return signIn(call, call->exchange->target.scopes);
                       // Somebody else may have renewed it meanwhile.
                       if (now->loaded && serialOf(now->accessToken.open().reveal()) != call->refused)
                           return release(call);
                       renew(call, *now);
                   });
}

// Of the token itself: the same order of checks as for every other program, and the same audit.
void UpstreamAccess::release(const CallPtr& call) {
    TokenWish wish;
    const bool ruled = !call->need.tool.empty() && hasToolRules(*call->exchange);
    if (!ruled || isSignedIn(*call->exchange))
        wish.selector = selectorOf(*call->exchange);
    if (!call->need.tool.empty() && tokensGoByTool(*call->exchange)) {
        wish.tool = call->need.tool;
        wish.service = call->exchange->target.name;
    }
    wish.scopes = call->exchange->target.scopes;
    wish.purpose = ConsentPurpose::Proxy;
    wish.mayAsk = call->need.interactive;
    rooms_.broker.request(call->exchange->connection, call->exchange->caller, std::move(wish),
                          [this, call](const Result<TokenGrant>& grant) { onGrant(call, grant); });
}

void UpstreamAccess::onGrant(const CallPtr& call, const Result<TokenGrant>& grant) {
    if (call->over || call->exchange == nullptr)
        return;
    if (!grant) {
        const ErrorCode code = grant.error().code;
        const bool missing = code == ErrorCode::AuthorizationRequired || code == ErrorCode::SignInAgain ||
                             code == ErrorCode::InsufficientScope;
        if (missing && !call->signedIn)
            return signIn(call, call->exchange->target.scopes);
        return finish(call, tl::unexpected(grant.error()));
    }
    Result<UpstreamToken> token = upstreamToken(*grant, rooms_.clock);
    if (token) {
        auto& serials = call->exchange->serials;
        if (serials.size() >= mostSerials)
            serials.clear();
        serials[token->serial] = grant->record.id;
    }
    finish(call, std::move(token));
}

// Once for each token: what comes instead and is refused as well will not get better by a third.
void UpstreamAccess::renew(const CallPtr& call, const Credential& credential) {
    const std::string id = credential.record.id;
    if (!credential.record.refreshable && !call->exchange->caller.localGrant.empty()) {
        retire(id);
        if (call->over || call->exchange == nullptr)
            return;
    }
    if (!credential.record.refreshable || refusals_.isHopeless(call->exchange->id, id, call->refused)) {
        // A server that refuses whatever it is given would have a person sign in for every request. Who joins
        // a sign-in that is open costs nobody anything.
        const bool begins = call->need.interactive && rooms_.signIns.open() == 0;
        if (begins && !refusals_.mayStepUp(call->exchange->target.url, refusedAnew))
            return finish(call, tl::unexpected(refusesEverything(call->exchange->target)));
        return signIn(call, unionOf(call->exchange->target.scopes, splitWords(call->need.scope)));
    }
    rooms_.refresher.refresh(
        id, TokenRefresher::Urgency::Demand, [this, call, id](const Result<void>& renewed) {
            if (call->over || call->exchange == nullptr)
                return;
            const Credential* now = rooms_.registry.find(id);
            if (renewed && now != nullptr) {
                refusals_.renewed(call->exchange->id, id, serialOf(now->accessToken.open().reveal()));
                return release(call);
            }
            if (!renewed && renewed.error().code != ErrorCode::SignInAgain)
                return finish(call, tl::unexpected(renewed.error()));
            retire(id);
            if (!call->over && call->exchange != nullptr)
                signIn(call, call->exchange->target.scopes);
        });
}

// Its server refuses the token, whatever its time says, and there is no other to be had: nobody is to be led
// to this sign-in any more. What was granted with it ends, and so may exchanges.
void UpstreamAccess::retire(const std::string& session) {
    const Credential* credential = rooms_.registry.find(session);
    if (credential != nullptr && !credential->record.needsSignIn)
        rooms_.registry.markNeedsSignIn(session, "revoked",
                                        "its server refuses the token, and it cannot be renewed");
}

// RFC 6750 section 3.1 insufficient_scope: all that was had before, and what is wanted now.
void UpstreamAccess::stepUp(const CallPtr& call, const Credential& credential) {
    const std::vector<std::string> wanted = splitWords(call->need.scope);
    const std::vector<std::string> scopes = unionOf(credential.record.scopes, wanted);
    Error refused(ErrorCode::InsufficientScope,
                  displaySafe(call->exchange->target.name, 128) + " wants more than the sign-in covers",
                  "Sign in again with: keybearer login " + displaySafe(call->exchange->target.name, 128));
    refused.details.emplace_back("required", wanted);
    refused.details.emplace_back("granted", credential.record.scopes);
    if (!call->need.interactive)
        return finish(call, tl::unexpected(std::move(refused)));
    if (!refusals_.mayStepUp(call->exchange->target.url, call->need.operation)) {
        refused.message += ", and has got it twice";
        return finish(call, tl::unexpected(std::move(refused)));
    }
    signIn(call, scopes);
}

// A client of our own authorization server is led through a sign-in by its next authorization, in the browser
// that opens for that one. More scopes for a sign-in that there is are another matter.
bool UpstreamAccess::signsInByItself(const Exchange& exchange) const {
    if (exchange.caller.localGrant.empty())
        return false;
    const Result<const Credential*> selected = rooms_.registry.select(selectorOf(exchange));
    return !selected || (*selected)->record.needsSignIn;
}

void UpstreamAccess::signIn(const CallPtr& call, std::vector<std::string> scopes) {
    if (signsInByItself(*call->exchange))
        return finish(call, tl::unexpected(rooms_.signIns.openOne(*call->exchange, scopes)));
    if (!call->need.interactive)
        return finish(call, tl::unexpected(rooms_.signIns.openOne(*call->exchange, scopes)));
    call->signsIn = scopes;
    rooms_.signIns.need(*call->exchange, call->need, scopes,
                        [this, call](const Result<std::string>& session) { onSignedIn(call, session); });
}

void UpstreamAccess::onSignedIn(const CallPtr& call, const Result<std::string>& session) {
    if (call->over || call->exchange == nullptr)
        return;
    call->signedIn = true;
    call->signsIn.reset();
    if (!session)
        return finish(call, tl::unexpected(session.error()));
    const Credential* credential = rooms_.registry.find(*session);
    if (credential == nullptr)
        return finish(call, failure(ErrorCode::NotFound, "the session was removed meanwhile"));
    McpTarget& target = call->exchange->target;
    if (target.provider.empty())
        target.provider = credential->record.provider;
    if (!isSignedIn(*call->exchange)) // there are several: this is the one that was meant
        target.account = *session;
    release(call);
}

void UpstreamAccess::onTimeout(const CallPtr& call) {
    // Its timer is what calls us: it goes a turn later.
    QMetaObject::invokeMethod(
        this, [call] {}, Qt::QueuedConnection);
    if (call->over || call->exchange == nullptr)
        return;
    if (call->signsIn)
        return finish(call, tl::unexpected(rooms_.signIns.openOne(*call->exchange, *call->signsIn)));
    finish(call, failure(ErrorCode::ConsentRequired, "a person has not answered yet",
                         "Answer the question of Keybearer, then try again."));
}

void UpstreamAccess::finish(const CallPtr& call, Result<UpstreamToken> outcome) {
    if (std::exchange(call->over, true))
        return;
    call->deadline.stop();
    calls_.erase(call);
    call->done(std::move(outcome));
}

void UpstreamAccess::exchangeClosed(const Exchange& exchange) {
    std::vector<CallPtr> gone;
    std::copy_if(calls_.begin(), calls_.end(), std::back_inserter(gone),
                 [&](const CallPtr& call) { return call->exchange == &exchange; });
    for (const CallPtr& call : gone) {
        call->exchange = nullptr;
        finish(call, failure(ErrorCode::Cancelled, "the conversation has ended"));
    }
    rooms_.signIns.exchangeClosed(exchange);
}

// The label is whichever of name and address the provider said. An API key belongs to nobody in particular.
Json UpstreamAccess::personOf(const Exchange& exchange, const std::string& serial) const {
    const auto session = exchange.serials.find(serial);
    const Credential* credential =
        session == exchange.serials.end() ? nullptr : rooms_.registry.find(session->second);
    if (credential == nullptr)
        return Json{{"method", "none"}};
    const CredentialRecord& record = credential->record;
    Json person{{"method", methodWord(record.kind)}, {"provider", record.provider}};
    if (record.kind == CredentialKind::ApiKey)
        return person;
    if (!record.account.subject.empty())
        person["id"] = record.account.subject;
    if (!record.account.label.empty())
        person[isEmail(record.account.label) ? "email" : "name"] = record.account.label;
    return person;
}

Result<std::string> UpstreamAccess::proof(const Exchange& exchange, const ProofNeed& need) const {
    const auto serial = exchange.serials.find(need.serial);
    if (serial == exchange.serials.end())
        return failure(ErrorCode::NotFound, "this exchange has no token with that serial");
    if (const Result<void> good = rooms_.confirm(exchange.caller); !good)
        return tl::unexpected(good.error());
    return rooms_.prove(serial->second, need);
}

} // namespace keybearer
