#pragma once

#include "broker/gateway/door/AdmittedExchange.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

namespace keybearer {

// Who may pass (route.admit of docs/gateway-http.md): asks the broker once for each credential and service
// and remembers its answer by BLAKE2b(service NUL credential), for as long as the broker said; refusals for a
// few seconds. Bounds what a stranger can make the broker do, and lets nobody suffer for it whose credential
// is good: 16 questions at a time, and after ten refusals in a second one every two milliseconds; the others
// stand in line. Ends exchanges that nobody uses (exchange.closed), that have expired, or that the broker
// withdraws. Keeps no credential beyond its question. Owned by the RemoteRoute; event loop thread.
class RouteAdmission {
public:
    struct Refusal {
        int status = 401;
        Error error;
        std::string oauthError; // RFC 6750; of 401 and 403
        std::string scope;
    };
    using Outcome = tl::expected<std::shared_ptr<AdmittedExchange>, Refusal>;
    using Done = std::function<void(const Outcome&)>;

    struct Question {
        std::string service;
        std::string_view credential;
        std::string base;
        bool overSocket = false;
        std::int64_t pid = 0;
        std::string userAgent;
    };
    // Somebody who waits; destroying it withdraws that.
    class Waiting {
    public:
        virtual ~Waiting() = default;
    };

    RouteAdmission(CorePort& core, EventTimers& timers);
    ~RouteAdmission();
    RouteAdmission(const RouteAdmission&) = delete;
    RouteAdmission& operator=(const RouteAdmission&) = delete;

    // What is known already. Nothing: admit() asks.
    [[nodiscard]] std::optional<Outcome> known(std::string_view service, std::string_view credential);
    // Calls `done` once, later from the event loop.
    [[nodiscard]] std::unique_ptr<Waiting> admit(const Question& question, Done done);

    // The broker's notifications. False: no such exchange here.
    bool end(const std::string& exchange, const std::string& message);
    bool stale(const std::string& exchange);

    [[nodiscard]] std::size_t open() const { return admitted_.size(); }

private:
    struct Asking;
    struct Place;
    struct Refused {
        Refusal refusal;
        EventTimers::Instant until;
    };
    using Exchange = std::shared_ptr<AdmittedExchange>;

    [[nodiscard]] bool isFlooded();
    void askNext();
    void askOne();
    void answered(const std::string& key, Result<Json> answer);
    [[nodiscard]] Outcome outcomeOf(Result<Json> answer);
    [[nodiscard]] Outcome refused(Error error);
    void keep(const std::string& key, const Outcome& outcome);
    void makeRoom();
    void sweep();
    void sweepLater();
    void close(const Exchange& exchange);
    [[nodiscard]] Exchange find(const std::string& exchange);

    CorePort& core_;
    EventTimers& timers_;
    std::unordered_map<std::string, Exchange> admitted_;
    std::unordered_map<std::string, Refused> refused_;
    std::unordered_map<std::string, std::unique_ptr<Asking>> asking_;
    std::deque<std::string> line_; // keys of those that are not asked yet
    std::size_t underWay_ = 0;
    std::unique_ptr<EventTimer> pacer_;
    std::vector<Exchange> leaving_; // expired, with requests that go on
    EventTimers::Instant second_;   // in which refusals are counted
    int refusalsInSecond_ = 0;
    std::unique_ptr<EventTimer> sweeper_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
