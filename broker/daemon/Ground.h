#pragma once

#include "broker/audit/AuditLog.h"
#include "broker/config/Config.h"
#include "broker/daemon/Options.h"
#include "broker/daemon/Sandbox.h"
#include "broker/daemon/StoreKeeper.h"
#include "broker/http/HttpClient.h"
#include "broker/platform/HandedOver.h"
#include "broker/platform/ListenSocket.h"
#include "broker/platform/SingleInstance.h"
#include "broker/stores/state/StateDatabase.h"

#include <memory>

namespace keybearer {

// What the process has before anything is built.
struct Beginning {
    HandedOver handed;
    Sandbox sandbox;
};

// What the house stands on: files, sockets and the lock, all that may fail while it is opened.
struct Ground {
    NetworkRoute route;
    std::unique_ptr<SingleInstance> instance;
    std::unique_ptr<StateDatabase> state;
    std::unique_ptr<StoreKeeper> store;
    std::unique_ptr<AuditLog> audit;
    ListenSocket socket;
    ListenSocket agentSocket; // not open unless the configuration says so
    Sandbox sandbox;
};

// Another broker on the same socket is InvalidRequest; what cannot be used is StoreUnavailable.
[[nodiscard]] Result<Ground> openGround(const Places& places, const Config& config, Beginning beginning);

} // namespace keybearer
