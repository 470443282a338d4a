#include "broker/accounts/CredentialNames.h"

#include <algorithm>

namespace keybearer {

namespace {

std::string accountKey(const std::string& provider, const std::string& account) {
    return std::to_string(provider.size()).append(":").append(provider).append(account);
}

} // namespace

template <typename Change>
void CredentialNames::forEachKey(const std::string& id, const Words& words, Change change) {
    change(providers_, words.provider);
    for (const std::string& account : {words.subject, words.label, id})
        change(accounts_, accountKey(words.provider, account));
    change(addresses_, words.issuer);
    if (words.resource)
        change(addresses_, *words.resource);
}

void CredentialNames::put(const CredentialRecord& record) {
    Words words{record.provider, record.account.subject, record.account.label,
                record.issuer,   record.resource,        record.kind};
    const auto known = known_.find(record.id);
    if (known != known_.end() && known->second == words)
        return;
    remove(record.id);
    forEachKey(record.id, words, [&](Table& table, const std::string& key) { table[key].insert(record.id); });
    if (!words.resource)
        ++plain_[words.provider][words.kind];
    known_.insert_or_assign(record.id, std::move(words));
}

void CredentialNames::remove(const std::string& id) {
    const auto known = known_.find(id);
    if (known == known_.end())
        return;
    const Words words = std::move(known->second);
    known_.erase(known);
    forEachKey(id, words, [&](Table& table, const std::string& key) { drop(table, key, id); });
    if (words.resource)
        return;
    const auto plain = plain_.find(words.provider);
    if (--plain->second[words.kind] == 0)
        plain->second.erase(words.kind);
    if (plain->second.empty())
        plain_.erase(plain);
}

const CredentialNames::Ids& CredentialNames::ofProvider(const std::string& provider) const {
    return look(providers_, provider);
}

const CredentialNames::Ids& CredentialNames::ofAccount(const std::string& provider,
                                                       const std::string& account) const {
    return look(accounts_, accountKey(provider, account));
}

const CredentialNames::Ids& CredentialNames::ofAddress(const std::string& address) const {
    return look(addresses_, address);
}

bool CredentialNames::hasPlain(const std::string& provider, const std::vector<CredentialKind>& kinds) const {
    const auto plain = plain_.find(provider);
    if (plain == plain_.end())
        return false;
    return kinds.empty() || std::any_of(kinds.begin(), kinds.end(),
                                        [&](CredentialKind kind) { return plain->second.contains(kind); });
}

const CredentialNames::Ids& CredentialNames::look(const Table& table, const std::string& key) {
    static const Ids none;
    const auto found = table.find(key);
    return found == table.end() ? none : found->second;
}

void CredentialNames::drop(Table& table, const std::string& key, const std::string& id) {
    const auto found = table.find(key);
    if (found == table.end())
        return; // two of its words are the same
    found->second.erase(id);
    if (found->second.empty())
        table.erase(found);
}

} // namespace keybearer
