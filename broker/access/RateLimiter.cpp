#include "broker/access/RateLimiter.h"

#include "broker/base/Time.h"

#include <algorithm>

namespace keybearer {

namespace {

// Programs of one person that ask within one window; a few hundred bytes each.
constexpr std::size_t mostCallers = 8192;

using Nanoseconds = std::chrono::nanoseconds;

// A bucket that takes longer to fill is as good as one that never is; keeps the sums in their type.
constexpr Nanoseconds longestFill = std::chrono::hours(24 * 365 * 10);

} // namespace

std::string rateKey(const Caller& caller) {
    if (!caller.clientId.empty())
        return "client\n" + caller.clientId;
    if (!caller.capability.empty())
        return "capability\n" + caller.capability;
    if (!caller.localClient.empty())
        return "local client\n" + caller.localClient;
    std::string key = std::to_string(caller.uid);
    key.append("\n").append(caller.executable).append("\n").append(caller.script);
    // Our own command line is a messenger: whoever started it asks.
    if (caller.operatorProgram)
        key.append("\n").append(caller.startedBy);
    return key;
}

RateLimiter::Pace RateLimiter::paceOf(RateLimit limit) {
    Pace pace;
    pace.limit = limit;
    if (limit.requests <= 0)
        return pace;
    if (pace.limit.burst <= 0)
        pace.limit.burst = limit.requests;
    pace.each = std::max(Nanoseconds(limit.window) / limit.requests, Nanoseconds(1));
    pace.full = pace.each > longestFill / pace.limit.burst ? longestFill : pace.each * pace.limit.burst;
    return pace;
}

bool RateLimiter::Pace::has(const Bucket& bucket, BootTime now) const {
    return limit.requests <= 0 || std::max(bucket.fullAt, now) + each - now <= full;
}

void RateLimiter::Pace::spend(Bucket& bucket, BootTime now) const {
    bucket.fullAt = std::max(bucket.fullAt, now) + each;
}

RateLimiter::RateLimiter(RateLimit perCaller, RateLimit overall, const Clock& clock)
    : caller_(paceOf(perCaller)), all_(paceOf(overall)), clock_(clock) {}

void RateLimiter::configure(RateLimit perCaller, RateLimit overall) {
    const Pace caller = paceOf(perCaller);
    const Pace all = paceOf(overall);
    if (caller.limit == caller_.limit && all.limit == all_.limit)
        return;
    caller_ = caller;
    all_ = all;
    together_ = {};
    byKey_.clear();
    recent_.clear();
}

std::shared_ptr<RateLimiter::Bucket> RateLimiter::bucketOf(const Caller& caller) {
    if (!limits())
        return nullptr;
    std::string key = rateKey(caller);
    if (const auto known = byKey_.find(key); known != byKey_.end()) {
        recent_.splice(recent_.begin(), recent_, known->second);
        return known->second->bucket;
    }
    if (byKey_.size() >= mostCallers) {
        byKey_.erase(recent_.back().key);
        recent_.pop_back();
    }
    recent_.push_front({key, std::make_shared<Bucket>()});
    byKey_.emplace(std::move(key), recent_.begin());
    return recent_.front().bucket;
}

bool RateLimiter::take(Bucket& bucket, BootTime now) {
    if (!caller_.has(bucket, now) || !all_.has(together_, now)) {
        ++counters_.refused;
        return false;
    }
    caller_.spend(bucket, now);
    all_.spend(together_, now);
    ++counters_.taken;
    return true;
}

Error RateLimiter::refusal(const Bucket& bucket, BootTime now) const {
    const bool own = !caller_.has(bucket, now);
    const Pace& pace = own ? caller_ : all_;
    const Bucket& empty = own ? bucket : together_;
    const Nanoseconds untilFull = std::max(empty.fullAt - now, Nanoseconds(0));
    const auto wait =
        std::chrono::ceil<std::chrono::seconds>(std::max(untilFull + pace.each - pace.full, Nanoseconds(1)));
    const std::int64_t left = pace.each.count() > 0 ? (pace.full - untilFull) / pace.each : 0;
    Error error(
        ErrorCode::RateLimited, own ? "this program asks too often" : "all programs together ask too often",
        "Ask again in " + std::to_string(wait.count()) + " s; the limit is rate_limits in config.yaml.");
    error.retryAfter = wait;
    error.details.emplace_back("limit", pace.limit.requests);
    error.details.emplace_back("remaining", std::max<std::int64_t>(left, 0));
    error.details.emplace_back(
        "reset_at", toRfc3339(clock_.wall() + std::chrono::ceil<std::chrono::milliseconds>(untilFull)));
    return error;
}

} // namespace keybearer
