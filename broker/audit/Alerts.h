#pragma once

#include "broker/audit/AuditLog.h"

#include <deque>
#include <functional>
#include <map>
#include <set>

namespace keybearer {

// Something that a person should look at.
struct Alert {
    std::string level; // "warning", "error"
    std::string name;  // repeated_denials, new_caller_class ...: docs/audit.md lists them
    std::string message;
    std::string action;
    std::string caller{}; // whom it is about, or empty
    WallTime at{};
};

// Looks at every row as it is written (none of the warm path) and says when they add up to something: one
// alert a name and caller in an hour. Counts rows by kind. Owned by the Broker; event loop thread. Never does
// any I/O; whoever is told may append rows, those of alerts raise none.
class Alerts final : public AuditObserver {
public:
    using Raised = std::function<void(const Alert&)>;
    Alerts(const Clock& clock, Raised raised) : clock_(clock), raised_(std::move(raised)) {}

    void onRow(const AuditEvent& event) override;
    void onLeftOut(const AuditEvent& event) override;
    void onUnwritable(const Error& error) override;
    // What others found out: a store that went back in time, a sign-in that ends.
    // `about` keeps alerts of one name apart: a session, where it is not the caller.
    void raise(Alert alert, const std::string& about = {});
    // What a check of the log found.
    void onVerdict(const AuditLog::Verdict& verdict);
    // A release from before this start, so that what was usual stays usual.
    void remember(const AuditEvent& released);

    // The newest, the oldest of them first.
    [[nodiscard]] const std::deque<Alert>& recent() const { return recent_; }
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;
    [[nodiscard]] const Counts& raisedByName() const { return byName_; }
    [[nodiscard]] const Counts& rowsByKind() const { return byKind_; }
    // Events that a flood left without a row.
    [[nodiscard]] std::uint64_t leftOut() const { return leftOut_; }

private:
    struct Times {
        std::deque<BootTime> at;
    };
    void onRelease(const AuditEvent& event);
    void onRefusal(const AuditEvent& event);
    [[nodiscard]] bool often(const std::string& name, const std::string& who, std::size_t least);

    const Clock& clock_;
    const Raised raised_;
    std::deque<Alert> recent_;
    Counts byName_;
    Counts byKind_;
    std::uint64_t leftOut_ = 0;
    std::map<std::string, BootTime> lastRaised_;         // by name and caller
    std::map<std::string, Times> times_;                 // of refusals, by name and caller
    std::map<std::string, std::set<std::string>> usual_; // classes of callers, by session
};

} // namespace keybearer
