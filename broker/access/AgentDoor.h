#pragma once

#include "broker/access/Admission.h"
#include "broker/access/PriorGrant.h"

namespace keybearer {

// Who comes through agent.sock: anybody, perhaps from another machine, and never more than what the
// configuration allows there. Owned by the Broker; event loop thread.
class AgentDoor final : public Admission::Register {
public:
    explicit AgentDoor(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

    [[nodiscard]] Result<bool> recognise(Caller& caller, const Shown& shown) override;
    // ClientExpired: the list is another one than when it connected.
    [[nodiscard]] Result<void> confirm(const Caller& caller) const override;

    void configure(std::vector<std::string> allowed) { allowed_ = std::move(allowed); }

private:
    std::vector<std::string> allowed_;
};

// What is told of something that was not found: through agent.sock the same as of what is there and not
// listed, so that nobody can try out what there is.
[[nodiscard]] Error toldOutside(const Caller& caller, const std::optional<std::string>& provider,
                                const std::optional<std::string>& account, const Error& error);

// What may be told about a failure to another machine: which it is, and no names of accounts.
[[nodiscard]] Error forAnotherMachine(const Error& error);

} // namespace keybearer
