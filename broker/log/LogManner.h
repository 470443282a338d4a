#pragma once

#include "broker/log/Log.h"

#include <string>

namespace keybearer {

enum class LogManner {
    Lines,   // for people
    Objects, // JSON, one a line: time, level, category, message
};

// Another level and form of the lines from now on. Event loop thread.
void setLogging(LogLevel level, LogManner manner);

// One line of LogManner::Objects, without its end.
[[nodiscard]] std::string logObject(QtMsgType type, const char* category, const QString& message);

} // namespace keybearer
