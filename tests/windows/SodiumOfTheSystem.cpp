// Stands in for libsodium in the tests under Wine, of which Debian has no build for Windows: memory,
// randomness and texts, made of what the system has. What is not here (encryption) is not called in these
// tests and ends them.
#define NOMINMAX
#include <windows.h>

#include <bcrypt.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sodium.h>

extern "C" {

int sodium_init() {
    return 0;
}
void sodium_memzero(void* const memory, const size_t size) {
    SecureZeroMemory(memory, size);
}
int sodium_memcmp(const void* const a, const void* const b, size_t size) {
    return std::memcmp(a, b, size) == 0 ? 0 : -1;
}
void* sodium_malloc(const size_t size) {
    return std::malloc(size);
}
void sodium_free(void* memory) {
    std::free(memory);
}
int sodium_mprotect_noaccess(void*) {
    return -1;
}
int sodium_mprotect_readonly(void*) {
    return 0;
}
int sodium_mprotect_readwrite(void*) {
    return 0;
}
void randombytes_buf(void* const out, const size_t size) {
    if (BCryptGenRandom(nullptr, static_cast<PUCHAR>(out), static_cast<ULONG>(size),
                        BCRYPT_USE_SYSTEM_PREFERRED_RNG) != 0)
        std::abort();
}
uint32_t randombytes_uniform(const uint32_t bound) {
    std::uint64_t number = 0;
    randombytes_buf(&number, sizeof number);
    return static_cast<uint32_t>(number % bound);
}
char* sodium_bin2hex(char* const out, const size_t room, const unsigned char* const bytes,
                     const size_t size) {
    for (size_t i = 0; i < size && 2 * i + 2 < room; ++i) {
        out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
        out[2 * i + 2] = '\0';
    }
    return out;
}
size_t sodium_base64_encoded_len(const size_t, const int) {
    std::abort();
}
char* sodium_bin2base64(char* const, const size_t, const unsigned char* const, const size_t, const int) {
    std::abort();
}
int sodium_base642bin(unsigned char* const, const size_t, const char* const, const size_t, const char* const,
                      size_t* const, const char** const, const int) {
    std::abort();
}
int crypto_secretbox_easy(unsigned char*, const unsigned char*, unsigned long long, const unsigned char*,
                          const unsigned char*) {
    std::abort();
}
int crypto_secretbox_open_easy(unsigned char*, const unsigned char*, unsigned long long, const unsigned char*,
                               const unsigned char*) {
    std::abort();
}
void crypto_secretbox_keygen(unsigned char*) {
    std::abort();
}
int crypto_hash_sha256(unsigned char*, const unsigned char*, unsigned long long) {
    std::abort();
}
}
