#include "broker/accounts/ResourceText.h"
#include "broker/base/Json.h"
#include "broker/stores/envelope/Envelope.h"
#include "broker/stores/state/RowSeal.h"
#include "broker/stores/state/StateDatabase.h"

// The part of StateDatabase that is the ResourceStore. What a row says is sealed: it decides where tokens go.
namespace keybearer {

namespace {

constexpr std::string_view serverTable = "servers";
constexpr std::string_view registrationTable = "registrations";

std::string sealed(Json more, const std::string& rowKey, const std::string& storeId, std::string_view table,
                   const std::string& key) {
    more["seal"] = sealOfRow(rowKey, storeId, table, {key, dumpJson(more)});
    return dumpJson(more);
}

// Nothing for a row that was changed outside of the broker.
std::optional<Json> unsealed(const std::string& text, const std::string& rowKey, const std::string& storeId,
                             std::string_view table, const std::string& key) {
    Result<Json> more = parseJson(text);
    if (!more || !more->is_object())
        return std::nullopt;
    const std::string seal = stringAt(*more, "seal").value_or("");
    more->erase("seal");
    if (!isSeal(seal, sealOfRow(rowKey, storeId, table, {key, dumpJson(*more)})))
        return std::nullopt;
    return std::move(*more);
}

EnvelopeBinding bindingOf(const std::string& storeId, const std::string& issuer) {
    return {storeId, "registrations", issuer, "client_secret", 1};
}

} // namespace

Result<std::vector<DiscoveredServer>> StateDatabase::loadServers() {
    Result<Statement> query = database_->prepare("SELECT url, more FROM servers ORDER BY url");
    if (!query)
        return tl::unexpected(query.error());
    std::vector<DiscoveredServer> servers;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return servers;
        if (const auto more = unsealed(query->text(1), rowKey_, storeId_, serverTable, query->text(0)))
            servers.push_back(serverFrom(query->text(0), *more));
    }
}

Result<void> StateDatabase::putServer(const DiscoveredServer& server) {
    Result<Statement> insert =
        database_->prepare("INSERT OR REPLACE INTO servers (url, more) VALUES (?1, ?2)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, server.url)
        .bind(2, sealed(toJson(server), rowKey_, storeId_, serverTable, server.url))
        .run();
}

Result<void> StateDatabase::removeServer(const std::string& url) {
    return removeById("DELETE FROM servers WHERE url = ?1", url);
}

Result<std::vector<StoredRegistration>> StateDatabase::loadRegistrations() {
    Result<Statement> query = database_->prepare("SELECT issuer, more FROM registrations ORDER BY issuer");
    if (!query)
        return tl::unexpected(query.error());
    std::vector<StoredRegistration> registrations;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return registrations;
        if (const auto more = unsealed(query->text(1), rowKey_, storeId_, registrationTable, query->text(0)))
            registrations.push_back(registrationFrom(query->text(0), *more));
    }
}

Result<void> StateDatabase::putRegistration(const StoredRegistration& registration, const Secret& secret) {
    Result<Statement> insert =
        database_->prepare("INSERT OR REPLACE INTO registrations (issuer, more, sealed) VALUES (?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected(insert.error());
    insert->bind(1, registration.issuer)
        .bind(2, sealed(toJson(registration), rowKey_, storeId_, registrationTable, registration.issuer));
    if (secret.empty()) {
        insert->bindNull(3);
        return insert->run();
    }
    if (!isOpen())
        return failure(ErrorCode::StoreLocked,
                       "the secret of a new client cannot be kept while the store is "
                       "locked",
                       "Unlock the keychain, or: keybearer store unlock");
    const Result<std::string> envelope = sealEnvelope(key_, bindingOf(storeId_, registration.issuer), secret);
    if (!envelope)
        return tl::unexpected(envelope.error());
    return insert->bindBlob(3, *envelope).run();
}

Result<Secret> StateDatabase::registrationSecret(const std::string& issuer) {
    if (!isOpen())
        return failure(ErrorCode::StoreLocked, "the secret of our client is locked away with the store",
                       "Unlock the keychain, or: keybearer store unlock");
    Result<Statement> query = database_->prepare("SELECT sealed FROM registrations WHERE issuer = ?1");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, issuer);
    const Result<bool> row = query->step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row || query->isNull(0))
        return Secret();
    return openEnvelope(key_, bindingOf(storeId_, issuer), query->blob(0));
}

Result<void> StateDatabase::removeRegistration(const std::string& issuer) {
    return removeById("DELETE FROM registrations WHERE issuer = ?1", issuer);
}

} // namespace keybearer
