#pragma once

#include "broker/gatekeeper/CoreDesk.h"
#include "broker/pins/PinnedTools.h"

namespace keybearer {

// Answers tools.seen and tools.define of the core link (docs/gateway-http.md), and tells the gateway when
// what is hidden may have changed. Which service and which mode it is about is the exchange's, never what the
// gateway says. Owned by the Gatekeeper; event loop thread.
class ToolDesk : public QObject {
    Q_OBJECT
public:
    ToolDesk(CoreDesk& desk, GatewayProcess& process, PinnedTools& tools);

private:
    void seen(const Json& params, const CoreDesk::Answer& answer);
    void define(const Json& params, const CoreDesk::Answer& answer);

    CoreDesk& desk_;
    PinnedTools& tools_;
};

} // namespace keybearer
