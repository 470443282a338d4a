#pragma once

#include "broker/access/Consent.h"
#include "broker/audit/AuditLog.h"

#include <string>
#include <vector>

namespace keybearer {

// The two things that a TokenBroker writes to, as lists that a test can look at.
class NoConsents final : public ConsentStore {
public:
    [[nodiscard]] Result<Loaded> loadConsents() override { return Loaded{}; }
    [[nodiscard]] Result<void> putConsent(const Consent&) override { return {}; }
    [[nodiscard]] Result<void> removeConsent(const std::string&) override { return {}; }
};

class ListedAudit final : public AuditLog {
public:
    [[nodiscard]] Result<void> append(const AuditEvent& event) override {
        if (broken)
            return failure(ErrorCode::StoreUnavailable, "disk full");
        rows.push_back(event);
        return {};
    }
    [[nodiscard]] AuditTemplate prepare(const AuditEvent& event) override { return {event.sessionId}; }
    void stage(const AuditTemplate& row) override { staged.push_back(row.body); }
    [[nodiscard]] Result<void> flush() override { return {}; }
    [[nodiscard]] Result<std::vector<Row>> query(std::int64_t) override { return std::vector<Row>{}; }
    [[nodiscard]] Result<Verdict> verify() override { return Verdict{}; }
    [[nodiscard]] std::string fingerprint(std::string_view) const override { return "fp"; }

    std::vector<AuditEvent> rows;
    std::vector<std::string> staged;
    bool broken = false;
};

} // namespace keybearer
