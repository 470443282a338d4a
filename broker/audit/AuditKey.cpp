#include "broker/audit/AuditArchive.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Random.h"

#include <array>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::size_t tagBytes = 16;

} // namespace

Result<AuditKey> AuditKey::load(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        AuditKey made;
        if (auto written = writePrivateFile(path, made.bytes_.reveal()); !written)
            return tl::unexpected(written.error());
        return made;
    }
    Result<std::string> read = readFile(path, length + 1);
    if (!read)
        return tl::unexpected(read.error());
    Secret bytes = Secret::takeFrom(*read);
    if (bytes.size() != length)
        return failure(ErrorCode::StoreUnavailable, "audit log: its key file is damaged: " + path.string(),
                       "Restore it from a backup, or move the audit log away; a new one is then begun.");
    return AuditKey(std::move(bytes));
}

std::string AuditKey::tag(std::string_view purpose, std::string_view text) const {
    std::string labelled(purpose);
    labelled += '\0';
    labelled += text;
    std::array<unsigned char, tagBytes> out{};
    const std::string_view key = bytes_.reveal();
    crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(labelled.data()),
                       labelled.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    wipe(labelled);
    return hex({reinterpret_cast<const char*>(out.data()), out.size()});
}

} // namespace keybearer
