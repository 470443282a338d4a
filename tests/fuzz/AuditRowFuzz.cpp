// The audit log reads its own files again, and a power cut or a stranger may have been at them. Whatever is
// taken for a row must have one spelling: what it says, written anew, is the same line.
#include "broker/audit/AuditChain.h"
#include "broker/audit/AuditRow.h"

#include <cstdlib>

using namespace keybearer;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    static_cast<void>(hashOfLine(line));
    ChainVerifier verifier({});
    verifier.accept(line);
    const auto row = parseAuditLine(line);
    if (!row)
        return 0;
    if (row->sequence != sequenceOf(line))
        std::abort();
    const std::string again = "{\"seq\":" + std::to_string(row->sequence) + ",\"at\":\"" + row->at + "\"" +
                              auditBody(row->event) + ",\"prev\":\"" + hexOf(row->prev) + "\",\"hash\":\"" +
                              hexOf(row->hash) + "\"}";
    if (again != line)
        std::abort();
    return 0;
}
