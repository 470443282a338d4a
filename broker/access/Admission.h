#pragma once

#include "broker/access/OperatorPrograms.h"
#include "broker/access/Permission.h"

#include <functional>
#include <string>
#include <vector>

namespace keybearer {

// What hello showed beside the program's name.
struct Shown {
    std::string clientKey; // secret; empty: none
    std::string role;      // for how much it asks; empty: as much as it may have
};

// Decides at hello what a caller is, and before each request whether it still is that and may do this. Owned
// by the Broker; event loop thread.
class Admission {
public:
    struct Setup {
        Role programs = Role::Agent;     // what a program of the user is that is no operator's
        std::filesystem::path directory; // where the broker's own programs lie
        // Told of each refusal: for the audit log. `why` is a word, `detail` a sentence for people.
        std::function<void(const Caller& caller, const char* kind, const std::string& why,
                           const std::string& detail)>
            refused;
    };
    // Knows callers by what they show (a client's key, a capability). A caller that it knows gets its role,
    // clientId or capability and prior grant from it.
    class Register {
    public:
        virtual ~Register() = default;
        // True if it filled in `caller`, false if nothing was shown that concerns it. An error: it was, and
        // is not good.
        [[nodiscard]] virtual Result<bool> recognise(Caller& caller, const Shown& shown) = 0;
        // Before each request of a caller that it may have filled in: is what was shown still good?
        [[nodiscard]] virtual Result<void> confirm(const Caller& caller) const = 0;
        // A request of it was permitted.
        virtual void noteUse(const Caller& caller) { static_cast<void>(caller); }
    };

    explicit Admission(Setup setup) : setup_(std::move(setup)), operators_(setup_.directory) {}

    void add(Register& known) { registers_.push_back(&known); }
    // What a program of the user is from now on. One that was more when it said hello is no more than this.
    void setPrograms(Role role) { setup_.programs = role; }

    // Fills in role, ceiling, operatorProgram and what a register knows. ClientUnknown, ClientDisabled,
    // ClientExpired; PolicyDenied for a role above its own.
    [[nodiscard]] Result<void> admit(Caller& caller, const Shown& shown);

    // The last step: hello may ask for a lesser role. PolicyDenied if it is above the caller's own.
    [[nodiscard]] static Result<void> narrow(Caller& caller, const std::string& role);

    // PolicyDenied, or why what was shown at hello is no longer good.
    [[nodiscard]] Result<void> permitMethod(const Caller& caller, std::string_view method) const;
    [[nodiscard]] Result<void> permitTopic(const Caller& caller, std::string_view topic) const;
    // Is what was shown at hello still good? For answers that come later, and what the broker sends by
    // itself.
    [[nodiscard]] Result<void> confirm(const Caller& caller) const;

private:
    [[nodiscard]] Result<void> noted(const Caller& caller, std::string_view what, Result<void> outcome) const;
    [[nodiscard]] bool wasMore(const Caller& caller) const;

    Setup setup_;
    OperatorPrograms operators_;
    std::vector<Register*> registers_;
};

} // namespace keybearer
