#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keybearer {

// Overwrites the whole buffer of a string, then empties it. For the audited edges where a secret had to pass
// through an ordinary string.
void wipe(std::string& text) noexcept;

// A secret in memory of its own: guard pages, locked if the system lets us, left out of core dumps, wiped
// when it goes (libsodium's sodium_malloc). Move-only; it has no stream operator, no comparison and no
// conversion, so that it cannot slip into a log. reveal() is the one way out: the view must not outlive the
// secret. One costs some pages of memory; a secret that lies idle belongs into a SealedSecret.
class Secret {
public:
    Secret() = default;
    ~Secret() { clear(); }
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] static Secret copyOf(std::string_view text);
    // Takes the text and wipes where it came from.
    [[nodiscard]] static Secret takeFrom(std::string& text);
    [[nodiscard]] static Secret random(std::size_t bytes);

    [[nodiscard]] Secret clone() const { return copyOf(reveal()); }
    [[nodiscard]] std::string_view reveal() const { return {data_, size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    // Constant-time comparison.
    [[nodiscard]] bool equals(std::string_view other) const;
    void clear() noexcept;

private:
    char* data_ = nullptr;
    std::size_t size_ = 0;
};

// Kinds that must not be mixed up. AccessToken(Secret) is explicit.
template <typename Tag>
class SecretOf : public Secret {
public:
    SecretOf() = default;
    explicit SecretOf(Secret&& secret) : Secret(std::move(secret)) {}
    [[nodiscard]] SecretOf clone() const { return SecretOf(Secret::clone()); }
};
using AccessToken = SecretOf<struct AccessTokenTag>;   // RFC 6749 section 1.4
using RefreshToken = SecretOf<struct RefreshTokenTag>; // RFC 6749 section 1.5
using ClientSecret = SecretOf<struct ClientSecretTag>; // RFC 6749 section 2.3.1

// A secret at rest in this process: encrypted under a random key that lives in one locked page for as long as
// the process does (XSalsa20-Poly1305). Ordinary heap otherwise, so ten thousand of them cost no locked
// pages.
class SealedSecret {
public:
    SealedSecret() = default;
    explicit SealedSecret(const Secret& secret);

    [[nodiscard]] Secret open() const; // empty if there was nothing
    // Opened straight to the end of a text that is about to be sent, for an edge where it has to lie in a
    // string anyhow: without a page of its own, whose opening and closing costs more than all the rest. What
    // cannot be opened appends nothing. The caller wipes the text.
    void appendTo(std::string& text) const;
    [[nodiscard]] bool empty() const { return sealed_.empty(); }

private:
    [[nodiscard]] std::size_t plainSize() const;
    [[nodiscard]] bool openInto(char* out) const;

    std::string sealed_; // nonce, then ciphertext with its tag
};

// Must be called once before any other use of this header (libsodium's sodium_init); safe to call again.
void initialiseSecrets();

} // namespace keybearer
