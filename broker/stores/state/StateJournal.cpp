#include "broker/stores/state/StateDatabase.h"

#include "broker/stores/envelope/Envelope.h"

#include <sodium.h>

// The part of StateDatabase that is the RotationJournal.
namespace keybearer {

namespace {

constexpr std::size_t keyBytes = 32;

tl::unexpected<Error> notOpen() {
    return failure(ErrorCode::StoreLocked, "the rotation journal has no key yet",
                   "Unlock the keychain; Keybearer goes on by itself.");
}

EnvelopeBinding bindingOf(const std::string& storeId, const std::string& id, std::uint64_t generation) {
    return {storeId, "commits", id, "tokens", generation};
}

// A keyed digest: enough to tell which refresh token was sent, useless to guess it.
std::string mac(const Secret& key, const Secret& token) {
    std::string digest(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                       reinterpret_cast<const unsigned char*>(token.reveal().data()), token.size(),
                       reinterpret_cast<const unsigned char*>(key.reveal().data()), key.size());
    return digest;
}

} // namespace

Result<void> StateDatabase::open(const Secret& key) {
    if (key.size() != keyBytes)
        return failure(ErrorCode::StoreUnavailable, "the journal key in the store is damaged",
                       "Look at the item \"Keybearer - journal key\" in the keychain.");
    key_ = key.clone();
    return {};
}

Result<void> StateDatabase::intend(const std::string& id, const Intent& intent,
                                   const RefreshToken& refreshToken) {
    if (!isOpen())
        return notOpen();
    Result<Statement> insert =
        database_->prepare("INSERT OR REPLACE INTO intents VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, id)
        .bind(2, static_cast<std::int64_t>(intent.generation))
        .bind(3, intent.attempt)
        .bind(4, intent.at.time_since_epoch().count())
        .bind(5, std::int64_t(intent.ambiguous))
        .bindBlob(6, mac(key_, refreshToken))
        .run();
}

Result<void> StateDatabase::commit(const std::string& id, const CredentialSecrets& secrets) {
    if (!isOpen())
        return notOpen();
    const Result<std::string> sealed =
        sealEnvelope(key_, bindingOf(storeId_, id, secrets.generation), packSecrets(secrets));
    if (!sealed)
        return tl::unexpected(sealed.error());
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    Result<Statement> insert = database_->prepare("INSERT OR REPLACE INTO commits VALUES (?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected(insert.error());
    if (auto inserted = insert->bind(1, id)
                            .bind(2, static_cast<std::int64_t>(secrets.generation))
                            .bindBlob(3, *sealed)
                            .run();
        !inserted)
        return inserted;
    if (auto removed = withdrawIntent(id); !removed)
        return removed;
    return transaction->commit();
}

Result<void> StateDatabase::withdrawIntent(const std::string& id) {
    return removeById("DELETE FROM intents WHERE id = ?1", id);
}

Result<void> StateDatabase::clearCommit(const std::string& id, std::uint64_t generation) {
    Result<Statement> remove = database_->prepare("DELETE FROM commits WHERE id = ?1 AND generation <= ?2");
    if (!remove)
        return tl::unexpected(remove.error());
    return remove->bind(1, id).bind(2, static_cast<std::int64_t>(generation)).run();
}

Result<void> StateDatabase::forget(const std::string& id) {
    if (auto removed = withdrawIntent(id); !removed)
        return removed;
    return removeById("DELETE FROM commits WHERE id = ?1", id);
}

Result<std::map<std::string, RotationJournal::Pending>> StateDatabase::pending() {
    if (!isOpen())
        return notOpen();
    std::map<std::string, Pending> out;
    Result<Statement> intents =
        database_->prepare("SELECT id, generation, attempt, at, ambiguous FROM intents");
    if (!intents)
        return tl::unexpected(intents.error());
    for (;;) {
        const Result<bool> row = intents->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        out[intents->text(0)].intent =
            Intent{static_cast<std::uint64_t>(intents->integer(1)), intents->text(2),
                   WallTime(std::chrono::milliseconds(intents->integer(3))), intents->integer(4) != 0};
    }
    if (auto read = readCommits(out); !read)
        return tl::unexpected(read.error());
    return out;
}

Result<void> StateDatabase::readCommits(std::map<std::string, Pending>& out) {
    Result<Statement> commits = database_->prepare("SELECT id, generation, sealed FROM commits");
    if (!commits)
        return tl::unexpected(commits.error());
    for (;;) {
        const Result<bool> row = commits->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        const std::string id = commits->text(0);
        const auto generation = static_cast<std::uint64_t>(commits->integer(1));
        const Result<Secret> plain =
            openEnvelope(key_, bindingOf(storeId_, id, generation), commits->blob(2));
        Result<CredentialSecrets> secrets =
            plain ? unpackSecrets(*plain) : Result<CredentialSecrets>(tl::unexpected(plain.error()));
        if (secrets)
            out[id].commit = std::move(*secrets);
        else
            out[id].damaged = true; // the row stays where it is: evidence, and perhaps a newer version's
    }
}

} // namespace keybearer
