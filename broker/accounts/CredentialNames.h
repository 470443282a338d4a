#pragma once

#include "broker/accounts/Credential.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace keybearer {

// Under which words each stored sign-in can be found, so that finding one of many costs no more than finding
// one of few. Knows ids, never secrets. Owned by the AccountRegistry; event loop thread.
class CredentialNames {
public:
    using Ids = std::set<std::string, std::less<>>;

    // Takes in a sign-in, or what has changed in its words.
    void put(const CredentialRecord& record);
    void remove(const std::string& id);

    [[nodiscard]] const Ids& ofProvider(const std::string& provider) const;
    // By its label, its subject or its id.
    [[nodiscard]] const Ids& ofAccount(const std::string& provider, const std::string& account) const;
    // By its resource or its issuer, as they are written.
    [[nodiscard]] const Ids& ofAddress(const std::string& address) const;
    // Whether the provider has sign-ins to nothing in particular; of any kind where none is named.
    [[nodiscard]] bool hasPlain(const std::string& provider, const std::vector<CredentialKind>& kinds) const;

private:
    // What was put in for a sign-in, so that it can be taken out again whatever has become of its record.
    struct Words {
        std::string provider;
        std::string subject;
        std::string label;
        std::string issuer;
        std::optional<std::string> resource;
        CredentialKind kind = CredentialKind::SignIn;
        [[nodiscard]] bool operator==(const Words&) const = default;
    };
    using Table = std::unordered_map<std::string, Ids>;
    [[nodiscard]] static const Ids& look(const Table& table, const std::string& key);
    static void drop(Table& table, const std::string& key, const std::string& id);
    template <typename Change>
    void forEachKey(const std::string& id, const Words& words, Change change);

    std::unordered_map<std::string, Words> known_; // by id
    Table providers_;
    Table accounts_; // by both, with the length of the first in front
    Table addresses_;
    std::unordered_map<std::string, std::map<CredentialKind, std::size_t>>
        plain_; // by provider, where there are any
};

} // namespace keybearer
