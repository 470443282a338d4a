#include "broker/platform/Measurement.h"

namespace keybearer {

Measurement measureProgram(std::int64_t pid) {
    Measurement out;
    out.mark = markOf(pid);
    out.facts = measureProcess(pid);
    out.file = programIdentity(pid);
    out.steady = markOf(pid) == out.mark;
    return out;
}

} // namespace keybearer
