#pragma once

#include "broker/accounts/TokenBroker.h"
#include "broker/gatekeeper/ProgramService.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

// The variables of one start of a local service's program, each with its token: asked for in the name of the
// program, which was allowed exactly these, with the audit of every release. The values are wiped with it.
// Owned by the LocalPrograms; event loop thread.
class ProgramTokens {
public:
    struct Gathered {
        std::vector<std::string> variables; // NAME=value; whoever uses them wipes them
        std::set<std::string> sessions;     // whose tokens they are
        std::optional<WallTime> ends;       // the first of them
    };
    ProgramTokens(TokenBroker& broker, const Clock& clock) : broker_(broker), clock_(clock) {}

    // Completes once, at once or later, with all of them or the first refusal. `notBefore`: until when the
    // tokens of the last start live; better ones are wanted, if there are any.
    void gather(const ProgramService& service, const Caller& program, std::optional<WallTime> notBefore,
                Completion<Gathered> done);

private:
    struct Run;
    void next(const std::shared_ptr<Run>& run);
    void ask(const std::shared_ptr<Run>& run, std::chrono::seconds minValid);

    TokenBroker& broker_;
    const Clock& clock_;
    std::uint64_t last_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
