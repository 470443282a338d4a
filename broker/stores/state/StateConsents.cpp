#include "broker/stores/state/StateDatabase.h"

#include "broker/base/Text.h"

// The part of StateDatabase that is the ConsentStore.
namespace keybearer {

Result<std::vector<Consent>> StateDatabase::loadConsents() {
    Result<Statement> query = database_->prepare("SELECT * FROM consents");
    if (!query)
        return tl::unexpected(query.error());
    std::vector<Consent> consents;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return consents;
        const auto timeAt = [&](int column) {
            return WallTime(std::chrono::milliseconds(query->integer(column)));
        };
        Consent consent;
        consent.id = query->text(0);
        consent.caller = {query->text(1), query->text(2), query->text(3)};
        consent.subject = {query->text(4), query->text(5), query->text(6), query->text(7),
                           splitWords(query->text(8))};
        consent.span = ConsentSpan::ThirtyDays;
        consent.grantedAt = timeAt(9);
        consent.expiresAt = timeAt(10);
        consent.lastUsedAt = timeAt(11);
        consent.uses = query->integer(12);
        consents.push_back(std::move(consent));
    }
}

Result<void> StateDatabase::putConsent(const Consent& consent) {
    Result<Statement> insert = database_->prepare(
        "INSERT OR REPLACE INTO consents (id, executable, script, started_by, provider, "
        "provider_name, account, session_id, scopes, granted_at, expires_at, last_used_at, uses) VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, consent.id)
        .bind(2, consent.caller.executable)
        .bind(3, consent.caller.script)
        .bind(4, consent.caller.startedBy)
        .bind(5, consent.subject.provider)
        .bind(6, consent.subject.providerName)
        .bind(7, consent.subject.accountLabel)
        .bind(8, consent.subject.sessionId)
        .bind(9, join(consent.subject.scopes, " "))
        .bind(10, consent.grantedAt.time_since_epoch().count())
        .bind(11, consent.expiresAt.time_since_epoch().count())
        .bind(12, consent.lastUsedAt.time_since_epoch().count())
        .bind(13, consent.uses)
        .run();
}

Result<void> StateDatabase::removeConsent(const std::string& id) {
    return removeById("DELETE FROM consents WHERE id = ?1", id);
}

} // namespace keybearer
