#include "broker/stores/envelope/Envelope.h"

#include "broker/base/Random.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr char version = 1;
constexpr std::size_t nonceBytes = 12;
constexpr std::size_t tagBytes = 16;
constexpr std::size_t keyBytes = 32;
constexpr std::size_t bucket = 256;
constexpr std::size_t lengthBytes = 4;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Length-prefixed, so that no two bindings run together.
std::string associatedData(const EnvelopeBinding& binding) {
    std::string data = "keybearer/v1";
    const std::string owner = binding.owner.empty() ? std::to_string(::geteuid()) : binding.owner;
    for (const std::string& part : {binding.storeId, binding.table, binding.recordId, binding.kind,
                                    std::to_string(binding.generation), owner})
        data.append(std::to_string(part.size())).append(":").append(part);
    return data;
}

// Four bytes of length, the text, zeros up to a multiple of the bucket.
Secret pad(const Secret& plain) {
    const std::size_t size = lengthBytes + plain.size();
    std::string padded((size + bucket - 1) / bucket * bucket, '\0');
    for (std::size_t i = 0; i < lengthBytes; ++i)
        padded[i] = static_cast<char>((plain.size() >> (8 * i)) & 0xFFU);
    padded.replace(lengthBytes, plain.size(), plain.reveal());
    return Secret::takeFrom(padded);
}

Result<Secret> unpad(const Secret& padded) {
    const std::string_view text = padded.reveal();
    std::size_t size = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        size |= static_cast<std::size_t>(static_cast<unsigned char>(text[i])) << (8 * i);
    if (size > text.size() - lengthBytes)
        return failure(ErrorCode::ParseError, "a sealed record is damaged");
    return Secret::copyOf(text.substr(lengthBytes, size));
}

} // namespace

Result<std::string> sealEnvelope(const Secret& key, const EnvelopeBinding& binding, const Secret& plain) {
    const Secret padded = pad(plain);
    const std::string data = associatedData(binding);
    std::string sealed(1 + nonceBytes + padded.size() + tagBytes, '\0');
    sealed[0] = version;
    auto* out = reinterpret_cast<unsigned char*>(sealed.data());
    unsigned char* nonce = out + 1;
    unsigned char* text = nonce + nonceBytes;
    int length = 0;
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const bool sealedWell =
        key.size() == keyBytes && cipher != nullptr && RAND_bytes(nonce, nonceBytes) == 1 &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key.reveal()), nonce) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes(data), static_cast<int>(data.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), text, &length, bytes(padded.reveal()),
                          static_cast<int>(padded.size())) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), text + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tagBytes, text + padded.size()) == 1;
    if (!sealedWell)
        return failure(ErrorCode::InternalError, "a record could not be sealed");
    return sealed;
}

Result<Secret> openEnvelope(const Secret& key, const EnvelopeBinding& binding, std::string_view sealed) {
    if (!sealed.empty() && sealed[0] > version)
        return failure(ErrorCode::NotFound, "a record was sealed by a newer version",
                       "Start the newer version again; nothing was changed.");
    if (key.size() != keyBytes || sealed.size() < 1 + nonceBytes + bucket + tagBytes || sealed[0] != version)
        return failure(ErrorCode::ParseError, "a sealed record is damaged");
    const std::string data = associatedData(binding);
    const std::string_view nonce = sealed.substr(1, nonceBytes);
    const std::string_view text = sealed.substr(1 + nonceBytes, sealed.size() - 1 - nonceBytes - tagBytes);
    std::string tag(sealed.substr(sealed.size() - tagBytes));
    const Secret padded = Secret::copyOf(std::string(text.size(), '\0'));
    auto* out = reinterpret_cast<unsigned char*>(const_cast<char*>(padded.reveal().data()));
    int length = 0;
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const bool opened =
        cipher != nullptr &&
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key.reveal()), bytes(nonce)) ==
            1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes(data), static_cast<int>(data.size())) == 1 &&
        EVP_DecryptUpdate(cipher.get(), out, &length, bytes(text), static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tagBytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), out + length, &length) == 1;
    if (!opened)
        return failure(ErrorCode::ParseError,
                       "a sealed record does not open: it was changed or belongs elsewhere");
    return unpad(padded);
}

} // namespace keybearer
