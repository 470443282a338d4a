#include "broker/stores/state/StateDatabase.h"

// The part of StateDatabase that is the StoreLedger.
namespace keybearer {

namespace {

// Beside other rows of the table `meta`, which has its own.
std::string factKey(const std::string& name) {
    return std::string("fact:").append(name);
}

} // namespace

Result<std::map<std::string, std::uint64_t>> StateDatabase::expectedGenerations(const std::string& storeId) {
    Result<Statement> query =
        database_->prepare("SELECT id, generation FROM store_items WHERE store_id = ?1");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, storeId);
    std::map<std::string, std::uint64_t> out;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return out;
        out[query->text(0)] = static_cast<std::uint64_t>(query->integer(1));
    }
}

Result<void> StateDatabase::expectGeneration(const std::string& storeId, const std::string& item,
                                             std::uint64_t generation) {
    Result<Statement> insert = database_->prepare("INSERT OR REPLACE INTO store_items VALUES (?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, storeId).bind(2, item).bind(3, static_cast<std::int64_t>(generation)).run();
}

Result<void> StateDatabase::expectGenerations(const std::string& storeId,
                                              const std::map<std::string, std::uint64_t>& items) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const auto& [item, generation] : items) {
        if (auto noted = expectGeneration(storeId, item, generation); !noted)
            return noted;
    }
    return transaction->commit();
}

Result<void> StateDatabase::expectNothing(const std::string& storeId, const std::string& item) {
    Result<Statement> remove = database_->prepare("DELETE FROM store_items WHERE store_id = ?1 AND id = ?2");
    if (!remove)
        return tl::unexpected(remove.error());
    return remove->bind(1, storeId).bind(2, item).run();
}

Result<void> StateDatabase::forgetStore(const std::string& storeId) {
    return removeById("DELETE FROM store_items WHERE store_id = ?1", storeId);
}

Result<std::string> StateDatabase::recall(const std::string& name) {
    Result<Statement> query = database_->prepare("SELECT value FROM meta WHERE key = ?1");
    if (!query)
        return tl::unexpected(query.error());
    const Result<bool> row = query->bind(1, factKey(name)).step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? query->text(0) : std::string();
}

Result<void> StateDatabase::remember(const std::string& name, const std::string& text) {
    if (text.empty())
        return removeById("DELETE FROM meta WHERE key = ?1", factKey(name));
    Result<Statement> insert = database_->prepare("INSERT OR REPLACE INTO meta VALUES (?1, ?2)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, factKey(name)).bind(2, text).run();
}

} // namespace keybearer
