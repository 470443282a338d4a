#pragma once

#include "broker/authserver/AuthorityStore.h"
#include "broker/oauth/Jws.h"
#include "broker/oauth/SigningKey.h"

#include <functional>

namespace keybearer {

// The signing keys of the authorization server (ES256), and the key that its refresh tokens are made with.
// Public parts are at hand from the start; secret parts once the store is open, and no longer than that. A
// new signing key takes over at once, what the one before signed is good until it ends (SEC-S-27). Owned by
// the LocalAuthorizationServer; event loop thread.
class LocalKeys {
public:
    static constexpr std::chrono::hours ownLife{24 * 90}; // then the next key is made by itself
    static constexpr std::chrono::minutes overlap{20};    // longer than any token lives, with its leeway

    LocalKeys(AuthorityStore& store, const Clock& clock, std::function<bool()> isStoreOpen)
        : store_(store), clock_(clock), isStoreOpen_(std::move(isStoreOpen)) {}

    [[nodiscard]] Result<void> load();
    // A JWT of this header and these claims; makes the first key. StoreLocked, StoreUnavailable.
    [[nodiscard]] Result<std::string> sign(Json header, const Json& claims);
    // HMAC-SHA-256, raw, with the key of refresh tokens. StoreLocked, StoreUnavailable.
    [[nodiscard]] Result<std::string> mac(std::string_view text);
    [[nodiscard]] Result<void> rotate();

    [[nodiscard]] const JwkSet& verifiers() const { return verifiers_; }
    [[nodiscard]] Json jwks() const;
    [[nodiscard]] std::vector<LocalKey> all() const; // signing keys, the newest first
    // True: the set has changed.
    [[nodiscard]] bool endRetired();
    [[nodiscard]] bool isDue() const; // for the next key
    // The store was locked: no secret part stays in memory.
    void forgetSecrets();

private:
    [[nodiscard]] const LocalKey* signing() const;
    [[nodiscard]] Result<std::shared_ptr<const SigningKey>> signer();
    [[nodiscard]] Result<void> makeSigner();
    void refreshVerifiers();

    AuthorityStore& store_;
    const Clock& clock_;
    std::function<bool()> isStoreOpen_;
    std::vector<LocalKey> keys_; // signing keys, oldest first
    JwkSet verifiers_;
    std::shared_ptr<const SigningKey> signer_; // of the newest; null: not loaded
    SealedSecret macKey_;
};

} // namespace keybearer
