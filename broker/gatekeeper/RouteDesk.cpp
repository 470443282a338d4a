#include "broker/gatekeeper/RouteDesk.h"

#include "broker/access/Permission.h"
#include "broker/base/Text.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <array>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::string_view keyPrefix = "kbk_";
constexpr std::string_view capabilityPrefix = "kbc_";
constexpr std::size_t longestAgent = 64;
constexpr std::chrono::seconds longestValid{
    3600};                                       // then it is looked at again, though an end is told at once
constexpr std::chrono::seconds closedAfter{600}; // a call that was begun in time may outlast its token
constexpr int toleratedFailures = 100;           // of all together ...
constexpr std::chrono::seconds failureSpan{60};  // ... in this time

constexpr int unauthorized = 401;
constexpr int forbidden = 403;
constexpr int notFound = 404;
constexpr int tooMany = 429;
constexpr int unavailable = 503;

int statusOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::RateLimited:
        return tooMany;
    case ErrorCode::NotFound:
        return notFound;
    case ErrorCode::PolicyDenied:
        return forbidden;
    case ErrorCode::StoreLocked:
    case ErrorCode::StoreUnavailable:
    case ErrorCode::InternalError:
        return unavailable;
    default:
        return unauthorized;
    }
}

// RFC 6750 section 3.1.
Error forGateway(Error error, const std::string& service) {
    const int status = statusOf(error.code);
    std::erase_if(error.details, [](const auto& detail) {
        return detail.first == "status" || detail.first == "error" || detail.first == "scope";
    });
    error.details.emplace_back("status", std::int64_t{status});
    if (status == unauthorized)
        error.details.emplace_back("error", std::string("invalid_token"));
    if (status == forbidden)
        error.details.emplace_back("error", std::string("insufficient_scope"));
    if (status == unauthorized || status == forbidden)
        error.details.emplace_back("scope", service);
    return error;
}

bool isKeyOrCapability(const std::string& credential) {
    return credential.starts_with(keyPrefix) || credential.starts_with(capabilityPrefix);
}

bool names(const std::string& entry, const std::string& provider) {
    return entry == provider || entry.rfind(provider + ":", 0) == 0;
}

// A list that a key or a profile brings along names the service, or whose tokens it takes.
Result<void> checkListed(PriorGrant& prior, RouteService& service) {
    McpTarget& target = service.target;
    std::vector<std::string> fitting;
    for (const std::string& entry : prior.allowed) {
        if (!target.provider.empty() && names(entry, target.provider))
            fitting.push_back(entry);
    }
    const bool byName =
        std::find(prior.allowed.begin(), prior.allowed.end(), target.name) != prior.allowed.end();
    if (fitting.empty() && !byName)
        return failure(ErrorCode::PolicyDenied,
                       prior.why + " does not include the service " + displaySafe(target.name, 64),
                       "Add it to what the client or the run profile may have.");
    if (fitting.empty() && !target.provider.empty())
        prior.allowed.push_back(target.provider);
    // Of several sign-ins, the one that is listed is meant.
    const std::size_t colon = fitting.size() == 1 ? fitting.front().find(':') : std::string::npos;
    if (colon != std::string::npos && target.account.empty() && !byName)
        target.account = fitting.front().substr(colon + 1);
    return {};
}

// What the rules of `auth:` give to tools of this service beside its own sign-in.
void addRuled(const AuthRules& rules, const std::string& service, std::vector<std::string>& allowed) {
    for (const AuthRule& rule : rules.inOrder()) {
        const bool general = rule.level == AuthRule::Level::Default;
        const bool another = (rule.level == AuthRule::Level::Service && rule.name != service) ||
                             (!rule.service.empty() && rule.service != service);
        if (general || another || rule.undiscovered)
            continue;
        const bool key = rule.type == AuthType::ApiKey;
        std::string entry = key ? std::string("apikey") : rule.auth.provider;
        const std::string& account = key ? rule.auth.keyRef : rule.auth.account;
        if (!account.empty())
            entry.append(":").append(account);
        if (!entry.empty() && std::find(allowed.begin(), allowed.end(), entry) == allowed.end())
            allowed.push_back(std::move(entry));
    }
}

std::string clientWord(const Caller& caller) {
    if (!caller.localClient.empty())
        return caller.claimedName.empty() ? caller.localClient : caller.claimedName;
    return caller.prior ? caller.prior->why : std::string();
}

std::chrono::seconds validFor(const PriorGrant& prior, WallTime now) {
    if (!prior.until)
        return longestValid;
    return std::clamp(std::chrono::floor<std::chrono::seconds>(*prior.until - now), std::chrono::seconds(1),
                      longestValid);
}

// Whose the sessions at a server are: the same for every token of a grant, for a key, for a program.
std::string ownerWord(const Caller& caller) {
    if (!caller.localGrant.empty())
        return std::string("grant:").append(caller.localGrant);
    return caller.clientId.empty() ? std::string("capability:").append(caller.capability)
                                   : std::string("client:").append(caller.clientId);
}

const char* kindWord(const Caller& caller) {
    return !caller.clientId.empty() ? "client_key" : !caller.capability.empty() ? "capability" : "token";
}

} // namespace

RouteDesk::RouteDesk(Rooms rooms, CoreDesk& desk, GatewayProcess& process, Exchanges& exchanges)
    : rooms_(std::move(rooms)), desk_(desk), process_(process), exchanges_(exchanges) {
    desk_.serve("route.admit",
                [this](const Json& params, const CoreDesk::Answer& answer) { admit(params, answer); });
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &RouteDesk::closeOld);
}

Caller RouteDesk::callerFrom(const Json& params) const {
    Caller caller;
    caller.uid = static_cast<std::int64_t>(::getuid());
    caller.door = Door::Route;
    caller.identity = IdentityClass::Unknown;
    caller.claimedName = displaySafe(stringAt(params, "user_agent").value_or(""), longestAgent);
    const std::int64_t pid = integerAt(params, "pid").value_or(0);
    if (pid <= 0 || !booleanAt(params, "socket").value_or(false))
        return caller;
    const ProcessEvidence evidence = describeProcess(pid);
    caller.pid = pid;
    caller.startTime = evidence.startTime;
    caller.executable = evidence.executable;
    caller.parentPid = evidence.parentPid;
    caller.startedBy = evidence.startedBy;
    return caller;
}

void RouteDesk::admit(const Json& params, const CoreDesk::Answer& answer) {
    const std::string name = stringAt(params, "service").value_or("");
    if (std::optional<Error> why = desk_.withheld()) // whatever was shown: nothing is said of it
        return answer(failure(std::move(*why).with("status", std::int64_t{unavailable})));
    std::string credential = stringAt(params, "credential").value_or("");
    std::optional<RouteService> service = rooms_.find(name);
    Caller caller = callerFrom(params);
    Result<void> known = service ? recognise(caller, credential, *service)
                                 : failure(ErrorCode::NotFound, "there is no such service");
    // Who knows keys and capabilities tells of those that are not good by itself.
    const bool told = !known && statusOf(known.error().code) == unauthorized && isKeyOrCapability(credential);
    wipe(credential);
    if (!known && !told && service)
        record(caller, name, known.error());
    if (!known)
        return answer(failure(service ? refuse(name, std::move(known.error()))
                                      : forGateway(std::move(known.error()), name)));
    const std::chrono::seconds valid = validFor(*caller.prior, rooms_.clock.wall());
    const Result<Exchange*> opened =
        exchanges_.open({caller, service->target},
                        HttpRoute{service->userHeaders, service->local, rooms_.clock.boot() + valid});
    if (!opened)
        return answer(failure(forGateway(opened.error(), name)));
    Exchange& exchange = **opened;
    exchange.claimedName = caller.claimedName;
    ++counters_.admitted;
    armTimer();
    Json result = desk_.termsOf(exchange);
    result["valid_seconds"] = valid.count();
    result["client"] = clientWord(caller);
    result["owner"] = ownerWord(caller);
    result["user_headers"] = service->userHeaders;
    result["local"] = service->local;
    result["scopes"] = service->target.scopes;
    answer(result);
}

Result<void> RouteDesk::recognise(Caller& caller, const std::string& credential, RouteService& service) {
    const bool isKey = credential.starts_with(keyPrefix);
    if (!isKeyOrCapability(credential))
        return recogniseToken(caller, credential, service);
    if (Result<void> known =
            isKey ? rooms_.recogniseKey(caller, credential) : rooms_.recogniseCapability(caller, credential);
        !known)
        return known;
    caller.identity = IdentityClass::Capability;
    if (!caller.prior || !callerMay(caller, Permission::TokenRead))
        return failure(ErrorCode::PolicyDenied,
                       "the role " + std::string(roleWord(caller.role)) + " may not use services",
                       "Give the program a client of another role: keybearer client add NAME --role agent");
    return checkListed(*caller.prior, service);
}

Result<void> RouteDesk::recogniseToken(Caller& caller, const std::string& token, RouteService& service) {
    if (!rooms_.verify)
        return failure(ErrorCode::ClientUnknown, "this is no token of this gateway");
    const Result<LocalToken> found = rooms_.verify(token, service.target.name);
    if (!found)
        return failure(found.error());
    McpTarget& target = service.target;
    caller.identity = IdentityClass::Capability;
    caller.role = Role::Agent;
    caller.ceiling = Role::Agent;
    caller.localClient = found->clientId;
    caller.localGrant = found->grantId;
    caller.claimedName = displaySafe(found->clientName, longestAgent);
    PriorGrant prior;
    prior.why = "gateway:" + found->clientId;
    prior.until = found->expiresAt;
    if (target.provider.empty())
        target.provider = found->provider;
    if (!found->provider.empty()) {
        target.account = found->account;
        prior.allowed.push_back(found->provider + ":" + found->account);
    }
    addRuled(rooms_.rules, target.name, prior.allowed);
    caller.prior = std::move(prior);
    rooms_.noteUse(found->grantId);
    return {};
}

void RouteDesk::record(const Caller& caller, const std::string& service, const Error& error) {
    AuditEvent event;
    event.kind = "route.refused";
    event.caller = displaySafe(caller.executable, 512);
    event.callerClass = identityLetter(caller.identity);
    event.client = caller.clientId.empty() ? caller.localClient : caller.clientId;
    event.pid = caller.pid;
    event.why = std::string(rpcErrorName(error.code).name);
    event.detail = "service " + displaySafe(service, 64) + ": " + error.message;
    rooms_.refused(event);
}

// It was looked at all the same: a guesser learns nothing by it, and who has a good key is not kept out by
// others.
Error RouteDesk::refuse(const std::string& service, Error error) {
    ++counters_.refused;
    // What was good until now is no guess, and whoever shows it has to hear that it is over.
    const bool guessed = statusOf(error.code) == unauthorized && error.code != ErrorCode::ClientExpired;
    const std::optional<std::chrono::seconds> wait = guessed ? pause() : std::nullopt;
    if (!wait)
        return forGateway(std::move(error), service);
    ++counters_.limited;
    return forGateway(Error(ErrorCode::RateLimited, "too many requests carried nothing that is good",
                            "Wait a minute, then sign in again.")
                          .retry(*wait),
                      service);
}

// How long whoever fails has to wait because too many have.
std::optional<std::chrono::seconds> RouteDesk::pause() {
    const BootTime now = rooms_.clock.boot();
    if (failures_ == 0 || now - failuresSince_ >= failureSpan) {
        failuresSince_ = now;
        failures_ = 0;
    }
    if (++failures_ <= toleratedFailures)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(failureSpan - (now - failuresSince_));
}

// --- ends ---

void RouteDesk::end(const std::string& exchange, const std::string& why) {
    process_.send(exchangeEndLine(exchange, why));
    exchanges_.close(exchange);
}

void RouteDesk::review() {
    std::vector<std::pair<std::string, std::string>> over;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (!exchange->route)
            continue;
        if (const Result<void> good = rooms_.confirm(exchange->caller); !good)
            over.emplace_back(id, good.error().message);
    }
    for (const auto& [id, why] : over)
        end(id, why);
}

void RouteDesk::grantEnded(const std::string& grant) {
    std::vector<std::string> over;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (exchange->route && exchange->caller.localGrant == grant)
            over.push_back(id);
    }
    for (const std::string& id : over)
        end(id, "what was allowed to this client was taken back");
}

void RouteDesk::endAll(const std::string& why) {
    std::vector<std::string> open;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (exchange->route)
            open.push_back(id);
    }
    for (const std::string& id : open)
        end(id, why);
}

// The client's way to another sign-in is another authorization: its next request is answered with 401.
void RouteDesk::onRefused(const std::string& id, const Error& error) {
    const Exchange* exchange = exchanges_.find(id);
    const bool needsPerson =
        error.code == ErrorCode::AuthorizationRequired || error.code == ErrorCode::SignInAgain;
    if (exchange == nullptr || !exchange->route || exchange->caller.localGrant.empty() || !needsPerson)
        return;
    rooms_.endGrant(exchange->caller.localGrant, error.message);
}

void RouteDesk::closeOld() {
    const BootTime now = rooms_.clock.boot();
    std::vector<std::string> over;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (exchange->route && exchange->route->until + closedAfter <= now)
            over.push_back(id);
    }
    for (const std::string& id : over)
        end(id, "what opened it has to be shown again");
    armTimer();
}

void RouteDesk::armTimer() {
    std::optional<BootTime> next;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (exchange->route)
            next = std::min(next.value_or(exchange->route->until), exchange->route->until);
    }
    if (!next)
        return timer_.stop();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next + closedAfter - rooms_.clock.boot());
    timer_.start(std::max(left, std::chrono::milliseconds(1000)));
}

Json RouteDesk::connected() const {
    std::map<std::array<std::string, 3>, int> open;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (exchange->route)
            ++open[{clientWord(exchange->caller), exchange->target.name, kindWord(exchange->caller)}];
    }
    Json out = Json::array();
    for (const auto& [who, count] : open)
        out.push_back(Json{{"client", who[0]}, {"service", who[1]}, {"kind", who[2]}, {"exchanges", count}});
    return out;
}

} // namespace keybearer
