#include "broker/gatekeeper/BrowserStart.h"

#include "tests/support/EventLoop.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

namespace keybearer {
namespace {

// $BROWSER names scripts of the test.
class BrowserStartTest : public ::testing::Test {
protected:
    void TearDown() override {
        for (const char* name : {"BROWSER", "KEYBEARER_CLIENT_KEY"})
            ::unsetenv(name);
    }
    std::string path(const std::string& name) const {
        return directory_.filePath(QString::fromStdString(name)).toStdString();
    }
    std::string script(const std::string& name, const std::string& body) const {
        std::ofstream(path(name)) << "#!/bin/sh\n" << body << "\n";
        ::chmod(path(name).c_str(), 0700);
        return path(name);
    }
    // Writes what it was given, whole or not at all.
    std::string browser() const {
        return script("browser", "printf '%s|' \"$#\" \"$@\" \"$KEYBEARER_CLIENT_KEY\" > '" + path("new") +
                                     "'\nmv '" + path("new") + "' '" + path("said") + "'");
    }
    [[nodiscard]] std::string said() const {
        std::ifstream file(path("said"));
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void browsers(const std::string& list) { ::setenv("BROWSER", list.c_str(), 1); }

    QTemporaryDir directory_;
    int failed_ = 0;
    BrowserStart start_;
};

TEST_F(BrowserStartTest, SEC_C_34_TheAddressIsOneArgumentAndNoShellReadsIt) {
    browsers(browser());
    ::setenv("KEYBEARER_CLIENT_KEY", "kb_secret", 1);
    const std::string url = "https://login.example/auth?a=$(touch%20x)&b=;c=$HOME*~!#&&";
    ASSERT_EQ(start_.open(url, [this] { ++failed_; }), true);
    ASSERT_TRUE(spinUntil([&] { return !said().empty(); }));
    EXPECT_EQ(said(), "1|" + url + "||") << "and our own key is not in its environment";
    EXPECT_EQ(failed_, 0);
}

TEST_F(BrowserStartTest, SEC_C_34_T21_OnlyAddressesOfTheWebAreOpened) {
    browsers(browser());
    for (const char* url : {"file:///etc/passwd", "javascript:alert(1)", "http://evil.example/", "--version",
                            "https://login.example/\nx", "https://login.example/`id`",
                            "https://ana@login.example/", "vscode://x", ""})
        EXPECT_FALSE(start_.open(url, [] {})) << url;
    EXPECT_TRUE(said().empty());
}

TEST_F(BrowserStartTest, TheNextOneIsTriedWhereOneFails) {
    browsers(script("broken", "exit 3") + ":" + path("missing") + ":" + browser());
    ASSERT_TRUE(start_.open("https://login.example/", [this] { ++failed_; }));
    ASSERT_TRUE(spinUntil([&] { return !said().empty(); }));
    EXPECT_EQ(failed_, 0);
}

TEST_F(BrowserStartTest, WhereNoneTakesItThatIsSaidOnce) {
    browsers(script("broken", "exit 3") + ":" + path("missing"));
    ASSERT_TRUE(start_.open("https://login.example/", [this] { ++failed_; }));
    ASSERT_TRUE(spinUntil([&] { return failed_ > 0; }));
    spinOnce();
    EXPECT_EQ(failed_, 1);
}

TEST_F(BrowserStartTest, WithoutABrowserNothingIsTried) {
    const QByteArray display = qgetenv("DISPLAY");
    const QByteArray wayland = qgetenv("WAYLAND_DISPLAY");
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    ::unsetenv("BROWSER");
    EXPECT_FALSE(BrowserStart::isPossible());
    EXPECT_FALSE(start_.open("https://login.example/", [] {}));
    if (!display.isEmpty())
        qputenv("DISPLAY", display);
    if (!wayland.isEmpty())
        qputenv("WAYLAND_DISPLAY", wayland);
}

} // namespace
} // namespace keybearer
