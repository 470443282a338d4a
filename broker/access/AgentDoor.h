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

// Why a caller that brings its permission along cannot have what it names, before anything is looked up: it
// is not to learn what else there is. Nothing: it may, or that can be told only of what is found.
[[nodiscard]] std::optional<Error> outsidePriorGrant(const Caller& caller,
                                                     const std::optional<std::string>& provider);

// Whether this account is among what came with the caller.
[[nodiscard]] bool includes(const PriorGrant& prior, const std::string& provider, const std::string& account);
[[nodiscard]] Error notIncluded(const PriorGrant& prior); // PolicyDenied; says nothing of what there is

// What is told of something that was not found: through agent.sock the same as of what is there and not
// listed, so that nobody can try out what there is.
[[nodiscard]] Error toldOutside(const Caller& caller, const std::optional<std::string>& provider,
                                const std::optional<std::string>& account, const Error& error);

// What may be told about a failure to another machine: which it is, and no names of accounts.
[[nodiscard]] Error forAnotherMachine(const Error& error);

} // namespace keybearer
