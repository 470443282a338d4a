#include "broker/authserver/LocalKeys.h"

#include <sodium.h>

#include <algorithm>

namespace keybearer {

namespace {

constexpr const char* macKeyId = "refresh"; // no thumbprint is that short
constexpr std::size_t macKeyBytes = 32;

tl::unexpected<Error> storeLocked() {
    return failure(ErrorCode::StoreLocked, "the keys of the gateway are locked away with the store",
                   "Unlock the keychain, or: keybearer store unlock");
}

} // namespace

Result<void> LocalKeys::load() {
    Result<std::vector<LocalKey>> stored = store_.loadLocalKeys();
    if (!stored)
        return tl::unexpected(stored.error());
    for (LocalKey& key : *stored) {
        if (!key.publicJwk.is_null())
            keys_.push_back(std::move(key));
    }
    std::sort(keys_.begin(), keys_.end(),
              [](const LocalKey& a, const LocalKey& b) { return a.createdAt < b.createdAt; });
    refreshVerifiers();
    return {};
}

void LocalKeys::refreshVerifiers() {
    verifiers_ = parseJwkSet(dumpJson(jwks())).value_or(JwkSet());
}

const LocalKey* LocalKeys::signing() const {
    return keys_.empty() || keys_.back().retiredAt ? nullptr : &keys_.back();
}

Result<std::string> LocalKeys::sign(Json header, const Json& claims) {
    const Result<std::shared_ptr<const SigningKey>> key = signer();
    if (!key)
        return tl::unexpected(key.error());
    return (*key)->sign(std::move(header), claims);
}

Result<std::shared_ptr<const SigningKey>> LocalKeys::signer() {
    if (!isStoreOpen_()) {
        forgetSecrets();
        return storeLocked();
    }
    if (signing() == nullptr) {
        if (auto made = makeSigner(); !made)
            return tl::unexpected(made.error());
    }
    if (signer_ != nullptr)
        return signer_;
    const Result<Secret> pem = store_.localKeySecret(signing()->id);
    if (!pem && pem.error().code != ErrorCode::NotFound && pem.error().code != ErrorCode::ParseError)
        return tl::unexpected(pem.error());
    const auto read = pem ? SigningKey::fromPem(*pem, {}, "ES256", signing()->id)
                          : Result<std::shared_ptr<const SigningKey>>(tl::unexpected(pem.error()));
    if (read) {
        signer_ = *read;
        return signer_;
    }
    // Its secret part is of another store, or damaged: it can sign nothing ever again.
    if (auto made = makeSigner(); !made)
        return tl::unexpected(made.error());
    return signer_;
}

Result<void> LocalKeys::makeSigner() {
    const std::shared_ptr<const SigningKey> made = SigningKey::generate();
    LocalKey key{made->thumbprint(), made->publicJwk(), clock_.wall(), std::nullopt};
    Result<std::shared_ptr<const SigningKey>> named = SigningKey::fromPem(made->pem(), {}, "ES256", key.id);
    if (!named)
        return tl::unexpected(named.error());
    if (auto kept = store_.putLocalKey(key, made->pem()); !kept)
        return kept;
    for (LocalKey& before : keys_) {
        if (before.retiredAt)
            continue;
        before.retiredAt = clock_.wall();
        if (auto kept = store_.putLocalKey(before, {}); !kept)
            return kept;
    }
    keys_.push_back(std::move(key));
    signer_ = std::move(*named);
    refreshVerifiers();
    return {};
}

Result<void> LocalKeys::rotate() {
    if (!isStoreOpen_())
        return storeLocked();
    return makeSigner();
}

Result<std::string> LocalKeys::mac(std::string_view text) {
    if (!isStoreOpen_()) {
        forgetSecrets();
        return storeLocked();
    }
    if (macKey_.empty()) {
        Result<Secret> stored = store_.localKeySecret(macKeyId);
        if (!stored && stored.error().code != ErrorCode::NotFound &&
            stored.error().code != ErrorCode::ParseError)
            return tl::unexpected(stored.error());
        Secret key = stored && stored->size() == macKeyBytes ? std::move(*stored) : Secret();
        if (key.empty()) {
            key = Secret::random(macKeyBytes);
            if (auto kept = store_.putLocalKey({macKeyId, nullptr, clock_.wall(), std::nullopt}, key); !kept)
                return tl::unexpected(kept.error());
        }
        macKey_ = SealedSecret(key);
    }
    const Secret key = macKey_.open();
    std::string out(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(out.data()),
                           reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                           reinterpret_cast<const unsigned char*>(key.reveal().data()));
    return out;
}

Json LocalKeys::jwks() const {
    Json keys = Json::array();
    for (const LocalKey& key : keys_) {
        Json jwk = key.publicJwk;
        jwk["kid"] = key.id;
        jwk["alg"] = "ES256";
        jwk["use"] = "sig";
        keys.push_back(std::move(jwk));
    }
    return Json{{"keys", std::move(keys)}};
}

std::vector<LocalKey> LocalKeys::all() const {
    return {keys_.rbegin(), keys_.rend()};
}

bool LocalKeys::endRetired() {
    const auto over = [this](const LocalKey& key) {
        return key.retiredAt && clock_.wall() - *key.retiredAt >= overlap &&
               store_.removeLocalKey(key.id).has_value();
    };
    if (std::erase_if(keys_, over) == 0)
        return false;
    refreshVerifiers();
    return true;
}

bool LocalKeys::isDue() const {
    return signing() != nullptr && clock_.wall() - signing()->createdAt >= ownLife;
}

void LocalKeys::forgetSecrets() {
    signer_.reset();
    macKey_ = SealedSecret();
}

} // namespace keybearer
