#include "broker/log/LogManner.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

#include <QRegularExpression>

#include <cstdlib>

namespace keybearer {
namespace {

TEST(LogLevel_, WordsAreThoseOfTheCommandLine) {
    EXPECT_EQ(logLevelFrom("error"), LogLevel::Error);
    EXPECT_EQ(logLevelFrom("warning"), LogLevel::Warning);
    EXPECT_EQ(logLevelFrom("info"), LogLevel::Info);
    EXPECT_EQ(logLevelFrom("debug"), LogLevel::Debug);
    EXPECT_EQ(logLevelFrom("DEBUG"), std::nullopt);
    EXPECT_EQ(logLevelFrom(""), std::nullopt);
}

TEST(LogLine, TimeLevelCategoryAndTextStandOnOneLine) {
    const QString line = QString::fromStdString(
        logLine(QtWarningMsg, "keybearer.http", QStringLiteral("no answer from example.com"), false));
    const QRegularExpression form(QStringLiteral(
        R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning keybearer\.http no answer from example\.com$)"));
    EXPECT_TRUE(form.match(line).hasMatch()) << line.toStdString();
}

TEST(LogLine, ForeignTextCannotStartALineOrMoveTheCursor) {
    const std::string line = logLine(QtInfoMsg, nullptr, QStringLiteral("a\nb\r\x1b[2J\u202e\u0085c"), false);
    for (const char c : line)
        EXPECT_GE(static_cast<unsigned char>(c), 0x20);
    EXPECT_NE(line.find("a\\u{A}b\\u{D}\\u{1B}[2J\\u{202E}\\u{85}c"), std::string::npos) << line;
    EXPECT_LT(logLine(QtInfoMsg, nullptr, QString(100'000, QLatin1Char('x')), false).size(), 5000U);
}

TEST(LogObject, IsOneObjectALineWhateverTheTextIs) {
    const std::string line = logObject(QtWarningMsg, "keybearer.http", QStringLiteral("\"a\"\nb\x1b[2J"));
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const Result<Json> read = parseJson(line);
    ASSERT_TRUE(read) << line;
    EXPECT_EQ((*read)["level"], "warning");
    EXPECT_EQ((*read)["category"], "keybearer.http");
    EXPECT_EQ((*read)["message"], "\"a\"\\u{A}b\\u{1B}[2J");
    EXPECT_TRUE(read->contains("time"));
}

TEST(LogLine, ColourOnlyWhenAsked) {
    EXPECT_EQ(logLine(QtCriticalMsg, "x", QString(), false).find('\033'), std::string::npos);
    EXPECT_NE(logLine(QtCriticalMsg, "x", QString(), true).find("\033[31merror\033[0m"), std::string::npos);
}

class InstalledLogging : public testing::Test {
protected:
    void TearDown() override {
        qInstallMessageHandler(nullptr);
        QLoggingCategory::setFilterRules(QString());
        unsetenv("KEYBEARER_LOG");
    }
    static std::string linesOf(LogLevel level) {
        testing::internal::CaptureStderr();
        installLogging(level);
        qCDebug(logRpc) << "at debug";
        qCInfo(logRpc) << "at info";
        qCWarning(logRpc) << "at warning";
        qCCritical(logRpc) << "at error";
        qCDebug(logHttp) << "http at debug";
        return testing::internal::GetCapturedStderr();
    }
};

TEST_F(InstalledLogging, LevelDropsWhatIsBelow) {
    const std::string info = linesOf(LogLevel::Info);
    EXPECT_EQ(info.find("at debug"), std::string::npos);
    EXPECT_NE(info.find("info keybearer.rpc at info\n"), std::string::npos) << info;
    EXPECT_NE(info.find("at warning"), std::string::npos);
    const std::string error = linesOf(LogLevel::Error);
    EXPECT_EQ(error.find("at warning"), std::string::npos);
    EXPECT_NE(error.find("error keybearer.rpc at error"), std::string::npos);
    EXPECT_NE(linesOf(LogLevel::Debug).find("at debug"), std::string::npos);
}

TEST_F(InstalledLogging, RulesFromTheEnvironmentWin) {
    setenv("KEYBEARER_LOG", "keybearer.http.debug=true;keybearer.rpc=false", 1);
    const std::string lines = linesOf(LogLevel::Error);
    EXPECT_NE(lines.find("http at debug"), std::string::npos) << lines;
    EXPECT_EQ(lines.find("at error"), std::string::npos) << lines;
}

TEST_F(InstalledLogging, NoColourAwayFromATerminal) {
    EXPECT_EQ(linesOf(LogLevel::Debug).find('\033'), std::string::npos);
}

TEST(Redacted, KeepsPlaceAndDropsWhatMayBeSecret) {
    EXPECT_EQ(redacted(QUrl(QStringLiteral("https://user:pass@example.com:8443/cb/a%20b?code=SECRET#tok"))),
              "https://example.com:8443/cb/a%20b");
    EXPECT_EQ(redacted(QUrl(QStringLiteral("http://[::1]:1/x?y"))), "http://[::1]:1/x");
    EXPECT_EQ(redacted(QUrl()), "(no address)");
    EXPECT_EQ(redacted(QUrl(QStringLiteral("mailto:someone@example.com"))), "mailto:...");
    EXPECT_EQ(redacted(QUrl(QStringLiteral("https://exa mple/%%%?code=SECRET"))).find("SECRET"),
              std::string::npos);
}

} // namespace
} // namespace keybearer
