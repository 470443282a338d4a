#include "broker/stores/envelope/StoreKey.h"

#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestKeyFile = 128; // 64 hex digits and a line end, with room to see that it is more
constexpr std::size_t hexKeyDigits = 2 * storeKeyBytes;
constexpr std::size_t base64KeyDigits = 44;

struct StoreKindWord {
    StoreKeyKind kind;
    std::string_view word;
};
constexpr std::array kindWords{
    StoreKindWord{StoreKeyKind::Keychain, "keychain"}, StoreKindWord{StoreKeyKind::Passphrase, "passphrase"},
    StoreKindWord{StoreKeyKind::KeyFile, "key_file"}, StoreKindWord{StoreKeyKind::Credential, "credential"}};

tl::unexpected<Error> refuse(const std::filesystem::path& file, const std::string& what, std::string action) {
    return failure(ErrorCode::StoreUnavailable,
                   std::string("the key file ").append(displaySafe(file.string())).append(" ").append(what),
                   std::move(action));
}

Result<void> checkOwner(const std::filesystem::path& file, const struct stat& status) {
    const std::string shown = displaySafe(file.string());
    if (!S_ISREG(status.st_mode))
        return refuse(file, "is not a regular file", "Name a file with 32 random bytes.");
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        return refuse(file, "belongs to another user",
                      std::string("Make it yours: sudo chown $USER ").append(shown));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return refuse(
            file, "can be read by others",
            std::string("Close it to them (chmod 600 ")
                .append(shown)
                .append("), and if somebody may have read it, change the key: keybearer store rekey"));
    return {};
}

Result<std::filesystem::path> placeOf(const StoreKeySource& source) {
    if (source.kind == StoreKeyKind::KeyFile)
        return source.file;
    const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
    if (directory == nullptr || *directory == '\0')
        return failure(ErrorCode::StoreUnavailable,
                       "there is no $CREDENTIALS_DIRECTORY, so systemd has handed over no credential",
                       "Add LoadCredential=" + displaySafe(source.credential) +
                           ":/path/to/key to the unit and start it anew.");
    return std::filesystem::path(directory) / source.credential;
}

Result<Secret> contentOf(int fd, const std::filesystem::path& file) {
    std::array<char, longestKeyFile + 1> buffer{};
    std::size_t size = 0;
    while (size < buffer.size()) {
        const ssize_t got = ::read(fd, buffer.data() + size, buffer.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(file, std::string("cannot be read: ").append(std::strerror(errno)),
                          "Check the disk and the rights of the file.");
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    Secret content = Secret::copyOf({buffer.data(), size});
    sodium_memzero(buffer.data(), buffer.size());
    return content;
}

} // namespace

std::string_view storeKeyKindWord(StoreKeyKind kind) {
    for (const StoreKindWord& row : kindWords) {
        if (row.kind == kind)
            return row.word;
    }
    return "keychain";
}

std::optional<StoreKeyKind> storeKeyKindOf(std::string_view word) {
    for (const StoreKindWord& row : kindWords) {
        if (row.word == word)
            return row.kind;
    }
    return std::nullopt;
}

Result<void> checkNewPassphrase(const Secret& passphrase) {
    if (passphrase.size() < leastPassphraseBytes)
        return failure(ErrorCode::InvalidParams, "the new passphrase is too short",
                       "Choose one of at least 8 characters; several words are easiest to keep.");
    if (passphrase.size() > mostPassphraseBytes)
        return failure(ErrorCode::InvalidParams, "the new passphrase is too long",
                       "Choose one of at most 1024 bytes.");
    return {};
}

Result<Secret> deriveStoreKey(const Secret& passphrase, std::string_view salt, const PassphraseCost& cost) {
    if (salt.size() != passphraseSaltBytes || cost.memory < cost.leastMemory ||
        cost.memory > mostPassphraseMemory || cost.passes < 1 || cost.passes > mostPassphrasePasses)
        return failure(ErrorCode::StoreUnavailable,
                       "the store file asks for a passphrase cost that is out of bounds",
                       "The file was damaged or changed: put back a copy.");
    Secret key = Secret::random(storeKeyBytes); // memory of the right size; overwritten below
    auto* out = reinterpret_cast<unsigned char*>(const_cast<char*>(key.reveal().data()));
    if (crypto_pwhash(out, key.size(), passphrase.reveal().data(), passphrase.size(),
                      reinterpret_cast<const unsigned char*>(salt.data()), cost.passes,
                      static_cast<std::size_t>(cost.memory), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return failure(ErrorCode::StoreUnavailable,
                       "there is not enough memory to make the key from the passphrase",
                       "Free " + std::to_string(cost.memory >> 20) + " MiB of memory, then try again.");
    return key;
}

Result<Secret> parseStoreKey(std::string_view content) {
    if (content.size() == storeKeyBytes)
        return Secret::copyOf(content);
    while (!content.empty() && (content.back() == '\n' || content.back() == '\r'))
        content.remove_suffix(1);
    std::array<unsigned char, storeKeyBytes> bytes{};
    std::size_t size = 0;
    const char* end = nullptr;
    const bool read = content.size() == hexKeyDigits
                          ? sodium_hex2bin(bytes.data(), bytes.size(), content.data(), content.size(),
                                           nullptr, &size, &end) == 0
                          : content.size() == base64KeyDigits &&
                                sodium_base642bin(bytes.data(), bytes.size(), content.data(), content.size(),
                                                  nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL) == 0;
    if (!read || size != storeKeyBytes || end != content.data() + content.size()) {
        sodium_memzero(bytes.data(), bytes.size());
        return failure(ErrorCode::StoreUnavailable,
                       "the key is neither 32 bytes, nor 64 hex digits, nor 44 characters of base64",
                       "Make one with: head -c 32 /dev/urandom > key; chmod 600 key");
    }
    Secret key = Secret::copyOf({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

Result<Secret> readStoreKey(const StoreKeySource& source) {
    const Result<std::filesystem::path> file = placeOf(source);
    if (!file)
        return tl::unexpected(file.error());
    const int fd = ::open(file->c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a FIFO must not hold us up
    if (fd < 0)
        return refuse(*file, std::string("cannot be opened: ").append(std::strerror(errno)),
                      errno == ENOENT
                          ? "Put it back where it was, or mount the device that holds it."
                          : "Correct its rights: it has to belong to you and be closed to others.");
    struct stat status {};
    const Result<void> owner = ::fstat(fd, &status) == 0
                                   ? checkOwner(*file, status)
                                   : refuse(*file, "cannot be examined", "Check the disk.");
    Result<Secret> content = owner ? contentOf(fd, *file) : failure(owner.error());
    ::close(fd);
    if (!content)
        return content;
    Result<Secret> key = parseStoreKey(content->reveal());
    if (!key)
        return refuse(*file, "holds no key: " + key.error().message, key.error().action);
    return key;
}

std::string keySourceName(const StoreKeySource& source) {
    return source.kind == StoreKeyKind::KeyFile      ? source.file.string()
           : source.kind == StoreKeyKind::Credential ? source.credential
                                                     : std::string();
}

} // namespace keybearer
