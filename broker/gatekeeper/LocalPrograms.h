#pragma once

#include "broker/access/Capabilities.h"
#include "broker/audit/AuditLog.h"
#include "broker/base/Json.h"
#include "broker/gatekeeper/Exchanges.h"
#include "broker/gatekeeper/LocalProgram.h"
#include "broker/gatekeeper/ProgramTokens.h"

#include <map>
#include <set>

namespace keybearer {

// The services that are programs of this machine: who may use them, what may be started for them, and the one
// program of each that runs (T-51). A person agrees to two things, each once: that this exact command line,
// with the content of its program and script, is started with these tokens (the same question as of
// `keybearer run`); and that a client uses the service. A changed command is another one. Started only for an
// exchange that is open, with a small environment and fresh tokens; started anew ever more slowly when it
// dies at once; ended when the gateway says so, with the gateway, with the permission, and with us. Owned by
// the Gatekeeper; event loop thread.
class LocalPrograms : public QObject {
    Q_OBJECT
public:
    struct Setup {
        std::vector<ProgramService> services;
        decltype(Capabilities::Setup::measure) measure; // null: the content does not count
        std::function<void(const AuditEvent&)> record;
        std::chrono::seconds wait{45}; // how long a client waits for a person
        std::chrono::milliseconds firstPause{100};
        std::chrono::milliseconds longestPause{30'000};
        LocalProgram::Patience patience{};
    };
    LocalPrograms(Setup setup, ConsentGate& gate, TokenBroker& broker, const Clock& clock);
    ~LocalPrograms() override;

    // Other services from now on. A program whose service is gone, or is started in another way by now, ends.
    void configure(std::vector<ProgramService> services, std::chrono::seconds wait);

    // exchange.token of a local service: may the client use it, and may its program be started? Asks a
    // person, one thing after the other, if `interactive`. What a permission to use one is about, instead of
    // a stored sign-in.
    [[nodiscard]] static std::string sessionOf(const std::string& service) { return "service:" + service; }
    void permit(const Exchange& exchange, bool interactive, Completion<void> done);

    struct Opened {
        std::string instance;
        int input = -1; // both are closed when the call of `done` returns
        int output = -1;
        std::chrono::seconds idle{600};
    };
    // local.open: starts the program. ConsentRequired if permit() has not agreed; NotFound, and what the
    // tokens lack. Within Setup::longestPause and the time that tokens take.
    void open(const Exchange& exchange, Completion<Opened> done);
    // local.close
    void close(const std::string& instance);
    // Its ends of the pipes are gone.
    void gatewayEnded();
    // A stored sign-in has gone: what was started with its token ends.
    void sessionEnded(const std::string& session);
    // {"name": {"pid", "instance", "starts", "deaths"}}
    [[nodiscard]] Json health() const;

Q_SIGNALS:
    void ended(const std::string& service, const std::string& instance, const std::string& why);
    // Its tokens end soon.
    void expires(const std::string& instance);

private:
    struct Running;
    struct Case;
    using CasePtr = std::shared_ptr<Case>;

    [[nodiscard]] Result<Running*> find(const Exchange& exchange);
    void add(const ProgramService& service);
    void endCases(const Running& running);
    void enter(const CasePtr& open);
    void mayUse(const CasePtr& open);
    void mayStart(const CasePtr& open);
    void measure(const CasePtr& open, bool script);
    void askToStart(const CasePtr& open);
    void finish(const CasePtr& open, const Result<void>& outcome);

    void pump(Running& service);
    void start(Running& service);
    void startQuietly(Running& service);
    void gathered(Running& service, Result<ProgramTokens::Gathered> tokens);
    [[nodiscard]] Result<void> spawn(Running& service, ProgramTokens::Gathered& tokens);
    void answerWaiting(Running& service);
    void failWaiting(Running& service, const Error& error);
    void onEnded(Running& service, const std::string& why);
    void planRenewal(Running& service, const std::optional<WallTime>& ends);
    void stop(Running& service, const std::string& why);
    void onConsentOver(const Consent& consent, const std::string& why);
    void record(const char* kind, const Running& service, const std::string& detail) const;

    Setup setup_;
    ConsentGate& gate_;
    const Clock& clock_;
    ProgramTokens tokens_;
    std::map<std::string, std::unique_ptr<Running>> services_; // by name
    std::set<CasePtr> cases_;                                  // that wait
    std::uint64_t lastInstance_ = 0;
};

} // namespace keybearer
