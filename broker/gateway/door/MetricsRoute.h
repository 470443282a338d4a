#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/EventTimers.h"
#include "broker/gateway/door/ServedRequest.h"

#include <optional>
#include <set>

namespace keybearer {

// /metrics, /healthz and /readyz over what the broker says of itself: texts without secrets and account
// names, asked for once a second at most, however many ask. Owned by the GatewayRoom; event loop thread.
class MetricsRoute : public Route {
public:
    MetricsRoute(CorePort& core, EventTimers& timers) : core_(core), timers_(timers) {}
    ~MetricsRoute() override;
    MetricsRoute(const MetricsRoute&) = delete;
    MetricsRoute& operator=(const MetricsRoute&) = delete;
    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest& request) override;

private:
    class Waiting;
    struct Question {
        const char* method;
        std::optional<Result<Json>> answer; // of at most a second ago
        EventTimers::Instant answeredAt;
        bool asked = false;
        std::set<Waiting*> waiting;
    };
    void ask(Question& question);
    static void tell(ServedRequest& request, const Question& question);

    CorePort& core_;
    EventTimers& timers_;
    Question metrics_{"metrics.text", {}, {}, false, {}};
    Question health_{"health.brief", {}, {}, false, {}};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
