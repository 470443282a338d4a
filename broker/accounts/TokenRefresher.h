#pragma once

#include "broker/accounts/RefreshRun.h"
#include "broker/accounts/RefreshSchedule.h"
#include "broker/platform/BootTimer.h"

namespace keybearer {

// All refreshes of this host: one in flight per stored sign-in, however many ask (T2, SEC-C-27); in the
// background before anybody has to wait (T1); with back-off while a provider is down (T4). Owned by the
// Broker; event loop thread.
class TokenRefresher : public QObject {
    Q_OBJECT
public:
    TokenRefresher(RefreshRooms rooms, RefreshPlan plan);
    ~TokenRefresher() override;

    // From now on; what is planned is planned anew.
    void configure(RefreshPlan plan);

    enum class Urgency {
        Demand, // a caller waits: respects the back-off after failures
        Person, // session.refresh: tries now
    };
    // Joins the refresh in flight or starts one. Completes later, or at once with ProviderUnavailable and
    // retryAfter while backing off.
    void refresh(const std::string& id, Urgency urgency, Completion<void> done);
    [[nodiscard]] bool underWay(const std::string& id) const { return flights_.contains(id); }
    // The machine is about to sleep, or awake again: nothing is begun in the dark, and what became due there
    // is caught up a few at a time.
    void setSleeping(bool sleeping);
    // Without a network nothing is begun in the background; when it is back, those that failed for want of it
    // try again soon instead of waiting out their back-off.
    void setOnline(bool online);
    // What refreshes need is there again (the store): those that did not get as far as sending anything try
    // again soon.
    void tryAgain();
    // Why a sign-in is not being refreshed now, for people.
    struct Pause {
        int failures = 0;
        std::chrono::seconds left{0};
    };
    [[nodiscard]] std::optional<Pause> pauseOf(const std::string& id) const;
    // Refreshes whose new tokens could not be made durable yet.
    [[nodiscard]] std::size_t unsaved() const;
    void saveNow();
    // Refreshes that ended since the start: by provider, then "ok" or the name of the error.
    using Counters = std::map<std::string, std::map<std::string, std::uint64_t, std::less<>>, std::less<>>;
    [[nodiscard]] const Counters& counters() const { return counters_; }
    // From now on nothing new is begun; what is in the air is still awaited (at exit).
    void drain() { draining_ = true; }
    [[nodiscard]] bool idle() const { return flights_.empty(); }

Q_SIGNALS:
    void failed(const std::string& id, const keybearer::Error& error);

private:
    struct Flight {
        std::unique_ptr<RefreshRun> run;
        std::vector<Completion<void>> waiters;
    };
    struct Trouble {
        int failures = 0;
        BootTime notBefore{};
        bool ambiguous = false;
        bool unreachable = false; // the request did not even get out
    };

    void begin(const std::string& id);
    void onFinished(const std::string& id, Result<void> outcome);
    void onInterrupted(const std::string& id, std::chrono::seconds age);
    void onChanged(const std::string& id);
    void plan(const std::string& id);
    void planAll();
    void onTick();
    void armTimer();
    [[nodiscard]] BootTime pauseAfter(const std::string& id, int failures, const Error& error) const;
    [[nodiscard]] double jitterOf(const Credential& credential);

    RefreshRooms rooms_;
    RefreshPlan plan_;
    std::map<std::string, Flight> flights_;
    std::map<std::string, Trouble> troubles_;
    std::map<std::string, BootTime> due_;                             // background refreshes
    std::map<std::string, std::pair<std::uint64_t, double>> jitters_; // by id: generation, number
    std::unique_ptr<BootTimer> timer_;
    Counters counters_;
    bool sleeping_ = false;
    bool online_ = true;
    bool draining_ = false;
};

} // namespace keybearer
