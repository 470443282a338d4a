#include "broker/gateway/GatewayLog.h"

#include "broker/base/Clock.h"
#include "broker/base/Time.h"

#include <unistd.h>

#include <string>

namespace keybearer {

namespace {

void line(std::string_view level, std::string_view text) {
    std::string out =
        toRfc3339(std::chrono::time_point_cast<WallTime::duration>(std::chrono::system_clock::now()));
    out.append(" ").append(level).append(" gateway: ").append(text).append("\n");
    // One write a line, so that lines stay whole; a log that nobody takes is no reason to stop.
    const ssize_t written = ::write(STDERR_FILENO, out.data(), out.size());
    static_cast<void>(written);
}

} // namespace

void logInfo(std::string_view text) {
    line("info", text);
}

void logWarning(std::string_view text) {
    line("warning", text);
}

} // namespace keybearer
