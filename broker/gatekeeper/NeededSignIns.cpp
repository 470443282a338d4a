#include "broker/gatekeeper/NeededSignIns.h"

#include "broker/accounts/ReleaseSubject.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::array personalFlows{"browser", "device", "paste"};

std::string keyOf(const McpTarget& target, std::vector<std::string> scopes) {
    std::sort(scopes.begin(), scopes.end());
    return target.url + "\n" + target.account + "\n" + join(scopes, " ");
}

std::string textOf(const QUrl& url) {
    return url.toEncoded().toStdString();
}

std::string instructionsFor(const std::string& name, const SignInInvitation& invitation) {
    if (invitation.device)
        return "Open " + textOf(invitation.device->verificationUri) + ", type the code " +
               invitation.device->userCode + " there, then try again.";
    if (!invitation.authorizationUrl.isEmpty())
        return "Open the address in a browser on this machine and sign in to " + name + ", then try again.";
    return "Sign in with: keybearer login " + name;
}

void addInvitation(Error& error, const SignInInvitation& invitation) {
    if (!invitation.authorizationUrl.isEmpty())
        error.details.emplace_back("authorization_url", textOf(invitation.authorizationUrl));
    if (!invitation.device)
        return;
    const DeviceCode& code = *invitation.device;
    error.details.emplace_back("user_code", code.userCode);
    error.details.emplace_back("verification_uri", textOf(code.verificationUri));
    error.details.emplace_back("interval", static_cast<std::int64_t>(code.interval.count()));
    if (!code.verificationUriComplete.isEmpty())
        error.details.emplace_back("verification_uri_complete", textOf(code.verificationUriComplete));
}

Error toBeBegunByHand(const McpTarget& target) {
    const std::string url = displaySafe(target.url);
    Error error(
        ErrorCode::AuthorizationRequired,
        url + " asks for a sign-in at a provider of the configuration, and no person has agreed to that",
        "Sign in with: keybearer login " + url);
    error.details.emplace_back("auth_type", std::string("oauth"));
    error.details.emplace_back("service", displaySafe(target.name, 128));
    error.details.emplace_back("instructions", "Run: keybearer login " + url);
    return error;
}

} // namespace

// RFC 9728 section 7.6: a server may name an authorization server that is not its own. Where we are known
// there by the client of a configured provider, the person may have agreed there long ago, and no page would
// be shown.
bool borrowsClient(const ProviderCatalog& catalog, const std::string& name) {
    const Provider* entry = catalog.find(name);
    if (entry == nullptr || !entry->resource || entry->resource->config != nullptr || !entry->issuer)
        return false;
    const Provider* lender = catalog.findByIssuer(*entry->issuer);
    return lender != nullptr && !lender->clientId.empty() && lender->clientId == entry->clientId;
}

NeededSignIns::NeededSignIns(Rooms rooms) : rooms_(std::move(rooms)) {
    connect(&rooms_.desk, &SignInDesk::progressed, this, &NeededSignIns::onProgressed);
}

NeededSignIns::~NeededSignIns() = default;

NeededSignIns::Open* NeededSignIns::find(const Key& key) {
    const auto found = open_.find(key);
    return found == open_.end() ? nullptr : found->second.get();
}

void NeededSignIns::need(const Exchange& exchange, const TokenNeed& need,
                         const std::vector<std::string>& scopes, Completion<std::string> done) {
    const Key key = keyOf(exchange.target, scopes);
    if (Open* open = find(key)) {
        open->waiters.push_back({exchange.id, std::move(done)});
        return;
    }
    std::erase_if(failed_, [now = rooms_.clock.boot()](const auto& one) { return one.second.until <= now; });
    if (const auto failed = failed_.find({exchange.id, key}); failed != failed_.end())
        return done(tl::unexpected(failed->second.error));
    if (open_.size() >= most)
        return done(failure(
            Error(ErrorCode::RateLimited, "too many sign-ins are open", "Finish or cancel one of them.")
                .retry(std::chrono::seconds(60))));
    auto open = std::make_unique<Open>();
    open->key = key;
    open->startedBy = exchange.id;
    open->connection = exchange.connection;
    open->caller = exchange.caller;
    open->target = exchange.target;
    open->scopes = scopes;
    open->waiters.push_back({exchange.id, std::move(done)});
    const McpTarget target = open->target;
    open_[key] = std::move(open);
    if (target.fixedProvider)
        return onPrepared(key, target.provider);
    rooms_.prepare(target, need,
                   [this, key](const Result<std::string>& provider) { onPrepared(key, provider); });
}

void NeededSignIns::onPrepared(const Key& key, const Result<std::string>& provider) {
    Open* open = find(key);
    if (open == nullptr)
        return;
    if (!provider)
        return finish(key, tl::unexpected(provider.error()));
    if (open->waiters.empty()) // their conversations have ended meanwhile: nobody is asked for them
        return finish(key, failure(ErrorCode::Cancelled, "the conversation that needed it has ended"));
    open->provider = *provider;
    if (needsPerson(*open))
        return ask(*open);
    begin(key, "auto");
}

bool NeededSignIns::needsPerson(const Open& open) const {
    const Provider* provider = rooms_.catalog.find(open.provider);
    if (provider == nullptr || provider->flows.empty())
        return true;
    return std::find(personalFlows.begin(), personalFlows.end(), provider->flows.front()) !=
           personalFlows.end();
}

// One question: that the browser opens, and that the program may use what comes of it.
void NeededSignIns::ask(Open& open) {
    const Provider* provider = rooms_.catalog.find(open.provider);
    ConsentSubject subject;
    subject.provider = open.provider;
    subject.providerName = open.target.name;
    subject.issuer = provider == nullptr ? std::string() : provider->issuer.value_or("");
    subject.resource = open.target.url;
    subject.scopes = open.scopes;
    subject.purpose = ConsentPurpose::SignIn;
    open.asking = true;
    rooms_.gate.decide(open.connection, open.caller, subject, {},
                       [this, key = open.key](const Result<ReleaseGrant>& grant) {
                           Open* asked = find(key);
                           if (asked == nullptr)
                               return;
                           asked->asking = false;
                           if (!grant)
                               return finish(key, tl::unexpected(grant.error()));
                           if (grant->consent == nullptr && borrowsClient(rooms_.catalog, asked->provider))
                               return finish(key, failure(toBeBegunByHand(asked->target)));
                           asked->consent = grant->consent == nullptr ? std::string() : grant->consent->id;
                           begin(key, rooms_.canOpenPages() ? "auto" : "device");
                       });
}

void NeededSignIns::begin(const Key& key, const std::string& flow) {
    Open* open = find(key);
    SignIn::Wish wish;
    wish.provider = open->provider;
    wish.scopes = open->scopes;
    if (!open->target.account.empty())
        wish.accountHint = open->target.account;
    wish.flow = flow;
    rooms_.desk.start(std::move(wish), [this, key, flow](Result<SignInDesk::Started> started) {
        onStarted(key, flow, std::move(started));
    });
}

void NeededSignIns::onStarted(const Key& key, const std::string& flow, Result<SignInDesk::Started> started) {
    Open* open = find(key);
    if (open == nullptr)
        return;
    if (!started && flow == "device") // it was worth a try: a page can be opened by hand
        return begin(key, "auto");
    if (!started)
        return finish(key, tl::unexpected(started.error()));
    const SignIn& signIn = *started->signIn;
    open->signIn = signIn.id();
    open->invitation = std::move(started->invitation);
    if (signIn.ended())
        return onProgressed(signIn);
    if (!open->invitation.authorizationUrl.isEmpty())
        open->pageOpened = rooms_.openPage(signIn, textOf(open->invitation.authorizationUrl));
}

void NeededSignIns::onProgressed(const SignIn& signIn) {
    if (!signIn.ended())
        return;
    const auto open = std::find_if(open_.begin(), open_.end(),
                                   [&signIn](const auto& one) { return one.second->signIn == signIn.id(); });
    if (open == open_.end())
        return;
    const std::string word(signInWord(signIn.state()));
    for (const std::string& exchange : open->second->named)
        Q_EMIT ended(exchange, signIn.id(), word);
    if (signIn.state() == SignInState::SignedIn)
        return finish(open->first, signIn.sessionId());
    Error error = signIn.error().value_or(Error(ErrorCode::Cancelled, "the sign-in was cancelled"));
    finish(open->first, tl::unexpected(std::move(error)));
}

// By the key as it is here: the entry that it may come from goes.
void NeededSignIns::finish(const Key& key, const Result<std::string>& outcome) {
    const auto found = open_.find(key);
    const std::unique_ptr<Open> open = std::move(found->second);
    open_.erase(found);
    const Credential* credential = outcome ? rooms_.registry.find(*outcome) : nullptr;
    if (credential != nullptr && !open->consent.empty())
        rooms_.gate.passOn(open->consent, open->connection,
                           subjectOf(credential->record, rooms_.catalog.find(credential->record.provider),
                                     ConsentPurpose::Proxy));
    for (const Waiter& waiter : open->waiters) {
        if (!outcome)
            failed_[{waiter.exchange, open->key}] = {outcome.error(), rooms_.clock.boot() + failureMemory};
        waiter.done(outcome);
    }
}

Error NeededSignIns::openOne(const Exchange& exchange, const std::vector<std::string>& scopes) {
    const std::string name = displaySafe(exchange.target.name, 128);
    Open* open = find(keyOf(exchange.target, scopes));
    const bool waits = open != nullptr && !open->signIn.empty();
    if (open != nullptr && open->asking)
        return {ErrorCode::ConsentRequired, "a person has not answered yet whether to sign in to " + name,
                "Answer the question of Keybearer, then try again."};
    const bool own = open == nullptr || open->startedBy == exchange.id;
    Error error(own ? ErrorCode::AuthorizationRequired : ErrorCode::AuthorizationPending,
                own ? "nobody has signed in to " + name + " yet"
                    : "the sign-in to " + name + " is under way");
    const SignInInvitation none;
    const SignInInvitation& invitation = waits ? open->invitation : none;
    error.action = instructionsFor(name, invitation);
    error.details.emplace_back("auth_type", std::string(invitation.device ? "device_code" : "oauth"));
    error.details.emplace_back("provider", open == nullptr ? exchange.target.provider : open->provider);
    error.details.emplace_back("service", name);
    error.details.emplace_back("instructions", error.action);
    if (!waits)
        return error;
    open->named.insert(exchange.id);
    error.details.emplace_back("signin_id", open->signIn);
    error.details.emplace_back("browser_opened", open->pageOpened);
    addInvitation(error, invitation);
    if (const Result<SignIn*> signIn = rooms_.desk.find(open->signIn)) {
        const auto left =
            std::chrono::floor<std::chrono::seconds>((*signIn)->expiresAt() - rooms_.clock.wall());
        error.details.emplace_back("expires_in", std::max<std::int64_t>(left.count(), 0));
    }
    return error;
}

// Nobody waits there any more. A question of it is withdrawn; a browser that is open stays.
void NeededSignIns::exchangeClosed(const Exchange& exchange) {
    const Error gone(ErrorCode::Cancelled, "the conversation that needed it has ended");
    std::vector<Key> asking;
    std::vector<Waiter> left;
    for (const auto& [key, open] : open_) {
        if (open->asking && open->startedBy == exchange.id)
            asking.push_back(key);
        const auto first =
            std::stable_partition(open->waiters.begin(), open->waiters.end(),
                                  [&](const Waiter& one) { return one.exchange != exchange.id; });
        std::move(first, open->waiters.end(), std::back_inserter(left));
        open->waiters.erase(first, open->waiters.end());
        open->named.erase(exchange.id);
    }
    for (const Waiter& waiter : left)
        waiter.done(tl::unexpected(gone));
    for (const Key& key : asking) {
        if (find(key) != nullptr)
            finish(key, tl::unexpected(gone));
    }
    std::erase_if(failed_, [&](const auto& one) { return one.first.first == exchange.id; });
}

} // namespace keybearer
