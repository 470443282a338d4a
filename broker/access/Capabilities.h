#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/access/StartRequests.h"
#include "broker/base/Secret.h"

#include <deque>
#include <map>
#include <set>

namespace keybearer {

// The right of one started program to what its profile lists, for as long as it runs.
struct Capability {
    std::string id; // "cap_..."; not a secret
    std::string profile;
    Caller holder; // how connections that were handed over are seen
    WallTime issuedAt{};
    std::optional<WallTime> until;
    bool inEnvironment = false; // handed over in KEYBEARER_CAPABILITY, not as a connection
};

// Issues capabilities to programs that `keybearer run --profile` starts, and ends them with those programs.
// The secret form is known here as a hash only. Owned by the Broker; event loop thread. Never opens anything
// itself: who is told of an end closes the connections.
class Capabilities : public QObject {
    Q_OBJECT
public:
    struct Setup {
        std::vector<RunProfile> profiles;
        using Measured = StartRequests::Measured;
        StartRequests::Measure measure;
    };
    Capabilities(Setup setup, ConsentGate& gate, const Clock& clock);
    ~Capabilities() override;

    struct Opened {
        Capability capability;
        std::vector<std::string> allowed;
        std::string stamp;            // of the executable that was agreed to; empty: whichever lies there
        std::optional<Secret> secret; // the form for the environment
        bool restarts = false;        // as the profile says
    };
    // `opener` is the operator program at the other end of `connection`; the command's process must be its
    // child. Asks a person unless the profile names the command or it was agreed to before. Completes at once
    // when no question is needed. NotFound, PolicyDenied, RateLimited, Cancelled (the process is gone), and
    // what ConsentGate::decide says. Not called when the connection closes first.
    void open(std::uint64_t connection, const Caller& opener, const std::string& profile, RunCommand command,
              bool inEnvironment, Completion<Opened> done);

    // What hello showed: completes the caller, who must be the program itself or started by it.
    // ClientUnknown, ClientExpired, PolicyDenied.
    [[nodiscard]] Result<void> admit(std::uint64_t connection, const std::string& shown, Caller& caller);

    // The same for an HTTP request. Where its process is known (pid), that must be the program itself or
    // started by it; where none is, whoever shows it is taken for the program.
    [[nodiscard]] Result<void> admitRoute(const std::string& shown, Caller& caller);
    // Is it still good? For what was opened with it. ClientExpired.
    [[nodiscard]] Result<void> confirm(const Caller& caller) const;

    void connectionClosed(std::uint64_t connection);

    // Other profiles from now on. A program keeps what it was started with; one whose profile is gone or
    // gives less loses it.
    void configure(std::vector<RunProfile> profiles);

    [[nodiscard]] std::vector<Capability> live() const;
    [[nodiscard]] const std::vector<RunProfile>& profiles() const { return profiles_; }

    struct Counters {
        std::uint64_t issued = 0;
        std::uint64_t refused = 0;
        std::uint64_t ended = 0;
        std::uint64_t live = 0;
    };
    [[nodiscard]] Counters counters() const;

Q_SIGNALS:
    void issued(const keybearer::Capability& capability);
    void refused(const keybearer::Caller& caller, const std::string& why); // each time: a flood is a flood
    // From now on these connections are worth nothing.
    void ended(const keybearer::Capability& capability, const std::string& why,
               const std::vector<std::uint64_t>& connections);
    // It has run out, and its connections hear so from now on.
    void expired(const keybearer::Capability& capability);

private:
    struct Live {
        Capability capability;
        std::string secretHash; // empty: handed over as a connection
        std::string consentId;  // on which it rests, or empty
        std::unique_ptr<ProcessWatch> watch;
        std::set<std::uint64_t> connections;
        bool expiryTold = false;
    };

    [[nodiscard]] Result<const RunProfile*> profileFor(const std::string& name, bool inEnvironment) const;
    [[nodiscard]] Opened issue(StartRequests::Allowed allowed);
    [[nodiscard]] Live* findSecret(const std::string& hash);
    [[nodiscard]] Result<Live*> holderOf(const std::string& shown, const Caller& caller, bool anyProcess);
    static void fillIn(const Live& live, Caller& caller);
    [[nodiscard]] tl::unexpected<Error> refuse(const Caller& caller, ErrorCode code, const std::string& what,
                                               const std::string& action);
    void end(const std::string& id, const std::string& why);
    void endWith(const Consent& consent, const std::string& why);
    void onTick();
    void armTimer();

    std::vector<RunProfile> profiles_;
    ConsentGate& gate_;
    const Clock& clock_;
    StartRequests requests_;
    std::map<std::string, Live> live_; // by id; what watches them reports to requests_
    std::deque<std::string> spent_;    // hashes of secrets that are over
    Counters counters_;
    QTimer timer_;
};

} // namespace keybearer
