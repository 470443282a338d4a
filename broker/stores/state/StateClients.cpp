#include "broker/stores/state/StateDatabase.h"

#include "broker/base/Json.h"
#include "broker/base/Random.h"
#include "broker/stores/state/RowSeal.h"

// The part of StateDatabase that is the ClientStore.
namespace keybearer {

namespace {

constexpr std::size_t hashBytes = 32;
constexpr std::string_view table = "clients";

Json timeOf(const std::optional<WallTime>& time) {
    return time ? Json(time->time_since_epoch().count()) : Json(nullptr);
}

std::optional<WallTime> timeAt(const Json& more, const char* key) {
    const std::optional<std::int64_t> count = integerAt(more, key);
    return count ? std::optional(WallTime(std::chrono::milliseconds(*count))) : std::nullopt;
}

Json moreOf(const RegisteredClient& client) {
    return Json{{"owner", client.owner},
                {"description", client.description},
                {"allowed", client.allowed},
                {"role", roleWord(client.role)},
                {"active", client.active},
                {"created_at", client.createdAt.time_since_epoch().count()},
                {"expires_at", timeOf(client.expiresAt)},
                {"rotated_at", timeOf(client.rotatedAt)},
                {"last_used_at", timeOf(client.lastUsedAt)},
                {"uses", client.uses},
                {"key_ends", client.keyEnds},
                {"key_number", client.keyNumber},
                {"old_key_hash", base64Url(client.oldKeyHash)},
                {"old_key_until", timeOf(client.oldKeyUntil)}};
}

// False if it does not say all that matters for what the key is worth: then the key is worth nothing.
bool readMore(const Json& more, RegisteredClient& client) {
    const std::optional<Role> role = roleFrom(stringAt(more, "role").value_or(""));
    const std::optional<bool> active = booleanAt(more, "active");
    const auto expires = more.find("expires_at");
    client.expiresAt = timeAt(more, "expires_at");
    if (!role || !active || expires == more.end() || (!expires->is_null() && !client.expiresAt))
        return false;
    client.role = *role;
    client.active = *active;
    client.owner = stringAt(more, "owner").value_or("");
    client.description = stringAt(more, "description").value_or("");
    client.allowed = stringsAt(more, "allowed");
    client.createdAt = timeAt(more, "created_at").value_or(WallTime());
    client.rotatedAt = timeAt(more, "rotated_at");
    client.lastUsedAt = timeAt(more, "last_used_at");
    client.uses = integerAt(more, "uses").value_or(0);
    client.keyEnds = stringAt(more, "key_ends").value_or("");
    client.keyNumber = integerAt(more, "key_number").value_or(1);
    client.oldKeyHash = fromBase64Url(stringAt(more, "old_key_hash").value_or(""));
    client.oldKeyUntil = timeAt(more, "old_key_until");
    return true;
}

// What the seal covers: all that says who the client is, what its key is and what it may have.
std::vector<std::string> sealedFields(const RegisteredClient& client, const Json& more) {
    return {client.id, client.name, client.keyHash, dumpJson(more)};
}

} // namespace

Result<std::vector<RegisteredClient>> StateDatabase::loadClients() {
    Result<Statement> query = database_->prepare("SELECT id, name, key_hash, more FROM clients");
    if (!query)
        return tl::unexpected(query.error());
    std::vector<RegisteredClient> clients;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return clients;
        RegisteredClient client;
        client.id = query->text(0);
        client.name = query->text(1);
        client.keyHash = query->blob(2);
        Result<Json> more = parseJson(query->text(3));
        if (client.keyHash.size() != hashBytes || !more || !more->is_object())
            continue;
        const std::string seal = stringAt(*more, "seal").value_or("");
        more->erase("seal");
        if (isSeal(seal, sealOfRow(rowKey_, storeId_, table, sealedFields(client, *more))) &&
            readMore(*more, client))
            clients.push_back(std::move(client));
    }
}

Result<void> StateDatabase::putClient(const RegisteredClient& client) {
    Result<Statement> insert = database_->prepare(
        "INSERT OR REPLACE INTO clients (id, name, key_hash, more) VALUES (?1, ?2, ?3, ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    Json more = moreOf(client);
    more["seal"] = sealOfRow(rowKey_, storeId_, table, sealedFields(client, more));
    return insert->bind(1, client.id)
        .bind(2, client.name)
        .bindBlob(3, client.keyHash)
        .bind(4, dumpJson(more))
        .run();
}

Result<void> StateDatabase::removeClient(const std::string& id) {
    return removeById("DELETE FROM clients WHERE id = ?1", id);
}

} // namespace keybearer
