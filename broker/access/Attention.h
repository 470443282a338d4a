#pragma once

#include "broker/access/Denials.h"
#include "broker/access/Evidence.h"

#include <chrono>
#include <optional>

namespace keybearer {

// A person's attention, and how much of it a program has used up (T-07): whoever is told no, or asks and goes
// away, too often has to wait. Counted under several names, so that a copy of a program or a new one has no
// share of its own. Owned by the ConsentGate; event loop thread.
class Attention {
public:
    explicit Attention(const Clock& clock) : denials_(clock) {}

    // A person said no. How long the program is not asked about now, if that was once too often.
    [[nodiscard]] std::optional<std::chrono::seconds> denied(const Evidence& program);
    // The program went away before anybody answered.
    void abandoned(const Evidence& program);

    // How long the program must still wait before a person is asked; nothing: it need not.
    struct Wait {
        std::optional<std::chrono::seconds> quarantine; // for what a person said
        std::optional<std::chrono::seconds> pause;      // for going away
    };
    [[nodiscard]] Wait waitOf(const Evidence& program) const;

private:
    Denials denials_;
};

} // namespace keybearer
