#pragma once

#include "broker/access/Admission.h"

namespace keybearer {

// Who comes through agent.sock: anybody, perhaps from another machine, and never more than what the
// configuration allows there. Owned by the Broker; event loop thread.
class AgentDoor final : public Admission::Register {
public:
    explicit AgentDoor(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

    [[nodiscard]] Result<bool> recognise(Caller& caller, const Shown& shown) override;
    [[nodiscard]] Result<void> confirm(const Caller&) const override { return {}; }

private:
    std::vector<std::string> allowed_;
};

} // namespace keybearer
