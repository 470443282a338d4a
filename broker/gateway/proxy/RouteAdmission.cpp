#include "broker/gateway/proxy/RouteAdmission.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <sodium.h>

namespace keybearer {

namespace {

using std::chrono::seconds;

constexpr std::size_t mostAsking = 16;            // questions to the broker at a time
constexpr std::size_t mostInLine = 1024;          // credentials; the door has no more connections
constexpr std::size_t mostWaiting = 1024;         // requests that wait for the same answer
constexpr int mostRefusals = 10;                  // a second; past that nobody is in a hurry
constexpr std::chrono::milliseconds unhurried{2}; // between questions: strangers' 64 connections in 128 ms
constexpr std::size_t mostExchanges = 1024;       // that are kept; the one that was idle longest goes
constexpr std::size_t mostRefused = 1024;         // refusals that are remembered
constexpr seconds refusalKept{3};                 // long enough for a loop, short enough for a person
constexpr seconds longestIdle{600};               // then the exchange is closed
constexpr seconds sweepPeriod{15};                // how late that may be noticed
constexpr seconds patience{90};                   // a person may be asked about the client
constexpr seconds longestValid{24 * 3600};        // whatever the broker says
constexpr std::size_t longestAgent = 200;         // of User-Agent

std::string keyOf(std::string_view service, std::string_view credential) {
    std::string key(crypto_generichash_BYTES, '\0');
    const auto bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, key.size());
    crypto_generichash_update(&state, bytes(service), service.size());
    crypto_generichash_update(&state, bytes(std::string_view("", 1)), 1);
    crypto_generichash_update(&state, bytes(credential), credential.size());
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(key.data()), key.size());
    sodium_memzero(&state, sizeof state);
    return key;
}

RouteAdmission::Refusal busy() {
    RouteAdmission::Refusal refusal;
    refusal.status = 429;
    refusal.error = Error(ErrorCode::RateLimited, "too many requests with credentials that are not known",
                          "Wait a second and try again.");
    refusal.error.retryAfter = seconds(1);
    return refusal;
}

Json paramsOf(const RouteAdmission::Question& question) {
    Json params{{"service", question.service},
                {"credential", std::string(question.credential)},
                {"base", question.base},
                {"socket", question.overSocket}};
    if (question.pid > 0)
        params["pid"] = question.pid;
    if (!question.userAgent.empty())
        params["user_agent"] = displaySafe(question.userAgent, longestAgent);
    return params;
}

bool isRefusalStatus(std::int64_t status) {
    return status == 401 || status == 403 || status == 404 || status == 429 || status == 503;
}

} // namespace

struct RouteAdmission::Asking {
    Asking() = default;
    ~Asking() { wipeJson(params); }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    std::vector<Place*> places;
    Json params; // until it is asked
};

struct RouteAdmission::Place : Waiting {
    ~Place() override {
        if (*alive && in != nullptr)
            std::erase(in->places, this);
    }
    std::shared_ptr<bool> alive;
    Asking* in = nullptr;
    std::unique_ptr<EventTimer> soon; // of one that is refused unasked
    Done done;
};

RouteAdmission::RouteAdmission(CorePort& core, EventTimers& timers) : core_(core), timers_(timers) {}

RouteAdmission::~RouteAdmission() {
    *alive_ = false;
}

std::optional<RouteAdmission::Outcome> RouteAdmission::known(std::string_view service,
                                                             std::string_view credential) {
    const std::string key = keyOf(service, credential);
    const auto now = timers_.now();
    if (const auto found = admitted_.find(key); found != admitted_.end()) {
        if (!found->second->ended && now < found->second->until) {
            found->second->lastUsed = now;
            return found->second;
        }
        sweep();
    }
    const auto found = refused_.find(key);
    if (found == refused_.end())
        return std::nullopt;
    if (now < found->second.until)
        return tl::unexpected(found->second.refusal);
    refused_.erase(found);
    return std::nullopt;
}

std::unique_ptr<RouteAdmission::Waiting> RouteAdmission::admit(const Question& question, Done done) {
    const std::string key = keyOf(question.service, question.credential);
    auto place = std::make_unique<Place>();
    place->alive = alive_;
    place->done = std::move(done);
    auto found = asking_.find(key);
    const bool full =
        found == asking_.end() ? asking_.size() >= mostInLine : found->second->places.size() >= mostWaiting;
    if (full) {
        place->soon = timers_.soon([place = place.get()] {
            const std::unique_ptr<EventTimer> self = std::move(place->soon);
            const Done tell = std::move(place->done);
            tell(tl::unexpected(busy()));
        });
        return place;
    }
    if (found == asking_.end()) {
        found = asking_.emplace(key, std::make_unique<Asking>()).first;
        found->second->params = paramsOf(question);
        line_.push_back(key);
    }
    place->in = found->second.get();
    place->in->places.push_back(place.get());
    askNext();
    return place;
}

bool RouteAdmission::isFlooded() {
    const auto now = timers_.now();
    if (now - second_ >= seconds(1)) {
        second_ = now;
        refusalsInSecond_ = 0;
    }
    return refusalsInSecond_ >= mostRefusals;
}

void RouteAdmission::askNext() {
    while (!line_.empty() && underWay_ < mostAsking && !pacer_) {
        if (isFlooded()) {
            pacer_ = timers_.after(unhurried, [this] {
                const std::unique_ptr<EventTimer> self = std::move(pacer_);
                askOne();
                askNext();
            });
            return;
        }
        askOne();
    }
}

void RouteAdmission::askOne() {
    while (!line_.empty() && underWay_ < mostAsking) {
        const std::string key = std::move(line_.front());
        line_.pop_front();
        const auto found = asking_.find(key);
        if (found->second->places.empty()) { // whoever showed it has gone
            asking_.erase(found);
            continue;
        }
        ++underWay_;
        core_.request("route.admit", std::exchange(found->second->params, Json()), patience,
                      [this, alive = alive_, key](Result<Json> answer) {
                          if (!*alive)
                              return;
                          --underWay_;
                          answered(key, std::move(answer));
                          if (*alive)
                              askNext();
                      });
        return;
    }
}

void RouteAdmission::answered(const std::string& key, Result<Json> answer) {
    const auto found = asking_.find(key);
    if (found == asking_.end())
        return;
    const std::unique_ptr<Asking> asking = std::move(found->second);
    asking_.erase(found);
    const Outcome outcome = outcomeOf(std::move(answer));
    keep(key, outcome);
    const auto alive = alive_;
    while (*alive && !asking->places.empty()) {
        Place* const place = asking->places.back();
        asking->places.pop_back();
        place->in = nullptr;
        const Done done = std::move(place->done);
        done(outcome); // may destroy the place, and others
    }
}

RouteAdmission::Outcome RouteAdmission::outcomeOf(Result<Json> answer) {
    if (!answer)
        return refused(std::move(answer.error()));
    auto terms = ExchangeTerms::from(*answer);
    if (!terms)
        return refused(Error(ErrorCode::InternalError, "the broker's admission names no exchange"));
    auto exchange = std::make_shared<AdmittedExchange>(std::move(*terms), core_, timers_);
    exchange->client = stringAt(*answer, "client").value_or("");
    exchange->owner = stringAt(*answer, "owner").value_or(exchange->terms.exchange);
    exchange->pins = stringAt(*answer, "pins").value_or("off");
    exchange->local = booleanAt(*answer, "local").value_or(false);
    exchange->scopes = stringsAt(*answer, "scopes");
    const auto valid =
        std::clamp<std::int64_t>(integerAt(*answer, "valid_seconds").value_or(1), 1, longestValid.count());
    exchange->until = timers_.now() + seconds(valid);
    exchange->lastUsed = timers_.now();
    exchange->authorizer.setSomebodyWaits(true); // over HTTP every request is somebody's
    return exchange;
}

RouteAdmission::Outcome RouteAdmission::refused(Error error) {
    Refusal refusal;
    const ErrorDetail* status = error.detail("status");
    const auto* number = status != nullptr ? std::get_if<std::int64_t>(status) : nullptr;
    if (number != nullptr && isRefusalStatus(*number))
        refusal.status = static_cast<int>(*number);
    else
        refusal.status = 503; // the broker itself is in trouble; nothing is said of the credential
    if (const auto* text = error.detail("error");
        text != nullptr && std::holds_alternative<std::string>(*text))
        refusal.oauthError = std::get<std::string>(*text);
    if (const auto* text = error.detail("scope");
        text != nullptr && std::holds_alternative<std::string>(*text))
        refusal.scope = std::get<std::string>(*text);
    refusal.error = std::move(error);
    if (refusal.status == 401 && refusal.oauthError.empty())
        refusal.oauthError = "invalid_token";
    return tl::unexpected(std::move(refusal));
}

void RouteAdmission::keep(const std::string& key, const Outcome& outcome) {
    if (outcome) {
        makeRoom();
        admitted_[key] = *outcome;
        sweepLater();
        return;
    }
    const int status = outcome.error().status;
    if (status == 401 || status == 403 || status == 404)
        ++refusalsInSecond_;
    else
        return; // passes by itself
    if (refused_.size() >= mostRefused)
        refused_.clear();
    refused_[key] = {outcome.error(), timers_.now() + refusalKept};
}

void RouteAdmission::makeRoom() {
    if (admitted_.size() < mostExchanges)
        return;
    auto oldest = admitted_.end();
    for (auto at = admitted_.begin(); at != admitted_.end(); ++at) {
        if (at->second->tenants.empty() &&
            (oldest == admitted_.end() || at->second->lastUsed < oldest->second->lastUsed))
            oldest = at;
    }
    if (oldest == admitted_.end())
        oldest = admitted_.begin(); // all are busy, within the door's bound of connections
    const Exchange gone = oldest->second;
    admitted_.erase(oldest);
    leaving_.push_back(gone);
    sweep();
}

void RouteAdmission::close(const Exchange& exchange) {
    core_.notify("exchange.closed", Json{{"exchange", exchange->terms.exchange}});
}

void RouteAdmission::sweep() {
    const auto now = timers_.now();
    std::vector<Exchange> expired;
    for (auto at = admitted_.begin(); at != admitted_.end();) {
        const Exchange exchange = at->second;
        const bool over = exchange->ended || now >= exchange->until;
        const bool idle = exchange->tenants.empty() && now - exchange->lastUsed >= longestIdle;
        if (!over && !idle) {
            ++at;
            continue;
        }
        at = admitted_.erase(at);
        if (exchange->ended)
            continue;
        leaving_.push_back(exchange);
        if (over)
            expired.push_back(exchange);
    }
    for (const Exchange& exchange : expired) {
        const std::set<ExchangeTenant*> tenants = exchange->tenants;
        for (ExchangeTenant* tenant : tenants) {
            if (exchange->tenants.contains(tenant))
                tenant->onExchangeExpired();
        }
    }
    std::erase_if(leaving_, [this](const Exchange& exchange) {
        if (!exchange->tenants.empty())
            return false;
        if (!exchange->ended)
            close(exchange);
        return true;
    });
    sweepLater();
}

void RouteAdmission::sweepLater() {
    if (admitted_.empty() && leaving_.empty()) {
        sweeper_.reset();
        return;
    }
    sweeper_ = timers_.after(sweepPeriod, [this] {
        const auto self = std::move(sweeper_);
        sweep();
    });
}

RouteAdmission::Exchange RouteAdmission::find(const std::string& exchange) {
    for (const auto& [key, each] : admitted_) {
        if (each->terms.exchange == exchange)
            return each;
    }
    for (const Exchange& each : leaving_) {
        if (each->terms.exchange == exchange)
            return each;
    }
    return nullptr;
}

bool RouteAdmission::end(const std::string& exchange, const std::string& message) {
    const Exchange found = find(exchange);
    if (!found)
        return false;
    found->ended = true;
    found->authorizer.forget();
    const std::set<ExchangeTenant*> tenants = found->tenants;
    for (ExchangeTenant* tenant : tenants) {
        if (found->tenants.contains(tenant))
            tenant->onExchangeEnd(message);
    }
    sweep();
    return true;
}

bool RouteAdmission::stale(const std::string& exchange) {
    const Exchange found = find(exchange);
    if (found)
        found->authorizer.forget();
    return found != nullptr;
}

} // namespace keybearer
