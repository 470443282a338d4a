#include "broker/gatekeeper/ServiceStates.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostServices = 1100; // a thousand servers and what the configuration adds
constexpr std::size_t longestWhy = 256;

std::uint64_t countAt(const Json& params, const char* name) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(integerAt(params, name).value_or(0), 0));
}

} // namespace

void ServiceStates::note(const Json& params) {
    const std::string service = stringAt(params, "service").value_or("");
    const std::string word = stringAt(params, "state").value_or("");
    if (service.empty() || (word != "up" && word != "degraded" && word != "down") ||
        (!states_.contains(service) && states_.size() >= mostServices))
        return;
    State& state = states_[service];
    const bool another = state.word != word;
    if (another)
        state.since = clock_.wall();
    state.word = word;
    state.why = displaySafe(stringAt(params, "why").value_or(""), longestWhy);
    state.waiting = std::max<std::int64_t>(integerAt(params, "waiting").value_or(0), 0);
    state.latencyMilliseconds = integerAt(params, "latency_ms");
    if (booleanAt(params, "restarted").value_or(false))
        ++state.restarts;
    if (another)
        Q_EMIT changed(service);
}

void ServiceStates::count(const Json& params) {
    now_.connections = countAt(params, "connections");
    now_.requests = countAt(params, "requests");
    now_.unauthorized = countAt(params, "unauthorized");
    now_.refused = countAt(params, "refused");
    now_.streams = countAt(params, "streams");
    now_.upstreamErrors = countAt(params, "upstream_errors");
    now_.recovered = countAt(params, "recovered");
}

void ServiceStates::processEnded() {
    before_ = counts();
    now_ = {};
    const std::map<std::string, State> gone = std::exchange(states_, {});
    for (const auto& [service, state] : gone)
        Q_EMIT changed(service);
}

const ServiceStates::State* ServiceStates::find(const std::string& service) const {
    const auto found = states_.find(service);
    return found == states_.end() ? nullptr : &found->second;
}

ServiceStates::Counts ServiceStates::counts() const {
    Counts sum = now_;
    sum.requests += before_.requests;
    sum.unauthorized += before_.unauthorized;
    sum.refused += before_.refused;
    sum.upstreamErrors += before_.upstreamErrors;
    sum.recovered += before_.recovered;
    return sum;
}

Json ServiceStates::toJson(const std::string& service) const {
    const State* state = find(service);
    if (state == nullptr)
        return Json{{"state", "unknown"}};
    Json out{{"state", state->word},
             {"since", toRfc3339(state->since)},
             {"restarts", state->restarts},
             {"waiting", state->waiting}};
    if (!state->why.empty())
        out["why"] = state->why;
    if (state->latencyMilliseconds)
        out["latency_ms"] = *state->latencyMilliseconds;
    return out;
}

} // namespace keybearer
