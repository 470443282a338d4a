#include "broker/gateway/proxy/UpstreamHealth.h"

#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds firstBackOff{100};
constexpr milliseconds longestBackOff{2000};
constexpr std::size_t mostWaiting = 64; // requests a service
constexpr milliseconds checkPeriod{30'000};
constexpr milliseconds firstCheckWhenDown{2'000};
constexpr milliseconds longestCheckWhenDown{120'000};
constexpr milliseconds checkPatience{10'000};
constexpr seconds inUse{600}; // since the last request; past that nobody looks
constexpr int manyFaults = 3; // in a row, before one is more than an accident
constexpr std::size_t longestWhy = 200;

bool isFault(int status) {
    return status >= 500 && status != 501 && status != 505;
}

} // namespace

// One look at a server: its head is all that is wanted.
struct UpstreamHealth::Check : UpstreamListener {
    void onHead(const UpstreamHead& head) override { done(head.status, {}); }
    bool onBody(std::string_view) override { return true; }
    void onEnd(UpstreamEnd end) override { done(0, end); }
    std::function<void(int status, const UpstreamEnd& end)> done;
    std::unique_ptr<UpstreamCall> call;
};

struct UpstreamHealth::Server {
    std::string service;
    ExchangeTerms terms;
    State state = State::Unknown;
    int faults = 0;
    bool wasAway = false; // did not accept, or broke off: what it kept in memory may be gone
    EventTimers::Instant lastUsed;
    EventTimers::Instant lastHeard;
    milliseconds checkWait = checkPeriod;
    milliseconds latency{0};
    std::unique_ptr<EventTimer> timer;
    std::unique_ptr<Check> check;
    std::vector<Place*> places;
};

struct UpstreamHealth::Place : Waiting {
    ~Place() override {
        if (*alive && at != nullptr)
            std::erase(at->places, this);
    }
    void ring() {
        const std::unique_ptr<EventTimer> self = std::move(timer);
        std::erase(at->places, this);
        at = nullptr;
        const std::function<void()> call = std::move(again);
        call();
    }
    std::shared_ptr<bool> alive;
    Server* at = nullptr;
    std::unique_ptr<EventTimer> timer;
    std::function<void()> again;
};

UpstreamHealth::UpstreamHealth(CorePort& core, EventTimers& timers, UpstreamStarter& upstream)
    : core_(core), timers_(timers), upstream_(upstream) {}

UpstreamHealth::~UpstreamHealth() {
    *alive_ = false;
}

UpstreamHealth::Server& UpstreamHealth::server(const std::string& service) {
    std::unique_ptr<Server>& found = servers_[service];
    if (!found) {
        found = std::make_unique<Server>();
        found->service = service;
    }
    return *found;
}

void UpstreamHealth::used(const ExchangeTerms& terms, bool checked) {
    Server& found = server(terms.service);
    if (found.terms.url != terms.url)
        found.terms = terms;
    found.lastUsed = timers_.now();
    if (checked && !found.timer && !found.check)
        checkLater(found);
}

void UpstreamHealth::answered(const std::string& service, int status, milliseconds latency) {
    Server& found = server(service);
    found.lastHeard = timers_.now();
    found.latency = latency;
    const bool restarted = std::exchange(found.wasAway, false);
    for (Place* place : found.places)
        place->timer = timers_.soon([place] { place->ring(); });
    if (isFault(status)) {
        if (++found.faults >= manyFaults || found.state == State::Down)
            change(found, State::Degraded, "answers with status " + std::to_string(status), restarted);
        return;
    }
    found.faults = 0;
    found.checkWait = checkPeriod;
    change(found, State::Up, {}, restarted);
}

void UpstreamHealth::failed(const std::string& service, Trouble trouble, const std::string& why) {
    Server& found = server(service);
    ++found.faults;
    if (trouble != Trouble::Silent)
        found.wasAway = true;
    const bool down = trouble == Trouble::NotAccepted || found.faults >= manyFaults;
    if (down && found.state != State::Down) {
        found.checkWait = firstCheckWhenDown;
        if (found.timer)
            checkLater(found);
    }
    change(found, down ? State::Down : State::Degraded, why, false);
}

void UpstreamHealth::forgotItsSessions(const std::string& service) {
    Server& found = server(service);
    change(found, found.state == State::Unknown ? State::Up : found.state, {}, true);
}

void UpstreamHealth::change(Server& server, State state, const std::string& why, bool restarted) {
    if (server.state == state && !restarted)
        return;
    server.state = state;
    constexpr const char* names[] = {"up", "up", "degraded", "down"};
    Json params{{"service", server.service},
                {"state", names[static_cast<std::size_t>(state)]},
                {"waiting", server.places.size()},
                {"latency_ms", server.latency.count()}};
    if (!why.empty())
        params["why"] = displaySafe(why, longestWhy);
    if (restarted)
        params["restarted"] = true;
    core_.notify("service.state", std::move(params));
}

std::unique_ptr<UpstreamHealth::Waiting> UpstreamHealth::wait(const std::string& service, int round,
                                                              std::function<void()> again) {
    Server& found = server(service);
    if (found.places.size() >= mostWaiting)
        return nullptr;
    auto place = std::make_unique<Place>();
    place->alive = alive_;
    place->at = &found;
    place->again = std::move(again);
    const milliseconds pause = std::min(longestBackOff, firstBackOff * (1 << std::min(round, 10)));
    place->timer = timers_.after(pause, [place = place.get()] { place->ring(); });
    found.places.push_back(place.get());
    return place;
}

void UpstreamHealth::checkLater(Server& server) {
    server.timer = timers_.after(server.checkWait, [this, &server] {
        const std::unique_ptr<EventTimer> self = std::move(server.timer);
        const auto now = timers_.now();
        if (now - server.lastUsed >= inUse)
            return; // used() begins anew
        const bool heard = now - server.lastHeard < checkPeriod && server.state != State::Down;
        if (heard)
            return checkLater(server);
        check(server);
    });
}

void UpstreamHealth::check(Server& server) {
    UpstreamRequest request;
    request.method = "GET";
    request.url = server.terms.url;
    request.fields = {{"accept", "application/json, text/event-stream"}};
    request.headTimeout = checkPatience;
    request.proxy = server.terms.proxy;
    request.noProxy = server.terms.noProxy;
    request.caFile = server.terms.caFile;
    request.repeatable = true;
    request.verbatim = true;
    const auto began = timers_.now();
    server.check = std::make_unique<Check>();
    server.check->done = [this, &server, began](int status, const UpstreamEnd& end) {
        const std::unique_ptr<Check> self = std::move(server.check); // lives to the end of this
        if (server.state == State::Down)
            server.checkWait = std::min(longestCheckWhenDown, server.checkWait * 2);
        if (status != 0)
            answered(server.service, status, std::chrono::duration_cast<milliseconds>(timers_.now() - began));
        else if (end.error)
            failed(server.service,
                   end.notAccepted ? Trouble::NotAccepted
                                   : (end.timedOut ? Trouble::Silent : Trouble::Broken),
                   end.error->message);
        if (!server.timer)
            checkLater(server);
    };
    server.check->call = upstream_.call(std::move(request), *server.check);
}

} // namespace keybearer
