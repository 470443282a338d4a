#include "broker/accounts/RefreshSchedule.h"

#include <algorithm>
#include <cmath>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr double refreshAt = 0.75; // of the life
constexpr double jitter = 0.05;    // of the life
constexpr double earliest = 0.5;   // of the life
constexpr double most = 0.9;       // of the life: a token that has just come is always good enough
constexpr milliseconds widestMargin{10'000};
constexpr milliseconds narrowestMargin{250};
constexpr std::chrono::hours announcedAhead{72};
constexpr double lastQuarter = 0.25; // of the life

milliseconds scaled(milliseconds span, double factor) {
    return milliseconds(std::llround(static_cast<double>(span.count()) * factor));
}

// Ten seconds, or a tenth of a short life.
milliseconds margin(std::optional<WallTime> issued, WallTime expires) {
    if (!issued || *issued >= expires)
        return widestMargin;
    return std::clamp(scaled(expires - *issued, 0.1), narrowestMargin, widestMargin);
}

} // namespace

WallTime refreshTime(const RefreshPlan& plan, WallTime issued, WallTime expires, double random) {
    const milliseconds life = std::max(milliseconds(0), milliseconds(expires - issued));
    const WallTime planned = std::min(issued + scaled(life, refreshAt), expires - plan.threshold);
    return std::max(planned - scaled(life, jitter * random), issued + scaled(life, earliest));
}

milliseconds backoff(const RefreshPlan& plan, int failures, std::optional<std::chrono::seconds> retryAfter,
                     double random) {
    const double ceiling =
        std::min(std::exp2(std::clamp(failures - 1, 0, 30)), static_cast<double>(plan.maxBackoff.count()));
    const milliseconds wait(std::max<std::int64_t>(1000, std::llround(ceiling * 1000 * random)));
    return retryAfter ? std::max(wait, milliseconds(std::min(*retryAfter, plan.maxBackoff))) : wait;
}

std::optional<WallTime> freshUntil(std::optional<WallTime> issued, std::optional<WallTime> expires,
                                   std::chrono::seconds minValid) {
    if (!expires)
        return std::nullopt;
    milliseconds wanted = std::max(margin(issued, *expires), milliseconds(minValid));
    // Who asks for more than the provider ever gives must not cause a refresh a request.
    if (issued && *issued < *expires)
        wanted = std::min(wanted, scaled(*expires - *issued, most));
    return *expires - wanted;
}

bool isFresh(WallTime now, std::optional<WallTime> issued, std::optional<WallTime> expires,
             std::chrono::seconds minValid) {
    const std::optional<WallTime> until = freshUntil(issued, expires, minValid);
    return !until || now < *until;
}

WallTime announceAt(WallTime issued, WallTime expires) {
    const milliseconds life = std::max(milliseconds(0), milliseconds(expires - issued));
    return expires - std::min<milliseconds>(announcedAhead, scaled(life, lastQuarter));
}

bool isUsable(WallTime now, std::optional<WallTime> expires) {
    return !expires || now + narrowestMargin < *expires;
}

} // namespace keybearer
