#pragma once

#include "broker/audit/AuditArchive.h"

namespace keybearer {

// What the store of secrets remembers of this log: the key of the seal, and the newest row that was sealed
// when it was last written there. Neither lies beside the files of the log, so whoever can only change files
// can neither make the whole chain anew nor put an older copy back. Proves nothing against a program that may
// read the store as the broker does. A value; any thread.
class AuditSeal {
public:
    AuditSeal() = default; // a new key
    // What item() made. ParseError if it is something else.
    [[nodiscard]] static Result<AuditSeal> parse(const Secret& item);
    [[nodiscard]] Secret item(const ChainHead& head) const;

    [[nodiscard]] const AuditKey& key() const { return key_; }
    // Sequence 0: nothing was sealed yet.
    [[nodiscard]] const ChainHead& remembered() const { return remembered_; }

private:
    AuditSeal(AuditKey key, const ChainHead& remembered) : key_(std::move(key)), remembered_(remembered) {}
    AuditKey key_;
    ChainHead remembered_;
};

} // namespace keybearer
