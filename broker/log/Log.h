#pragma once

#include <QLoggingCategory>
#include <QString>
#include <QUrl>

#include <optional>
#include <string>
#include <string_view>

// Qt's logging with one category a room; use qCInfo(logOauth) and its kin. No secret may be logged at any
// level: the types of base/Secret.h have no way into a stream, and addresses pass through redacted().
namespace keybearer {

Q_DECLARE_LOGGING_CATEGORY(logHttp)
Q_DECLARE_LOGGING_CATEGORY(logOauth)
Q_DECLARE_LOGGING_CATEGORY(logAccounts)
Q_DECLARE_LOGGING_CATEGORY(logRpc)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logAccess)
Q_DECLARE_LOGGING_CATEGORY(logDaemon)

enum class LogLevel { Error, Warning, Info, Debug };

// error, warning, info, debug: the words of --log-level.
[[nodiscard]] std::optional<LogLevel> logLevelFrom(std::string_view word);

// Sends every message of this process to standard error, one line each: time, level, category, text. Messages
// below `level` are dropped unless the Qt filter rules in KEYBEARER_LOG (separated by line ends or
// semicolons) let them through; those rules win. Colour only on a terminal and without NO_COLOR. Call once,
// before any thread starts; the lines themselves may come from any thread.
void installLogging(LogLevel level);

// One line of the log, without its end: what came from outside cannot start a second one or move the cursor.
[[nodiscard]] std::string logLine(QtMsgType type, const char* category, const QString& message,
                                  bool coloured);

// scheme://host:port/path; without user name, password, query and fragment, where codes and tokens travel.
[[nodiscard]] std::string redacted(const QUrl& url);

} // namespace keybearer
