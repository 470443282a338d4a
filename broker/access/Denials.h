#pragma once

#include "broker/base/Clock.h"

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace keybearer {

// Remembers how often a person said no to a program, and how often a program left its own question alone, so
// that nobody is asked until they give in (T-07). By program, not by process: a program can start itself
// anew. Bounded. Owned by Attention; event loop thread.
class Denials {
public:
    explicit Denials(const Clock& clock) : clock_(clock) {}

    // How much is borne of what goes by one name: a program, or a whole class of them.
    struct Patience {
        std::size_t denials = 3;   // a person who said no three times means it
        std::size_t abandoned = 5; // Ctrl-C and again, a few times; more often is no person
    };
    // A person said no. True: once too often, the program is not asked about for a while.
    [[nodiscard]] bool deny(const std::string& program, Patience patience);
    // The program went away before anybody answered.
    void abandon(const std::string& program);

    // How long the program must still wait for the consequence of the one or the other; nothing: it need not.
    [[nodiscard]] std::optional<std::chrono::seconds> quarantine(const std::string& program) const;
    [[nodiscard]] std::optional<std::chrono::seconds> pause(const std::string& program,
                                                            Patience patience) const;

private:
    struct Record {
        std::deque<BootTime> denied;
        std::deque<BootTime> abandoned;
        std::optional<BootTime> quarantinedUntil;
    };
    Record& recordOf(const std::string& program);
    void forgetOld();

    const Clock& clock_;
    std::map<std::string, Record> records_;
};

} // namespace keybearer
