#include "broker/base/FaultPoint.h"

#ifdef KEYBEARER_FAULT_POINTS
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#endif

namespace keybearer {

#ifdef KEYBEARER_FAULT_POINTS
void faultPoint(const char* name) {
    static const std::string wanted = [] {
        const char* value = std::getenv("KEYBEARER_FAULT_POINT");
        return std::string(value == nullptr ? "" : value);
    }();
    static int passings = 0;
    if (wanted.empty())
        return;
    const std::size_t colon = wanted.find(':');
    if (std::string_view(wanted).substr(0, colon) != name)
        return;
    const int target =
        colon == std::string::npos ? 1 : std::atoi(wanted.c_str() + colon + 1); // NOLINT(cert-err34-c)
    if (++passings == target)
        std::raise(SIGKILL);
}
#endif

} // namespace keybearer
