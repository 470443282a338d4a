#include "app/tray/desktop/Browser.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

TEST(BrowserTest, VariableIsAListOfCommandsWithAPlaceForTheAddress) {
    const QString url = QStringLiteral("https://a.example/?b=%s");
    const auto commands = browserCommands(QStringLiteral("one:two --new \"%s\" --x::'three four'"), url);
    ASSERT_EQ(commands.size(), 3);
    EXPECT_EQ(commands[0], (QStringList{QStringLiteral("one"), url}));
    EXPECT_EQ(commands[1],
              (QStringList{QStringLiteral("two"), QStringLiteral("--new"), url, QStringLiteral("--x")}));
    EXPECT_TRUE(browserCommands(QString(), url).isEmpty());
}

TEST(BrowserTest, BrowserOfTheEnvironmentGetsTheAddress) {
    QTemporaryDir directory;
    const QString script = directory.filePath(QStringLiteral("browser"));
    const QString seen = directory.filePath(QStringLiteral("seen"));
    QFile file(script);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\nprintf %s \"$1\" > " + seen.toUtf8() + ".new && mv " + seen.toUtf8() + ".new " +
               seen.toUtf8() + "\n");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
    qputenv("BROWSER", "/nonexistent/browser:" + script.toUtf8());
    EXPECT_TRUE(openInBrowser(QUrl(QStringLiteral("https://a.example/x?y=1&z=%20"))));
    qunsetenv("BROWSER");
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(seen); }));
    QFile result(seen);
    ASSERT_TRUE(result.open(QIODevice::ReadOnly));
    EXPECT_EQ(result.readAll(), QByteArray("https://a.example/x?y=1&z=%20"));
}

TEST(BrowserTest, OnlyWebAddressesAreOpened) {
    qputenv("BROWSER", "true");
    for (const char* address :
         {"file:///etc/passwd", "javascript:alert(1)", "https:///x", "", "ssh://a", "/bin/sh"})
        EXPECT_FALSE(openInBrowser(QUrl(QString::fromLatin1(address)))) << address;
    qunsetenv("BROWSER");
}

TEST(BrowserTest, HostIsShownInAsciiWithoutWhatPosesAsOne) {
    EXPECT_EQ(asciiHost(QUrl(QStringLiteral("https://github.com@evil.example/login"))),
              QStringLiteral("evil.example"));
    EXPECT_EQ(asciiHost(QUrl(QStringLiteral("https://b\u00fccher.example/"))),
              QStringLiteral("xn--bcher-kva.example"));
}

} // namespace
} // namespace keybearer::test
