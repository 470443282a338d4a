#pragma once

#include "broker/stores/shared/KeyWrapper.h"
#include "broker/stores/vault/VaultSession.h"

namespace keybearer {

// KeyWrapper by a key of the secrets engine transit, which encrypts and decrypts without ever handing the key
// out. Needs "update" on TRANSIT_MOUNT/encrypt/KEY and TRANSIT_MOUNT/decrypt/KEY. Must not outlive the
// session; event loop thread.
class VaultTransit final : public QObject, public KeyWrapper {
    Q_OBJECT
public:
    explicit VaultTransit(VaultSession& session) : session_(session) {}

    void wrap(std::string bytes, Completion<std::string> done) override;
    void unwrap(std::string wrapped, Completion<std::string> done) override;
    [[nodiscard]] std::string name() const override;

private:
    void ask(const char* what, const char* member, std::string value, Completion<VaultAnswer> done);

    VaultSession& session_;
};

// The answers of encrypt and decrypt. Failure: ParseError.
[[nodiscard]] Result<std::string> ciphertextOf(const VaultAnswer& answer);
[[nodiscard]] Result<std::string> plaintextOf(VaultAnswer answer);

} // namespace keybearer
