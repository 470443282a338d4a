#include "broker/stores/state/StateDatabase.h"

#include "broker/base/Json.h"
#include "broker/base/Text.h"

// The part of StateDatabase that is the CredentialIndex.
namespace keybearer {

namespace {

std::int64_t millis(WallTime time) {
    return time.time_since_epoch().count();
}

WallTime fromMillis(std::int64_t value) {
    return WallTime(std::chrono::milliseconds(value));
}

void bindTime(Statement& statement, int index, const std::optional<WallTime>& time) {
    if (time)
        statement.bind(index, millis(*time));
    else
        statement.bindNull(index);
}

std::optional<WallTime> timeOf(const Statement& statement, int column) {
    return statement.isNull(column) ? std::nullopt : std::optional(fromMillis(statement.integer(column)));
}

// The column "more": what a plain sign-in has not. Absent members are the defaults.
std::string moreOf(const CredentialRecord& record) {
    Json more = Json::object();
    if (record.kind != CredentialKind::SignIn)
        more["kind"] = kindWord(record.kind);
    if (record.refreshExpiresAt)
        more["refresh_expires_at"] = millis(*record.refreshExpiresAt);
    if (!record.assertionSubject.empty())
        more["assertion_subject"] = record.assertionSubject;
    if (record.kind == CredentialKind::ApiKey)
        more["api_key"] = {{"header", record.apiKey.header},
                           {"description", record.apiKey.description},
                           {"active", record.apiKey.active},
                           {"exportable", record.apiKey.exportable}};
    return dumpJson(more);
}

void readMore(const std::string& text, CredentialRecord& record) {
    const Result<Json> more = parseJson(text);
    if (!more || !more->is_object())
        return;
    record.kind = kindFromWord(stringAt(*more, "kind").value_or("")).value_or(CredentialKind::SignIn);
    if (const auto at = integerAt(*more, "refresh_expires_at"))
        record.refreshExpiresAt = fromMillis(*at);
    record.assertionSubject = stringAt(*more, "assertion_subject").value_or("");
    const auto terms = more->find("api_key");
    if (terms == more->end())
        return;
    record.apiKey.header = stringAt(*terms, "header").value_or(record.apiKey.header);
    record.apiKey.description = stringAt(*terms, "description").value_or("");
    record.apiKey.active = booleanAt(*terms, "active").value_or(false);
    record.apiKey.exportable = booleanAt(*terms, "exportable").value_or(false);
}

CredentialRecord recordOf(const Statement& row) {
    CredentialRecord record;
    record.id = row.text(0);
    record.provider = row.text(1);
    record.issuer = row.text(2);
    if (!row.isNull(3))
        record.resource = row.text(3);
    record.account = {row.text(4), row.text(5)};
    record.scopes = splitWords(row.text(6));
    record.generation = static_cast<std::uint64_t>(row.integer(7));
    record.accessIssuedAt = timeOf(row, 8);
    record.accessExpiresAt = timeOf(row, 9);
    record.createdAt = fromMillis(row.integer(10));
    record.refreshedAt = fromMillis(row.integer(11));
    record.refreshable = row.integer(12) != 0;
    record.needsSignIn = row.integer(13) != 0;
    record.quarantined = row.integer(14) != 0;
    record.reason = row.text(15);
    record.problem = row.text(16);
    record.lastUsedAt = timeOf(row, 17);
    record.lastUsedBy = row.text(18);
    readMore(row.text(19), record);
    return record;
}

} // namespace

Result<std::vector<CredentialRecord>> StateDatabase::loadRecords() {
    Result<Statement> query = database_->prepare("SELECT * FROM credentials");
    if (!query)
        return tl::unexpected(query.error());
    std::vector<CredentialRecord> records;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return records;
        records.push_back(recordOf(*query));
    }
}

Result<void> StateDatabase::putRecord(const CredentialRecord& record) {
    Result<Statement> prepared = database_->prepare(
        "INSERT OR REPLACE INTO credentials VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)");
    if (!prepared)
        return tl::unexpected(prepared.error());
    Statement& insert = *prepared;
    insert.bind(1, record.id).bind(2, record.provider).bind(3, record.issuer);
    if (record.resource)
        insert.bind(4, *record.resource);
    else
        insert.bindNull(4);
    insert.bind(5, record.account.subject)
        .bind(6, record.account.label)
        .bind(7, join(record.scopes, " "))
        .bind(8, static_cast<std::int64_t>(record.generation));
    bindTime(insert, 9, record.accessIssuedAt);
    bindTime(insert, 10, record.accessExpiresAt);
    insert.bind(11, millis(record.createdAt))
        .bind(12, millis(record.refreshedAt))
        .bind(13, std::int64_t(record.refreshable))
        .bind(14, std::int64_t(record.needsSignIn))
        .bind(15, std::int64_t(record.quarantined))
        .bind(16, record.reason)
        .bind(17, record.problem);
    bindTime(insert, 18, record.lastUsedAt);
    insert.bind(19, record.lastUsedBy).bind(20, moreOf(record));
    return insert.run();
}

Result<void> StateDatabase::removeRecord(const std::string& id) {
    return removeById("DELETE FROM credentials WHERE id = ?1", id);
}

} // namespace keybearer
