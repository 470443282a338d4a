#include "broker/protocol/SharingParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

namespace {
constexpr std::int64_t longestPause = 7 * 24 * 3600;
} // namespace

Result<SharingPauseParams> SharingPauseParams::from(const Json& params) {
    SharingPauseParams wish;
    ParamsReader reader(params);
    std::int64_t seconds = 0;
    reader.number("seconds", seconds, 1, longestPause);
    if (seconds > 0)
        wish.seconds = seconds;
    return reader.finish(wish);
}

Json SharingPauseParams::toJson() const {
    return seconds ? Json{{"seconds", *seconds}} : Json::object();
}

Result<BrokerStopParams> BrokerStopParams::from(const Json& params) {
    BrokerStopParams wish;
    ParamsReader reader(params);
    reader.flag("restart", wish.restart);
    return reader.finish(wish);
}

Json BrokerStopParams::toJson() const {
    return restart ? Json{{"restart", true}} : Json::object();
}

} // namespace keybearer
