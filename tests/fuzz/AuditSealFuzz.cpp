#include "broker/audit/AuditSeal.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// What the store gives back as the seal of the audit log: refused, or it says the same again when written
// anew.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    initialiseSecrets();
    const Result<AuditSeal> seal =
        AuditSeal::parse(Secret::copyOf({reinterpret_cast<const char*>(data), size}));
    if (!seal)
        return 0;
    const Result<AuditSeal> again = AuditSeal::parse(seal->item(seal->remembered()));
    if (!again || again->remembered().sequence != seal->remembered().sequence ||
        again->remembered().hash != seal->remembered().hash || again->key().bytes() != seal->key().bytes())
        std::abort();
    return 0;
}
