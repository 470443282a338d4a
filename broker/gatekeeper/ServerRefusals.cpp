#include "broker/gatekeeper/ServerRefusals.h"

#include <algorithm>

namespace keybearer {

void ServerRefusals::renewed(const std::string& exchange, const std::string& session,
                             const std::string& serial) {
    forgetOld();
    renewals_[{exchange, session}] = {serial, clock_.boot()};
}

bool ServerRefusals::isHopeless(const std::string& exchange, const std::string& session,
                                const std::string& serial) const {
    const auto renewal = renewals_.find({exchange, session});
    return renewal != renewals_.end() && renewal->second.serial == serial &&
           clock_.boot() - renewal->second.at < freshLimit;
}

bool ServerRefusals::isNews(const std::string& session, const std::string& serial) {
    if (refused_.size() >= most)
        refused_.clear();
    std::string& known = refused_[session];
    const bool news = known != serial;
    known = serial;
    return news;
}

bool ServerRefusals::mayStepUp(const std::string& resource, const std::string& operation) {
    forgetOld();
    StepUps& known = stepUps_[{resource, operation}];
    if (known.count >= mostStepUps)
        return false;
    ++known.count;
    known.until = clock_.boot() + stepUpMemory;
    return true;
}

void ServerRefusals::forgetOld() {
    const BootTime now = clock_.boot();
    std::erase_if(renewals_, [now](const auto& one) { return now - one.second.at >= freshLimit; });
    std::erase_if(stepUps_, [now](const auto& one) { return one.second.until <= now; });
    while (stepUps_.size() >= most)
        stepUps_.erase(std::min_element(stepUps_.begin(), stepUps_.end(), [](const auto& a, const auto& b) {
            return a.second.until < b.second.until;
        }));
    while (renewals_.size() >= most)
        renewals_.erase(
            std::min_element(renewals_.begin(), renewals_.end(),
                             [](const auto& a, const auto& b) { return a.second.at < b.second.at; }));
}

} // namespace keybearer
