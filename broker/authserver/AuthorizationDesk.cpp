#include "broker/authserver/AuthorizationDesk.h"

#include "broker/authserver/RedirectUri.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/oauth/Form.h"

#include <unistd.h>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::seconds afterwards{
    120}; // a browser that reloads its last page is still told something
constexpr std::size_t idBytes = 32;
// Connections of the server count from one, conversations with MCP servers from the first bit; these have the
// second as well.
constexpr std::uint64_t firstConnection = ConsentGate::conversationBit | (std::uint64_t{1} << 62U);

std::string withParameters(std::string uri, const std::vector<std::pair<std::string, std::string>>& more) {
    char separator = uri.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : more) {
        uri.append(1, separator).append(name).append("=").append(formEncoded(value));
        separator = '&';
    }
    return uri;
}

AsAnswer redirectTo(std::string url) {
    AsAnswer answer;
    answer.status = 303; // never 307, which would repeat a POST (SEC-S-11)
    answer.redirect = std::move(url);
    return answer;
}

} // namespace

struct AuthorizationDesk::Transaction {
    enum class Phase { Asking, Starting, SigningIn, Ready, Refused, Over };

    std::string id;
    std::string clientId;
    std::string clientName;
    LocalService service;
    std::string base;
    std::string redirectUri;
    AuthorizationQuery query;
    std::uint64_t connection = 0;
    Phase phase = Phase::Asking;
    bool asked = false; // a person was asked; else it was decided at once
    std::string consentId;
    bool refreshable = true;
    ServiceSession session;
    std::string signIn;
    std::string authorizationUrl;
    std::string instructions;
    OAuthRefusal refusal;
    std::optional<AsPage> page; // of a refusal: shown before the browser goes back
    BootTime until{};
    std::vector<Waiter> waiters;

    [[nodiscard]] std::string address(const std::string& more = {}) const {
        return base + "/as/" + service.name + "/wait?transaction=" + id + more;
    }
    [[nodiscard]] AsAnswer waitingPage() const {
        AsPage out;
        out.title = "Connect " + clientName + " to " + service.title;
        out.state = AsPage::State::Waiting;
        out.again = address();
        out.text = phase == Phase::Asking
                       ? "Answer the question of Keybearer: in its window, or in a terminal "
                         "with: keybearer consent pending --follow"
                   : phase == Phase::SigningIn && !instructions.empty() ? instructions
                   : phase == Phase::SigningIn ? "Keybearer waits for your sign-in to " + service.title + "."
                                               : "Keybearer prepares the sign-in to " + service.title + ".";
        AsAnswer answer;
        answer.page = std::move(out);
        return answer;
    }
};

AuthorizationDesk::AuthorizationDesk(Rooms rooms)
    : rooms_(std::move(rooms)), lastConnection_(firstConnection) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &AuthorizationDesk::onTimer);
}

AuthorizationDesk::~AuthorizationDesk() = default;

AuthorizationDesk::TransactionPtr AuthorizationDesk::find(const std::string& id) const {
    const auto place = std::find_if(transactions_.begin(), transactions_.end(),
                                    [&](const TransactionPtr& one) { return one->id == id; });
    return place == transactions_.end() ? nullptr : *place;
}

void AuthorizationDesk::begin(const AsRequest& request, const LocalClient& client,
                              const LocalService& service, std::vector<std::string> remarks,
                              const Completion<AsAnswer>& done) {
    const auto transaction = std::make_shared<Transaction>();
    transaction->redirectUri = request.param("redirect_uri");
    transaction->service = service;
    transaction->base = request.base;
    transaction->clientId = client.id;
    transaction->clientName = client.name;
    auto query = readAuthorizationQuery(request, service);
    if (!query) {
        transaction->refusal = std::move(query.error());
        transaction->query.state = request.param("state");
        transaction->query.hasState = request.params.contains("state");
        return done(backToClient(*transaction));
    }
    transaction->query = std::move(*query);
    for (const TransactionPtr& one : std::list<TransactionPtr>(transactions_)) {
        if (one->clientId == client.id && one->service.name == service.name)
            drop(one->id, "the client asked anew");
    }
    if (transactions_.size() >= most)
        drop(transactions_.front()->id, "too many wait");
    transaction->id = randomToken(idBytes);
    transaction->connection = ++lastConnection_;
    transaction->until = rooms_.clock.boot() + life;
    transactions_.push_back(transaction);
    ++counters_.begun;
    // Trusted are programs of this person alone, and at a port of this machine everybody may knock.
    const bool others = !request.socket && rooms_.othersAtDoor && rooms_.othersAtDoor();
    if (others)
        remarks.emplace_back("a program of another user of this computer is connected to the gateway now");
    askPerson(transaction, client, service, std::move(remarks), others ? Door::Route : Door::Broker);
    const std::optional<AsAnswer> answer = answerOf(*transaction, false);
    armTimer();
    done(answer ? *answer : transaction->waitingPage());
}

void AuthorizationDesk::askPerson(const TransactionPtr& transaction, const LocalClient& client,
                                  const LocalService& service, std::vector<std::string> remarks, Door door) {
    Caller caller;
    caller.door = door;
    caller.uid = static_cast<std::int64_t>(::getuid());
    caller.localClient = client.id;
    caller.claimedName = client.name;
    caller.remarks = std::move(remarks);
    ConsentSubject subject;
    subject.provider = service.name;
    subject.providerName = service.title;
    subject.resource = service.url.empty() ? service.name : service.url;
    subject.scopes = transaction->query.scopes;
    subject.purpose = ConsentPurpose::Connect;
    subject.redirect = redirectTarget(transaction->redirectUri);
    if (const auto session = rooms_.services.session(service.name)) {
        subject.accountLabel = session->account;
        subject.sessionId = session->sessionId;
        subject.issuer = session->issuer;
    }
    rooms_.gate.decide(
        transaction->connection, caller, subject, {},
        [this, id = transaction->id](const Result<ReleaseGrant>& grant) { onConsent(id, grant); });
    transaction->asked = transaction->phase == Transaction::Phase::Asking;
}

void AuthorizationDesk::onConsent(const std::string& id, const Result<ReleaseGrant>& grant) {
    const TransactionPtr transaction = find(id);
    if (transaction == nullptr || transaction->phase != Transaction::Phase::Asking) {
        if (grant && grant->consent != nullptr) // it was given up meanwhile
            rooms_.gate.endConnection(grant->consent->id, "the client did not wait for it");
        return;
    }
    if (!grant || grant->consent == nullptr) {
        const Error none(ErrorCode::InternalError, "the permission could not be kept");
        // Whoever said no knows; everybody else is told why before the browser leaves.
        refuse(*transaction, grant ? none : grant.error(),
               !grant && transaction->asked && grant.error().code == ErrorCode::ConsentDenied);
        return answerWaiters(transaction);
    }
    transaction->consentId = grant->consent->id;
    transaction->refreshable = grant->consent->span != ConsentSpan::Once;
    const bool unasked = grant->consent->promptHash.empty();
    if (const auto session = rooms_.services.session(transaction->service.name)) {
        settle(*transaction, *session);
        return answerWaiters(transaction);
    }
    transaction->phase = Transaction::Phase::Starting;
    rooms_.services.signIn(transaction->service.name, transaction->address("&signed_in=1"), !unasked,
                           [this, id](const Result<LocalServices::Step>& step) { onStep(id, step); });
}

void AuthorizationDesk::onStep(const std::string& id, const Result<LocalServices::Step>& step) {
    const TransactionPtr transaction = find(id);
    if (transaction == nullptr || transaction->phase != Transaction::Phase::Starting) {
        if (step && !step->id.empty())
            rooms_.services.cancel(step->id);
        return;
    }
    if (!step)
        refuse(*transaction, step.error(), false);
    else if (step->id.empty())
        settle(*transaction, rooms_.services.session(transaction->service.name).value_or(ServiceSession()));
    else {
        transaction->phase = Transaction::Phase::SigningIn;
        transaction->signIn = step->id;
        transaction->authorizationUrl = step->authorizationUrl;
        transaction->instructions = step->instructions;
        signInProgressed(step->id); // it may be over already
    }
    answerWaiters(transaction);
}

void AuthorizationDesk::signInProgressed(const std::string& signIn) {
    for (const TransactionPtr& one : std::list<TransactionPtr>(transactions_)) {
        if (one->phase != Transaction::Phase::SigningIn || one->signIn != signIn)
            continue;
        const auto outcome = rooms_.services.outcome(one->service.name, signIn);
        if (!outcome)
            continue;
        if (*outcome)
            settle(*one, **outcome);
        else
            refuse(*one, outcome->error(), false);
        answerWaiters(one);
    }
}

void AuthorizationDesk::settle(Transaction& transaction, const ServiceSession& session) {
    transaction.session = session;
    transaction.phase = Transaction::Phase::Ready;
    const auto kept = rooms_.gate.records().settle(transaction.consentId, session.sessionId, session.account);
    if (!kept)
        refuse(transaction, kept.error(), false);
}

void AuthorizationDesk::refuse(Transaction& transaction, const Error& error, bool atOnce) {
    ++counters_.refused;
    transaction.phase = Transaction::Phase::Refused;
    const bool denied = error.code != ErrorCode::InternalError && error.code != ErrorCode::StoreUnavailable &&
                        error.code != ErrorCode::StoreLocked;
    const std::string shown = displaySafe(error.message, 300);
    transaction.refusal = {denied ? "access_denied" : "server_error", isVisibleAscii(shown) ? shown : ""};
    if (!atOnce) {
        AsPage page;
        page.title = transaction.clientName + " was not connected to " + transaction.service.title;
        page.text = error.message + ". " + error.action;
        page.state = AsPage::State::Failed;
        page.again = transaction.address("&leave=1");
        transaction.page = std::move(page);
    }
    if (!transaction.consentId.empty())
        rooms_.gate.endConnection(transaction.consentId, "nothing came of it");
    transaction.consentId.clear();
    Q_EMIT refused(transaction.clientId, transaction.service.name, error.message);
}

void AuthorizationDesk::wait(const AsRequest& request, const Completion<AsAnswer>& done) {
    const TransactionPtr transaction = find(request.param("transaction"));
    if (transaction == nullptr || transaction->service.name != request.service) {
        AsAnswer gone;
        gone.status = 404;
        gone.page =
            AsPage{"This is over", "Nothing waits here any more. Go back to the program and begin anew.",
                   AsPage::State::Failed, "", std::nullopt};
        return done(gone);
    }
    if (request.param("leave") == "1")
        transaction->page.reset();
    const bool signedIn = request.param("signed_in") == "1";
    if (const std::optional<AsAnswer> answer = answerOf(*transaction, signedIn))
        return done(*answer);
    if (transaction->waiters.size() >= mostWaiters)
        return done(transaction->waitingPage());
    transaction->waiters.push_back({done, rooms_.clock.boot() + longestWait, signedIn});
    armTimer();
}

std::optional<AsAnswer> AuthorizationDesk::answerOf(Transaction& transaction, bool signedIn) {
    switch (transaction.phase) {
    case Transaction::Phase::Ready:
        return backToClient(transaction);
    case Transaction::Phase::Refused: {
        if (!transaction.page)
            return backToClient(transaction);
        AsAnswer answer;
        answer.page = transaction.page;
        return answer;
    }
    case Transaction::Phase::Over: {
        AsAnswer answer;
        answer.page = AsPage{"Done", "You can close this page and go back to the program.",
                             AsPage::State::Done, "", std::nullopt};
        return answer;
    }
    case Transaction::Phase::SigningIn:
        if (!signedIn && !transaction.authorizationUrl.empty())
            return redirectTo(transaction.authorizationUrl);
        break;
    case Transaction::Phase::Asking:
    case Transaction::Phase::Starting:
        break;
    }
    return std::nullopt;
}

// RFC 6749 sections 4.1.2 and 4.1.2.1, with iss (RFC 9207). The code is made here and not before, so that its
// minute begins when somebody comes for it.
AsAnswer AuthorizationDesk::backToClient(Transaction& transaction) {
    std::vector<std::pair<std::string, std::string>> more;
    if (transaction.phase == Transaction::Phase::Ready) {
        ++counters_.granted;
        more.emplace_back("code", rooms_.codes.issue({transaction.clientId, transaction.service.name,
                                                      transaction.redirectUri, transaction.query.challenge,
                                                      transaction.query.scopes, transaction.consentId,
                                                      transaction.session, transaction.refreshable}));
    } else {
        more.emplace_back("error", transaction.refusal.error);
        if (!transaction.refusal.description.empty())
            more.emplace_back("error_description", transaction.refusal.description);
    }
    if (transaction.query.hasState)
        more.emplace_back("state", transaction.query.state);
    more.emplace_back("iss", transaction.base + "/as/" + transaction.service.name);
    transaction.phase = Transaction::Phase::Over;
    transaction.until = std::min(transaction.until, rooms_.clock.boot() + afterwards);
    return redirectTo(withParameters(transaction.redirectUri, more));
}

// The first who waits gets the answer; a second tab is told that it is done.
void AuthorizationDesk::answerWaiters(const TransactionPtr& transaction) {
    std::vector<Waiter> waiters;
    waiters.swap(transaction->waiters);
    for (Waiter& waiter : waiters) {
        if (const std::optional<AsAnswer> answer = answerOf(*transaction, waiter.signedIn))
            waiter.done(*answer);
        else
            transaction->waiters.push_back(std::move(waiter));
    }
    armTimer();
}

void AuthorizationDesk::drop(const std::string& id, const std::string& why) {
    const TransactionPtr transaction = find(id);
    if (transaction == nullptr)
        return;
    transactions_.remove(transaction);
    if (transaction->phase == Transaction::Phase::Asking)
        rooms_.gate.connectionClosed(transaction->connection);
    if (!transaction->signIn.empty() && transaction->phase == Transaction::Phase::SigningIn)
        rooms_.services.cancel(transaction->signIn);
    if (!transaction->consentId.empty() && transaction->phase != Transaction::Phase::Over)
        rooms_.gate.endConnection(transaction->consentId, why);
    AsAnswer gone;
    gone.page = AsPage{"This is over", "It took too long, or was begun anew elsewhere.",
                       AsPage::State::Failed, "", std::nullopt};
    for (const Waiter& waiter : transaction->waiters)
        waiter.done(gone);
}

void AuthorizationDesk::sweep() {
    const BootTime now = rooms_.clock.boot();
    for (const TransactionPtr& one : std::list<TransactionPtr>(transactions_)) {
        if (one->until <= now)
            drop(one->id, "nobody came for it");
    }
    for (const CodeTerms& lost : rooms_.codes.takeExpired())
        rooms_.gate.endConnection(lost.consentId, "the client did not come for it");
}

void AuthorizationDesk::onTimer() {
    sweep();
    const BootTime now = rooms_.clock.boot();
    for (const TransactionPtr& one : std::list<TransactionPtr>(transactions_)) {
        std::vector<Waiter> due;
        const auto late = std::stable_partition(one->waiters.begin(), one->waiters.end(),
                                                [now](const Waiter& waiter) { return waiter.due > now; });
        std::move(late, one->waiters.end(), std::back_inserter(due));
        one->waiters.erase(late, one->waiters.end());
        for (const Waiter& waiter : due)
            waiter.done(one->waitingPage());
    }
    armTimer();
}

void AuthorizationDesk::armTimer() {
    BootTime next = BootTime::max();
    for (const TransactionPtr& one : transactions_) {
        next = std::min(next, one->until);
        for (const Waiter& waiter : one->waiters)
            next = std::min(next, waiter.due);
    }
    if (next == BootTime::max())
        return timer_.stop();
    constexpr std::chrono::milliseconds shortest{10};
    timer_.start(std::max(shortest,
                          std::chrono::duration_cast<std::chrono::milliseconds>(next - rooms_.clock.boot())));
}

} // namespace keybearer
