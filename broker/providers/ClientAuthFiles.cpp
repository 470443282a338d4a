#include "broker/providers/ClientAuthFiles.h"

#include "broker/config/TrustedFile.h"
#include "broker/http/ClientCertificate.h"
#include "broker/oauth/ClientAuthentication.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {

namespace {

constexpr std::size_t fileLimit = std::size_t{256} << 10; // a certificate with its chain and key has 10 KiB

using Entry = Config::ProviderEntry;

tl::unexpected<Error> wrong(const Entry& entry, const std::string& where, const std::string& key,
                            const std::string& what, std::string action = {}) {
    const std::string path =
        std::string(entry.section).append(".").append(entry.name).append(".client_auth").append(key);
    std::string message = where.empty() ? entry.where : where;
    if (message.empty())
        message = "configuration";
    message.append(": ").append(path).append(": ").append(what);
    return failure(Error(ErrorCode::InvalidParams, std::move(message), std::move(action)).with("key", path));
}

// One file of the person's, with the line of the configuration that names it.
struct NamedFile {
    std::filesystem::path path;
    std::string where;
    std::string key; // ".key_file"
};

tl::unexpected<Error> wrongFile(const Entry& entry, const NamedFile& file, const std::string& what,
                                std::string action) {
    return wrong(entry, file.where, file.key, file.path.string().append(": ").append(what),
                 std::move(action));
}

Result<Secret> contentOf(const Entry& entry, const NamedFile& file, bool isPrivate) {
    Result<TrustedFile> read = readTrustedFile(file.path, fileLimit);
    if (!read && read.error().code == ErrorCode::NotFound)
        return wrongFile(entry, file, "there is no such file",
                         "Give its path, or one that starts at the directory of the configuration.");
    if (!read)
        return wrong(entry, file.where, file.key, read.error().message, read.error().action);
    Secret content = Secret::takeFrom(read->content);
    if (isPrivate && read->othersMayRead)
        return wrongFile(entry, file, "others may read this key",
                         std::string("Close it to them: chmod go-rwx ").append(file.path.string()));
    return content;
}

NamedFile keyFile(const Entry& entry) {
    return {*entry.clientAuth.keyFile, entry.clientAuth.keyWhere, ".key_file"};
}

NamedFile certificateFile(const Entry& entry) {
    return {*entry.clientAuth.certificateFile, entry.clientAuth.certificateWhere, ".certificate_file"};
}

Secret passphraseOf(const Entry& entry) {
    return entry.clientAuth.keyPassphrase ? entry.clientAuth.keyPassphrase->open() : Secret();
}

Result<void> loadKey(Provider& provider, const Entry& entry) {
    const NamedFile file = keyFile(entry);
    const Result<Secret> pem = contentOf(entry, file, true);
    if (!pem)
        return failure(pem.error());
    auto key = SigningKey::fromPem(*pem, passphraseOf(entry), entry.clientAuth.algorithm.value_or(""),
                                   entry.clientAuth.keyId.value_or(""));
    if (!key)
        return wrongFile(entry, file, key.error().message, key.error().action);
    provider.signingKey = std::move(*key);
    return {};
}

// The key stands in a file of its own, or behind the certificate in the same.
Result<void> loadCertificate(Provider& provider, const Entry& entry, WallTime now) {
    const NamedFile file = certificateFile(entry);
    const bool together = !entry.clientAuth.keyFile;
    const Result<Secret> chain = contentOf(entry, file, together);
    if (!chain)
        return failure(chain.error());
    Result<Secret> key = together ? chain->clone() : contentOf(entry, keyFile(entry), true);
    if (!key)
        return failure(key.error());
    auto certificate = ClientCertificate::fromPem(chain->reveal(), *key, passphraseOf(entry), now);
    if (!certificate)
        return wrongFile(entry, file, certificate.error().message, certificate.error().action);
    provider.certificate = std::move(*certificate);
    return {};
}

// The word of the configuration, else what its files are good for.
Result<std::optional<ClientAuthMethod>> methodOf(const Entry& entry) {
    using Method = std::optional<ClientAuthMethod>;
    const bool key = entry.clientAuth.keyFile.has_value();
    const bool certificate = entry.clientAuth.certificateFile.has_value();
    if (!entry.authMethod)
        return certificate ? Method(ClientAuthMethod::TlsClientAuth)
               : key       ? Method(ClientAuthMethod::PrivateKeyJwt)
                           : Method();
    const Method method = authMethodFrom(*entry.authMethod);
    const std::string word = std::string("method ").append(*entry.authMethod);
    if (method == ClientAuthMethod::PrivateKeyJwt && !key)
        return wrong(entry, {}, {}, std::string(word).append(" needs key_file"));
    if (method == ClientAuthMethod::TlsClientAuth && !certificate)
        return wrong(entry, {}, {}, std::string(word).append(" needs certificate_file"));
    const bool uses = method == ClientAuthMethod::PrivateKeyJwt || method == ClientAuthMethod::TlsClientAuth;
    if (!uses && (key || certificate))
        return wrong(entry, {}, {}, std::string(word).append(" has no use for a key or certificate"));
    return method;
}

} // namespace

Result<void> loadClientAuth(Provider& provider, const Entry& entry, WallTime now) {
    const Result<std::optional<ClientAuthMethod>> method = methodOf(entry);
    if (!method)
        return failure(method.error());
    if (*method)
        provider.authMethod = **method;
    if (entry.clientAuth.audience)
        provider.quirks.assertionAudience = *entry.clientAuth.audience == "token_endpoint"
                                                ? AssertionAudience::TokenEndpoint
                                                : AssertionAudience::Issuer;
    if (*method == ClientAuthMethod::PrivateKeyJwt) {
        if (Result<void> loaded = loadKey(provider, entry); !loaded)
            return loaded;
    }
    return entry.clientAuth.certificateFile ? loadCertificate(provider, entry, now) : Result<void>();
}

} // namespace keybearer
