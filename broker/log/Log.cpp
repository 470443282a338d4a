#include "broker/log/LastWords.h"
#include "broker/log/LogManner.h"

#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/base/Text.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace keybearer {

Q_LOGGING_CATEGORY(logHttp, "keybearer.http")
Q_LOGGING_CATEGORY(logOauth, "keybearer.oauth")
Q_LOGGING_CATEGORY(logAccounts, "keybearer.accounts")
Q_LOGGING_CATEGORY(logRpc, "keybearer.rpc")
Q_LOGGING_CATEGORY(logStore, "keybearer.store")
Q_LOGGING_CATEGORY(logAccess, "keybearer.access")
Q_LOGGING_CATEGORY(logDaemon, "keybearer.daemon")

namespace {

constexpr std::size_t messageLimit = 4096; // characters; keeps one odd answer from filling the journal

// Qt calls the handler as a plain function, so what it needs lies here. Set once, before any thread.
std::atomic<bool> coloured{false};
std::atomic<bool> asObjects{false};

struct Look {
    const char* word;
    const char* colour; // SGR, empty: the terminal's own
};

Look lookOf(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return {"debug", "\033[2m"};
    case QtInfoMsg:
        return {"info", ""};
    case QtWarningMsg:
        return {"warning", "\033[33m"};
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return {"error", "\033[31m"};
}

std::string timeNow() {
    const WallTime now = SystemClock().wall();
    const auto days = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss time(now - days);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return text.data();
}

void writeLine(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const std::string line = (asObjects ? logObject(type, context.category, message)
                                        : logLine(type, context.category, message, coloured)) +
                             "\n";
    std::fwrite(line.data(), 1, line.size(), stderr); // unbuffered, so one system call a line
}

bool isTerminal() {
#ifdef _WIN32
    return _isatty(_fileno(stderr)) != 0;
#else
    return ::isatty(STDERR_FILENO) != 0;
#endif
}

QString rulesFor(LogLevel level) {
    QString rules;
    if (level < LogLevel::Debug)
        rules += QStringLiteral("*.debug=false\n");
    if (level < LogLevel::Info)
        rules += QStringLiteral("*.info=false\n");
    if (level < LogLevel::Warning)
        rules += QStringLiteral("*.warning=false\n");
    // Qt's own debugging is for people who work on Qt; it can still be asked for by name.
    rules += QStringLiteral("qt.*.debug=false\n");
    return rules + qEnvironmentVariable("KEYBEARER_LOG").replace(QLatin1Char(';'), QLatin1Char('\n'));
}

} // namespace

std::optional<LogLevel> logLevelFrom(std::string_view word) {
    constexpr std::array<std::string_view, 4> words = {"error", "warning", "info", "debug"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (word == words[i])
            return static_cast<LogLevel>(i);
    }
    return std::nullopt;
}

void installLogging(LogLevel level) {
    const char* noColor = std::getenv("NO_COLOR");
    coloured = isTerminal() && (noColor == nullptr || *noColor == '\0');
    QLoggingCategory::setFilterRules(rulesFor(level));
    qInstallMessageHandler(writeLine);
    installLastWords();
}

void setLogging(LogLevel level, LogManner manner) {
    asObjects = manner == LogManner::Objects;
    QLoggingCategory::setFilterRules(rulesFor(level));
}

std::string logObject(QtMsgType type, const char* category, const QString& message) {
    return Json{{"time", timeNow()},
                {"level", lookOf(type).word},
                {"category", category == nullptr ? "default" : category},
                {"message", displaySafe(message.toStdString(), messageLimit)}}
        .dump();
}

std::string logLine(QtMsgType type, const char* category, const QString& message, bool inColour) {
    const Look look = lookOf(type);
    const bool paint = inColour && *look.colour != '\0';
    std::string line = timeNow() + " ";
    if (paint)
        line += look.colour;
    line += look.word;
    if (paint)
        line += "\033[0m";
    line += std::string(" ") + (category == nullptr ? "default" : category) + " ";
    return line + displaySafe(message.toStdString(), messageLimit);
}

std::string redacted(const QUrl& url) {
    if (!url.isValid() || url.host().isEmpty())
        return url.scheme().isEmpty() ? "(no address)" : displaySafe(url.scheme().toStdString()) + ":...";
    const QString shown =
        url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
    return displaySafe(shown.toStdString());
}

} // namespace keybearer
