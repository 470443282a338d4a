#include "broker/accounts/AccountRegistry.h"

#include "broker/base/Text.h"
#include "broker/oauth/ProtectedResource.h"

#include <algorithm>

// The part of AccountRegistry that finds: which stored sign-in do these words mean?
namespace keybearer {

namespace {

std::string fullName(const CredentialRecord& record) {
    return record.provider + ":" + record.account.label;
}

bool isAccount(const CredentialRecord& record, const std::string& word) {
    return record.account.label == word || record.account.subject == word || record.id == word;
}

// A resource is kept as its metadata write it, which need not be the canonical form.
bool isOfServer(const CredentialRecord& record, const std::string& address) {
    const Result<std::string> own = canonicalServer(record.resource.value_or(""));
    return own && *own == address;
}

bool fits(const CredentialRecord& record, const CredentialSelector& selector) {
    if (!selector.kinds.empty() &&
        std::find(selector.kinds.begin(), selector.kinds.end(), record.kind) == selector.kinds.end())
        return false;
    if (!selector.provider)
        return selector.resource &&
               (record.resource == selector.resource || record.issuer == *selector.resource);
    return record.provider == *selector.provider &&
           (!selector.resource || record.resource == selector.resource);
}

// A provider's name alone means what it gives for nothing in particular, if there is any such sign-in.
void keepPlain(std::vector<const Credential*>& fitting) {
    std::erase_if(fitting,
                  [](const Credential* credential) { return credential->record.resource.has_value(); });
}

Error several(const std::vector<const Credential*>& fitting) {
    std::vector<std::string> names;
    names.reserve(fitting.size());
    for (const Credential* credential : fitting)
        names.push_back(fullName(credential->record));
    return Error(ErrorCode::InvalidParams, "several sessions fit: " + join(names, ", "),
                 "Name one of them with --account.")
        .with("accounts", names);
}

// Of several, the one that still works alone, if it is alone.
Result<const Credential*> theOne(const std::vector<const Credential*>& fitting) {
    if (fitting.size() == 1)
        return fitting.front();
    std::vector<const Credential*> alive;
    for (const Credential* credential : fitting) {
        if (!credential->record.needsSignIn && !credential->record.quarantined)
            alive.push_back(credential);
    }
    if (alive.size() == 1)
        return alive.front();
    return failure(several(fitting));
}

} // namespace

std::vector<const Credential*> AccountRegistry::all() const {
    std::vector<const Credential*> out;
    out.reserve(credentials_.size());
    for (const auto& [id, credential] : credentials_)
        out.push_back(credential.get());
    std::sort(out.begin(), out.end(), [](const Credential* a, const Credential* b) {
        return std::tie(a->record.provider, a->record.account.label, a->record.id) <
               std::tie(b->record.provider, b->record.account.label, b->record.id);
    });
    return out;
}

const Credential* AccountRegistry::find(const std::string& id) const {
    const auto found = credentials_.find(id);
    return found == credentials_.end() ? nullptr : found->second.get();
}

std::vector<const Credential*> AccountRegistry::fitting(const CredentialNames::Ids& ids,
                                                        const CredentialSelector& selector) const {
    std::vector<const Credential*> out;
    for (const std::string& id : ids) {
        const Credential* credential = find(id);
        if (fits(credential->record, selector))
            out.push_back(credential);
    }
    return out;
}

Result<const Credential*> AccountRegistry::select(const CredentialSelector& selector) const {
    if (selector.provider && selector.account) {
        std::vector<const Credential*> named =
            fitting(names_.ofAccount(*selector.provider, *selector.account), selector);
        if (!selector.resource && names_.hasPlain(*selector.provider, selector.kinds))
            keepPlain(named);
        if (!named.empty())
            return theOne(named);
    }
    std::vector<const Credential*> ofProvider =
        fitting(selector.provider ? names_.ofProvider(*selector.provider)
                                  : names_.ofAddress(selector.resource.value_or("")),
                selector);
    if (selector.provider && !selector.resource && names_.hasPlain(*selector.provider, selector.kinds))
        keepPlain(ofProvider);
    const std::string what = selector.provider.value_or(selector.resource.value_or(""));
    if (ofProvider.empty())
        return failure(Error(ErrorCode::AuthorizationRequired, "nobody has signed in to " + displaySafe(what),
                             "Sign in with: keybearer login " + displaySafe(what))
                           .with("auth_type", "oauth")
                           .with("provider", displaySafe(what))
                           .with("instructions", "Run: keybearer login " + displaySafe(what)));
    if (!selector.account)
        return theOne(ofProvider);
    std::vector<const Credential*> fitting;
    for (const Credential* credential : ofProvider) {
        if (isAccount(credential->record, *selector.account))
            fitting.push_back(credential);
    }
    if (fitting.empty()) {
        std::vector<std::string> labels;
        for (const Credential* credential : ofProvider)
            labels.push_back(credential->record.account.label);
        Error error(ErrorCode::NotFound,
                    "no account " + displaySafe(*selector.account) + " at " + displaySafe(what),
                    "The accounts are: " + join(labels, ", "));
        if (const std::string meant = nearest(*selector.account, labels); !meant.empty())
            error = std::move(error).with("did_you_mean", meant);
        return failure(std::move(error));
    }
    return theOne(fitting);
}

Result<const Credential*> AccountRegistry::selectByWord(const std::string& word) const {
    if (const Credential* credential = find(word))
        return credential;
    const Result<std::string> address = canonicalServer(word);
    std::vector<const Credential*> fitting;
    std::vector<std::string> names;
    for (const auto& [id, credential] : credentials_) {
        const CredentialRecord& record = credential->record;
        names.insert(names.end(), {record.provider, record.account.label, fullName(record)});
        if (record.provider == word || isAccount(record, word) || fullName(record) == word ||
            (address && isOfServer(record, *address)))
            fitting.push_back(credential.get());
    }
    if (fitting.size() == 1)
        return fitting.front();
    if (!fitting.empty())
        return failure(several(fitting));
    Error error(ErrorCode::NotFound, "there is no session " + displaySafe(word, 64),
                "See them with: keybearer session list");
    if (const std::string meant = nearest(word, names); !meant.empty())
        error = std::move(error).with("did_you_mean", meant);
    return failure(std::move(error));
}

} // namespace keybearer
