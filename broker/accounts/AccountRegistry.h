#pragma once

#include "broker/accounts/CredentialNames.h"
#include "broker/accounts/CredentialVault.h"

#include <QObject>

#include <map>
#include <memory>

namespace keybearer {

// A stored sign-in as it lives in this process: its record and, once loaded, its secrets at rest.
struct Credential {
    CredentialRecord record;
    SealedSecret accessToken;
    SealedSecret refreshToken;
    SealedSecret previousRefreshToken;
    SealedSecret serviceKey;
    SealedSecret idToken;
    SealedSecret dpopKey;
    std::string tokenType;
    bool receivedHere = false; // its expiry was reckoned by this process, not read from the store
    bool loaded = false;
    bool refreshing = false;
    bool locked = false; // the store would not give the secrets
    [[nodiscard]] CredentialState state() const;
};

// Which stored sign-in a request means.
struct CredentialSelector {
    std::optional<std::string> provider;
    std::optional<std::string> resource;
    std::optional<std::string> account;  // label, subject or session id
    std::vector<CredentialKind> kinds{}; // only of these; empty: of any
};

// All stored sign-ins; the only writer of records and secrets. Owned by the Broker; event loop thread.
class AccountRegistry : public QObject {
    Q_OBJECT
public:
    AccountRegistry(CredentialIndex& index, CredentialVault& vault, const Clock& clock);

    // Reads the index: every stored sign-in is back, its secrets not yet.
    [[nodiscard]] Result<void> load();
    // Opens the vault and takes over what the journal holds; interruptedRefresh() names the sign-ins whose
    // refresh was under way when the last broker ended. Completes at once if it is open.
    void open(Completion<void> done);
    [[nodiscard]] bool isOpen() const { return vault_.isOpen(); }
    // The store was locked: no secret of any sign-in stays in memory, and every one is in state `locked`.
    void lock();
    // It was unlocked: the secrets come back when they are asked for.
    void unlocked();

    [[nodiscard]] std::vector<const Credential*> all() const;
    [[nodiscard]] const Credential* find(const std::string& id) const;
    // AuthorizationRequired, NotFound (did_you_mean), InvalidParams (several fit; lists them).
    [[nodiscard]] Result<const Credential*> select(const CredentialSelector& selector) const;
    // For people: an id, or what names one sign-in alone: provider, label, provider:label.
    [[nodiscard]] Result<const Credential*> selectByWord(const std::string& word) const;

    // Completes when the secrets are in memory; at once (from inside the call) if they already are.
    void ensureLoaded(const std::string& id, Completion<void> done);
    // The secrets of a loaded credential. For the refresher and revocation only.
    [[nodiscard]] CredentialSecrets secretsOf(const Credential& credential) const;

    // A sign-in has succeeded: replaces the one of the same account or adds one. Durable when it returns the
    // id.
    struct SignedIn {
        std::string provider;
        std::string providerName;
        std::string issuer;
        std::optional<std::string> resource;
        Account account;
        std::vector<std::string> askedScopes;
        CredentialKind kind = CredentialKind::SignIn;
        std::string assertionSubject; // of kind JwtBearer
        Secret serviceKey;            // of kind JwtBearer
        Secret dpopKey;               // empty: bearer tokens
    };
    [[nodiscard]] Result<std::string> adopt(SignedIn who, TokenSet&& tokens);
    // An API key that a person put here. InvalidParams when the name is taken.
    [[nodiscard]] Result<std::string> addApiKey(const std::string& name, ApiKeyTerms terms, Secret key,
                                                std::optional<WallTime> expiresAt);
    // Why token.get cannot have that API key (by name): none is there, or none of that name. Nothing if it
    // can.
    [[nodiscard]] std::optional<Error> missingApiKey(const std::optional<std::string>& name) const;
    // The API key of that name; NotFound with did_you_mean.
    [[nodiscard]] Result<const Credential*> findApiKey(const std::string& name) const;
    // A new value for it; what is said about it stays, its expiry is replaced.
    [[nodiscard]] Result<void> rotateApiKey(const std::string& id, Secret key,
                                            std::optional<WallTime> expiresAt);
    [[nodiscard]] Result<void> setApiKeyTerms(const std::string& id, ApiKeyTerms terms);
    // A refresh has succeeded. Durable, then visible; on failure nothing has changed and the caller keeps
    // `next`.
    [[nodiscard]] Result<void> publish(const std::string& id, const CredentialSecrets& next);
    void markNeedsSignIn(const std::string& id, const std::string& reason, const std::string& problem);
    void setRefreshing(const std::string& id, bool refreshing);
    void setProblem(const std::string& id, const std::string& problem);
    [[nodiscard]] Result<void> rename(const std::string& id, const std::string& label);
    // Gone from memory and index when it returns; completes when the store has erased the item too.
    void erase(const std::string& id, Completion<void> done);
    // The wall clock may have jumped since the last call; then what was reckoned by it is set right, so that
    // no token lives longer for it and none is renewed for it (T-40). Cheap; to be called before a judgement.
    void checkClock();
    // Remembered in memory; saveUses() writes it.
    void noteUse(const std::string& id, const std::string& caller);
    void saveUses();

    // Changes whenever anything changes that an answer was made from: what was prepared before is void.
    [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
    [[nodiscard]] CredentialVault& vault() { return vault_; }
    [[nodiscard]] const CredentialVault& vault() const { return vault_; }

    // Under which name the keychain shows the item of a credential, and what a shared store is told of it.
    [[nodiscard]] static ItemTag itemTag(const CredentialRecord& record);

    // Other brokers use the same store: from now on they are told of every change of a record, too.
    void share() { shared_ = true; }
    // What another broker wrote takes the place of what is here if it is newer. Durable when it returns. The
    // secrets stay in the store unless this broker uses them already. ParseError: it makes no sense.
    [[nodiscard]] Result<void> adoptShared(const std::string& id, const ItemTag& tag, const Secret& value);
    // Another broker ended it.
    void dropShared(const std::string& id);
    // The store has lost what is here: written there again, if this broker holds the secrets.
    void bringBack(const std::string& id);

    enum class Change { Added, Updated, Removed };

Q_SIGNALS:
    void changed(const std::string& id, keybearer::AccountRegistry::Change change);
    // A refresh was under way when the broker died: `ambiguous` attempts may have rotated the token.
    void interruptedRefresh(const std::string& id, std::chrono::seconds age);

private:
    void takeOver(const std::map<std::string, RotationJournal::Pending>& pending);
    [[nodiscard]] Result<void> keepNew(std::unique_ptr<Credential> credential,
                                       const CredentialSecrets& secrets, Change change);
    void moveTimes(Credential& credential, std::chrono::milliseconds by);
    void place(Credential& credential, const CredentialSecrets& secrets);
    static void forgetSecrets(Credential& credential);
    void onLoaded(const std::string& id, Result<CredentialSecrets> secrets);
    void touch(const std::string& id, Change change);
    void tellOthers(const std::string& id);
    void saveRecord(const Credential& credential);
    [[nodiscard]] Credential* writable(const std::string& id);
    [[nodiscard]] std::vector<const Credential*> fitting(const CredentialNames::Ids& ids,
                                                         const CredentialSelector& selector) const;

    CredentialIndex& index_;
    CredentialVault& vault_;
    const Clock& clock_;
    std::map<std::string, std::unique_ptr<Credential>> credentials_; // by id
    CredentialNames names_;                                          // of all of them: touch() keeps it so
    std::map<std::string, std::vector<Completion<void>>> loading_;   // by id
    std::map<std::string, bool> unsavedUse_;                         // ids whose last use is not written
    std::chrono::milliseconds clockOffset_; // wall clock less boot clock, as of the last look
    std::uint64_t epoch_ = 1;
    bool shared_ = false;
};

} // namespace keybearer
