#pragma once

#include "broker/base/Result.h"
#include "broker/pins/ToolRecord.h"

#include <string>
#include <vector>

namespace keybearer {

// Where the tools of services are kept. Every change is on the disk when the call returns. Owned by the
// Broker; event loop thread. Failures: StoreUnavailable.
class PinStore {
public:
    virtual ~PinStore() = default;

    struct Loaded {
        std::vector<PinnedService> services;
        std::vector<ToolRecord> tools;
        std::vector<std::string> refused; // services of which a row was changed by somebody else
    };
    [[nodiscard]] virtual Result<Loaded> loadTools() = 0;
    // All of it or nothing.
    [[nodiscard]] virtual Result<void> putTools(const PinnedService& service,
                                                const std::vector<const ToolRecord*>& tools) = 0;
    [[nodiscard]] virtual Result<void> removeTool(const std::string& service, const std::string& tool) = 0;
    [[nodiscard]] virtual Result<void> removeTools(const std::string& service) = 0;

    struct DefinitionKey {
        std::string service;
        std::string tool;
        std::string fingerprint;
    };
    [[nodiscard]] virtual Result<void> putDefinition(const DefinitionKey& key, const std::string& text) = 0;
    // Empty: it is not there, or no longer what the fingerprint says.
    [[nodiscard]] virtual Result<std::string> definition(const DefinitionKey& key) = 0;
    [[nodiscard]] virtual Result<void> removeDefinition(const DefinitionKey& key) = 0;
};

} // namespace keybearer
