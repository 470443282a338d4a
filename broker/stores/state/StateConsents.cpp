#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/stores/state/RowSeal.h"
#include "broker/stores/state/StateDatabase.h"

// The part of StateDatabase that is the ConsentStore.
namespace keybearer {

namespace {

constexpr const char* table = "consents";
constexpr std::size_t sealedColumns = 13; // before `more`

std::string textOf(WallTime time) {
    return std::to_string(time.time_since_epoch().count());
}

WallTime timeOf(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(milliseconds));
}

// The columns in their order, as text.
std::vector<std::string> columnsOf(const Consent& consent) {
    return {consent.id,
            consent.evidence.executable,
            consent.evidence.script,
            consent.evidence.startedBy,
            consent.subject.provider,
            consent.subject.providerName,
            consent.subject.accountLabel,
            consent.subject.sessionId,
            join(consent.subject.scopes, " "),
            textOf(consent.grantedAt),
            textOf(consent.expiresAt),
            textOf(consent.lastUsedAt),
            std::to_string(consent.uses)};
}

Json moreOf(const Consent& consent) {
    Json more{{"class", static_cast<int>(consent.evidence.identity)},
              {"executable_sha256", consent.evidence.executableHash},
              {"script_sha256", consent.evidence.scriptHash},
              {"system_owned", consent.evidence.systemOwned},
              {"working_directory", consent.evidence.workingDirectory},
              {"unit", consent.evidence.unit},
              {"sandbox", consent.evidence.sandbox},
              {"signer", consent.evidence.signer},
              {"issuer", consent.subject.issuer},
              {"resource", consent.subject.resource},
              {"purpose", purposeWord(consent.subject.purpose)},
              {"span", static_cast<int>(consent.span)},
              {"prompt_sha256", consent.promptHash},
              {"policy_version", consent.policyVersion}};
    if (consent.updatedAt)
        more["updated_at"] = consent.updatedAt->time_since_epoch().count();
    if (!consent.evidence.client.empty()) {
        more["client"] = consent.evidence.client;
        more["client_name"] = consent.evidence.clientName;
        more["redirect"] = consent.subject.redirect;
    }
    return more;
}

Consent consentOf(Statement& row, const Json& more) {
    const auto text = [&](const char* key) { return stringAt(more, key).value_or(""); };
    Consent consent;
    consent.id = row.text(0);
    consent.evidence.identity = static_cast<IdentityClass>(integerAt(more, "class").value_or(0));
    consent.evidence.executable = row.text(1);
    consent.evidence.executableHash = text("executable_sha256");
    consent.evidence.systemOwned = booleanAt(more, "system_owned").value_or(false);
    consent.evidence.script = row.text(2);
    consent.evidence.scriptHash = text("script_sha256");
    consent.evidence.workingDirectory = text("working_directory");
    consent.evidence.startedBy = row.text(3);
    consent.evidence.unit = text("unit");
    consent.evidence.sandbox = text("sandbox");
    consent.evidence.signer = text("signer");
    consent.evidence.client = text("client");
    consent.evidence.clientName = text("client_name");
    consent.subject = {row.text(4), row.text(5), row.text(6), row.text(7), splitWords(row.text(8))};
    consent.subject.issuer = text("issuer");
    consent.subject.resource = text("resource");
    consent.subject.purpose = purposeFrom(text("purpose")).value_or(ConsentPurpose::HandOut);
    consent.subject.redirect = text("redirect");
    consent.span = static_cast<ConsentSpan>(integerAt(more, "span").value_or(0));
    consent.grantedAt = timeOf(row.integer(9));
    consent.expiresAt = timeOf(row.integer(10));
    consent.lastUsedAt = timeOf(row.integer(11));
    consent.uses = row.integer(12);
    consent.promptHash = text("prompt_sha256");
    consent.policyVersion = text("policy_version");
    if (const auto updated = integerAt(more, "updated_at"))
        consent.updatedAt = timeOf(*updated);
    return consent;
}

} // namespace

// The seal is looked at before anything of the row is believed.
std::optional<Json> StateDatabase::sealedMore(Statement& row) const {
    Result<Json> more = parseJson(row.text(static_cast<int>(sealedColumns)));
    if (!more || !more->is_object())
        return std::nullopt;
    const std::string seal = stringAt(*more, "seal").value_or("");
    more->erase("seal");
    std::vector<std::string> fields;
    for (std::size_t column = 0; column < sealedColumns; ++column)
        fields.push_back(row.text(static_cast<int>(column)));
    fields.push_back(dumpJson(*more));
    if (!isSeal(seal, sealOfRow(rowKey_, storeId_, table, fields)))
        return std::nullopt;
    return std::move(*more);
}

Result<ConsentStore::Loaded> StateDatabase::loadConsents() {
    Result<Statement> query = database_->prepare("SELECT * FROM consents");
    if (!query)
        return tl::unexpected(query.error());
    ConsentStore::Loaded loaded;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return loaded;
        if (const std::optional<Json> more = sealedMore(*query))
            loaded.consents.push_back(consentOf(*query, *more));
        else
            loaded.refused.push_back(query->text(0));
    }
}

Result<void> StateDatabase::putConsent(const Consent& consent) {
    Result<Statement> insert = database_->prepare(
        "INSERT OR REPLACE INTO consents (id, executable, script, started_by, provider, "
        "provider_name, account, session_id, scopes, granted_at, expires_at, last_used_at, uses, more) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
    if (!insert)
        return tl::unexpected(insert.error());
    std::vector<std::string> fields = columnsOf(consent);
    constexpr std::size_t firstNumber = 9;
    for (std::size_t column = 0; column < firstNumber; ++column)
        insert->bind(static_cast<int>(column) + 1, fields[column]);
    insert->bind(10, consent.grantedAt.time_since_epoch().count())
        .bind(11, consent.expiresAt.time_since_epoch().count())
        .bind(12, consent.lastUsedAt.time_since_epoch().count())
        .bind(13, consent.uses);
    Json more = moreOf(consent);
    fields.push_back(dumpJson(more));
    more["seal"] = sealOfRow(rowKey_, storeId_, table, fields);
    return insert->bind(14, dumpJson(more)).run();
}

Result<void> StateDatabase::removeConsent(const std::string& id) {
    return removeById("DELETE FROM consents WHERE id = ?1", id);
}

} // namespace keybearer
