#include "broker/stores/envelope/Envelope.h"
#include "broker/stores/state/RowSeal.h"
#include "broker/stores/state/StateDatabase.h"

// The part of StateDatabase that is the AuthorityStore. What a row says is sealed: it decides who gets
// tokens.
namespace keybearer {

namespace {

constexpr std::string_view clientTable = "local_clients";
constexpr std::string_view grantTable = "local_grants";
constexpr std::string_view keyTable = "local_keys";

std::int64_t millis(WallTime time) {
    return time.time_since_epoch().count();
}

WallTime timeAt(const Json& more, const char* key) {
    return WallTime(std::chrono::milliseconds(integerAt(more, key).value_or(0)));
}

Json moreOf(const LocalClient& client) {
    return Json{{"kind", static_cast<int>(client.kind)},
                {"name", client.name},
                {"service", client.service},
                {"redirect_uris", client.redirectUris},
                {"application_type", client.applicationType},
                {"auth_method", client.authMethod},
                {"secret_hash", client.secretHash},
                {"created_at", millis(client.createdAt)},
                {"last_used_at", millis(client.lastUsedAt)}};
}

LocalClient clientOf(std::string id, const Json& more) {
    LocalClient client;
    client.id = std::move(id);
    client.kind = static_cast<LocalClient::Kind>(integerAt(more, "kind").value_or(0));
    client.name = stringAt(more, "name").value_or("");
    client.service = stringAt(more, "service").value_or("");
    client.redirectUris = stringsAt(more, "redirect_uris");
    client.applicationType = stringAt(more, "application_type").value_or("");
    client.authMethod = stringAt(more, "auth_method").value_or("");
    client.secretHash = stringAt(more, "secret_hash").value_or("");
    client.createdAt = timeAt(more, "created_at");
    client.lastUsedAt = timeAt(more, "last_used_at");
    return client;
}

Json moreOf(const LocalGrant& grant) {
    return Json{{"client_id", grant.clientId},
                {"service", grant.service},
                {"consent_id", grant.consentId},
                {"session_id", grant.sessionId},
                {"provider", grant.provider},
                {"account", grant.account},
                {"scopes", grant.scopes},
                {"refreshable", grant.refreshable},
                {"generation", grant.generation},
                {"rotated_at", millis(grant.rotatedAt)},
                {"created_at", millis(grant.createdAt)},
                {"last_used_at", millis(grant.lastUsedAt)},
                {"ends_at", millis(grant.endsAt)}};
}

LocalGrant grantOf(std::string id, const Json& more) {
    LocalGrant grant;
    grant.id = std::move(id);
    grant.clientId = stringAt(more, "client_id").value_or("");
    grant.service = stringAt(more, "service").value_or("");
    grant.consentId = stringAt(more, "consent_id").value_or("");
    grant.sessionId = stringAt(more, "session_id").value_or("");
    grant.provider = stringAt(more, "provider").value_or("");
    grant.account = stringAt(more, "account").value_or("");
    grant.scopes = stringsAt(more, "scopes");
    grant.refreshable = booleanAt(more, "refreshable").value_or(false);
    grant.generation = static_cast<std::uint64_t>(integerAt(more, "generation").value_or(0));
    grant.rotatedAt = timeAt(more, "rotated_at");
    grant.createdAt = timeAt(more, "created_at");
    grant.lastUsedAt = timeAt(more, "last_used_at");
    grant.endsAt = timeAt(more, "ends_at");
    return grant;
}

LocalKey keyOf(std::string id, const Json& more) {
    LocalKey key;
    key.id = std::move(id);
    if (const auto jwk = more.find("jwk"); jwk != more.end())
        key.publicJwk = *jwk;
    key.createdAt = timeAt(more, "created_at");
    if (more.contains("retired_at"))
        key.retiredAt = timeAt(more, "retired_at");
    return key;
}

EnvelopeBinding bindingOf(const std::string& storeId, const std::string& id) {
    return {storeId, std::string(keyTable), id, "secret", 1};
}

std::string sealOf(const std::string& rowKey, const std::string& storeId, std::string_view table,
                   const std::string& id, const Json& more) {
    return sealOfRow(rowKey, storeId, table, {id, dumpJson(more)});
}

} // namespace

Result<std::vector<std::pair<std::string, Json>>> StateDatabase::loadSealed(std::string_view table) {
    Result<Statement> query =
        database_->prepare(std::string("SELECT id, more FROM ").append(table).append(" ORDER BY id"));
    if (!query)
        return tl::unexpected(query.error());
    std::vector<std::pair<std::string, Json>> rows;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return rows;
        Result<Json> more = parseJson(query->text(1));
        if (!more || !more->is_object())
            continue;
        const std::string seal = stringAt(*more, "seal").value_or("");
        more->erase("seal");
        if (isSeal(seal, sealOf(rowKey_, storeId_, table, query->text(0), *more)))
            rows.emplace_back(query->text(0), std::move(*more));
    }
}

Result<void> StateDatabase::putSealed(std::string_view table, const std::string& id, Json more) {
    Result<Statement> insert = database_->prepare(
        std::string("INSERT INTO ")
            .append(table)
            .append(" (id, more) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET more = ?2"));
    if (!insert)
        return tl::unexpected(insert.error());
    more["seal"] = sealOf(rowKey_, storeId_, table, id, more);
    return insert->bind(1, id).bind(2, dumpJson(more)).run();
}

Result<std::vector<LocalClient>> StateDatabase::loadLocalClients() {
    Result<std::vector<std::pair<std::string, Json>>> rows = loadSealed(clientTable);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<LocalClient> out;
    for (auto& [id, more] : *rows)
        out.push_back(clientOf(std::move(id), more));
    return out;
}

Result<void> StateDatabase::putLocalClient(const LocalClient& client) {
    return putSealed(clientTable, client.id, moreOf(client));
}

Result<void> StateDatabase::removeLocalClient(const std::string& id) {
    return removeById("DELETE FROM local_clients WHERE id = ?1", id);
}

Result<std::vector<LocalGrant>> StateDatabase::loadLocalGrants() {
    Result<std::vector<std::pair<std::string, Json>>> rows = loadSealed(grantTable);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<LocalGrant> out;
    for (auto& [id, more] : *rows)
        out.push_back(grantOf(std::move(id), more));
    return out;
}

Result<void> StateDatabase::putLocalGrant(const LocalGrant& grant) {
    return putSealed(grantTable, grant.id, moreOf(grant));
}

Result<void> StateDatabase::removeLocalGrant(const std::string& id) {
    return removeById("DELETE FROM local_grants WHERE id = ?1", id);
}

Result<std::vector<LocalKey>> StateDatabase::loadLocalKeys() {
    Result<std::vector<std::pair<std::string, Json>>> rows = loadSealed(keyTable);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<LocalKey> out;
    for (auto& [id, more] : *rows)
        out.push_back(keyOf(std::move(id), more));
    return out;
}

Result<void> StateDatabase::putLocalKey(const LocalKey& key, const Secret& secret) {
    Json more{{"created_at", millis(key.createdAt)}};
    if (!key.publicJwk.is_null())
        more["jwk"] = key.publicJwk;
    if (key.retiredAt)
        more["retired_at"] = millis(*key.retiredAt);
    if (secret.empty())
        return putSealed(keyTable, key.id, std::move(more));
    if (!isOpen())
        return failure(ErrorCode::StoreLocked,
                       "a key of the gateway cannot be kept while the store is locked",
                       "Unlock the keychain, or: keybearer store unlock");
    const Result<std::string> envelope = sealEnvelope(key_, bindingOf(storeId_, key.id), secret);
    if (!envelope)
        return tl::unexpected(envelope.error());
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (auto put = putSealed(keyTable, key.id, std::move(more)); !put)
        return put;
    Result<Statement> update = database_->prepare("UPDATE local_keys SET sealed = ?2 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    if (auto updated = update->bind(1, key.id).bindBlob(2, *envelope).run(); !updated)
        return updated;
    return transaction->commit();
}

Result<Secret> StateDatabase::localKeySecret(const std::string& id) {
    if (!isOpen())
        return failure(ErrorCode::StoreLocked, "the keys of the gateway are locked away with the store",
                       "Unlock the keychain, or: keybearer store unlock");
    Result<Statement> query = database_->prepare("SELECT sealed FROM local_keys WHERE id = ?1");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, id);
    const Result<bool> row = query->step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row || query->isNull(0))
        return failure(ErrorCode::NotFound, "there is no such key");
    return openEnvelope(key_, bindingOf(storeId_, id), query->blob(0));
}

Result<void> StateDatabase::removeLocalKey(const std::string& id) {
    return removeById("DELETE FROM local_keys WHERE id = ?1", id);
}

} // namespace keybearer
