#include "broker/base/Secret.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <sodium.h>
#include <utility>

namespace keybearer {

namespace {

// The key under which SealedSecret keeps what lies idle; made at first use, never leaves its page.
const unsigned char* idleKey() {
    static const unsigned char* const key = [] {
        initialiseSecrets();
        auto* page = static_cast<unsigned char*>(sodium_malloc(crypto_secretbox_KEYBYTES));
        if (page == nullptr)
            throw std::bad_alloc();
        crypto_secretbox_keygen(page);
        sodium_mprotect_readonly(page);
        return page;
    }();
    return key;
}

// Wiped memory of secrets that have gone, for the next of the same size: to give it back to the system and
// take it again costs ten system calls, for each token that is asked for. It stays guarded and locked, and
// until it is taken nothing can be read or written there: a view that outlived its secret still crashes.
struct Spare {
    char* data;
    std::size_t size;
};
constexpr std::size_t mostSpares = 8;       // a thread; locked memory is scarce
constexpr std::size_t longestSpare = 4096;  // tokens; what is longer is rare
thread_local Spare spares[mostSpares] = {}; // needs no destructor: secrets may go after its thread's objects
thread_local std::size_t oldestSpare = 0;   // where all are taken, they go in turn
thread_local bool sparesKept = true;        // until the thread ends

struct SparesEnd {
    ~SparesEnd() {
        sparesKept = false;
        for (Spare& spare : spares)
            sodium_free(std::exchange(spare.data, nullptr));
    }
};
thread_local SparesEnd sparesEnd;

char* taken(std::size_t size) {
    for (Spare& spare : spares) {
        if (spare.data == nullptr || spare.size != size)
            continue;
        char* const data = std::exchange(spare.data, nullptr);
        if (sodium_mprotect_readwrite(data) == 0)
            return data;
        sodium_free(data);
    }
    return static_cast<char*>(sodium_malloc(size));
}

void givenBack(char* data, std::size_t size) noexcept {
    if (data == nullptr)
        return;
    static_cast<void>(&sparesEnd); // makes it, so that it is destroyed with the thread
    sodium_memzero(data, size);
    if (!sparesKept || size > longestSpare || sodium_mprotect_noaccess(data) != 0) {
        sodium_free(data);
        return;
    }
    Spare* place = nullptr;
    for (Spare& spare : spares) {
        if (spare.data == nullptr)
            place = &spare;
    }
    if (place == nullptr) { // sizes that nobody wants any more do not stay
        place = &spares[oldestSpare];
        oldestSpare = (oldestSpare + 1) % mostSpares;
    }
    sodium_free(std::exchange(place->data, data));
    place->size = size;
}

} // namespace

void initialiseSecrets() {
    // sodium_init() is idempotent; -1 means that the system has no randomness, and then nothing here is safe.
    if (sodium_init() < 0)
        std::abort();
}

void wipe(std::string& text) noexcept {
    sodium_memzero(text.data(), text.capacity());
    text.clear();
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        clear();
        data_ = std::exchange(other.data_, nullptr);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

Secret Secret::copyOf(std::string_view text) {
    Secret secret;
    if (text.empty())
        return secret;
    initialiseSecrets();
    secret.data_ = taken(text.size());
    if (secret.data_ == nullptr)
        throw std::bad_alloc();
    std::memcpy(secret.data_, text.data(), text.size());
    secret.size_ = text.size();
    return secret;
}

Secret Secret::takeFrom(std::string& text) {
    Secret secret = copyOf(text);
    wipe(text);
    return secret;
}

Secret Secret::random(std::size_t bytes) {
    Secret secret = copyOf(std::string(bytes, '\0'));
    randombytes_buf(secret.data_, bytes);
    return secret;
}

bool Secret::equals(std::string_view other) const {
    return size_ == other.size() && (size_ == 0 || sodium_memcmp(data_, other.data(), size_) == 0);
}

void Secret::clear() noexcept {
    givenBack(data_, size_);
    data_ = nullptr;
    size_ = 0;
}

SealedSecret::SealedSecret(const Secret& secret) {
    if (secret.empty())
        return;
    const unsigned char* key = idleKey();
    sealed_.resize(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size());
    auto* out = reinterpret_cast<unsigned char*>(sealed_.data());
    randombytes_buf(out, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES,
                          reinterpret_cast<const unsigned char*>(secret.reveal().data()), secret.size(), out,
                          key);
}

Secret SealedSecret::open() const {
    if (sealed_.empty())
        return {};
    Secret plain = Secret::copyOf(std::string(plainSize(), '\0'));
    if (!openInto(const_cast<char*>(plain.reveal().data())))
        return {}; // our own memory was damaged; an empty secret is refused by every caller
    return plain;
}

void SealedSecret::appendTo(std::string& text) const {
    if (sealed_.empty())
        return;
    const std::size_t before = text.size();
    if (before + plainSize() > text.capacity()) { // to grow would leave a copy of what is there behind
        std::string larger;
        larger.reserve(before + plainSize());
        larger.append(text);
        text.swap(larger);
        wipe(larger);
    }
    text.resize(before + plainSize());
    if (!openInto(text.data() + before))
        text.resize(before);
}

std::size_t SealedSecret::plainSize() const {
    return sealed_.size() - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES;
}

bool SealedSecret::openInto(char* out) const {
    const auto* in = reinterpret_cast<const unsigned char*>(sealed_.data());
    return crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(out), in + crypto_secretbox_NONCEBYTES,
                                      sealed_.size() - crypto_secretbox_NONCEBYTES, in, idleKey()) == 0;
}

} // namespace keybearer
