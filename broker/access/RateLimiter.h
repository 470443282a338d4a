#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

namespace keybearer {

// How often something may be asked: a bucket of `burst` tokens that is filled with `requests` tokens in
// `window`, evenly. `requests` 0: as often as it likes.
struct RateLimit {
    std::int64_t requests = 0;
    std::chrono::seconds window{60};
    std::int64_t burst = 0; // 0: as many as `requests`
    bool operator==(const RateLimit&) const = default;
};

// Counts what callers ask for, each by itself and all together (A6). A caller is known by what it is - its
// program, script, client key or capability - and not by its connection or process, so that neither coming
// anew nor forking helps. Bounded: the callers that were quiet longest are forgotten first, which only
// happens to whoever has a full bucket unless thousands ask at once, and those meet the overall limit.
// Owned by the Broker; event loop thread; no I/O.
class RateLimiter {
public:
    // One bucket, as the time at which it will be full: one number, one comparison (GCRA).
    struct Bucket {
        std::chrono::nanoseconds fullAt{0};
    };

    RateLimiter(RateLimit perCaller, RateLimit overall, const Clock& clock);

    // Other limits from now on, if they are others; then everybody begins with a full bucket, and buckets
    // that were given out before belong to nobody.
    void configure(RateLimit perCaller, RateLimit overall);

    // The bucket of a caller; null when there is no limit at all. Good to be kept for as long as the caller
    // lives.
    [[nodiscard]] std::shared_ptr<Bucket> bucketOf(const Caller& caller);
    // Takes one token of the caller and one of all. False, and nothing taken, when either has none.
    [[nodiscard]] bool take(Bucket& bucket, BootTime now);
    // What to answer after take() said no: RateLimited with limit, remaining, reset_at and retry_after.
    [[nodiscard]] Error refusal(const Bucket& bucket, BootTime now) const;

    struct Counters {
        std::int64_t taken = 0;
        std::int64_t refused = 0;
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }
    [[nodiscard]] std::size_t callers() const { return byKey_.size(); }
    [[nodiscard]] bool limits() const { return caller_.limit.requests > 0 || all_.limit.requests > 0; }

private:
    struct Pace {
        RateLimit limit;
        std::chrono::nanoseconds each{0}; // one token
        std::chrono::nanoseconds full{0}; // the whole bucket
        [[nodiscard]] bool has(const Bucket& bucket, BootTime now) const;
        void spend(Bucket& bucket, BootTime now) const;
    };
    struct Known {
        std::string key;
        std::shared_ptr<Bucket> bucket;
    };
    [[nodiscard]] static Pace paceOf(RateLimit limit);

    Pace caller_;
    Pace all_;
    const Clock& clock_;
    Bucket together_;
    std::list<Known> recent_; // the last one that came first
    std::unordered_map<std::string, std::list<Known>::iterator> byKey_;
    Counters counters_;
};

// Who a caller is to the limiter.
[[nodiscard]] std::string rateKey(const Caller& caller);

} // namespace keybearer
