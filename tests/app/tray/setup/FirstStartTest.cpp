#include "app/tray/setup/FirstStart.h"

#include "tests/app/tray/setup/ImportSamples.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace keybearer::test {
namespace {

class FirstStartTest : public TrayFixture {
protected:
    void signedIn(const Json& sessions) { broker.answer("session.list", {{"sessions", sessions}}); }
    void begin() {
        first = std::make_unique<FirstStart>(mirror, tool.run(), marker(), std::chrono::milliseconds(0));
        wanted = std::make_unique<QSignalSpy>(first.get(), &FirstStart::setupWanted);
        connectAll();
    }
    [[nodiscard]] std::filesystem::path marker() const {
        return (directory.path() + QStringLiteral("/state/setup-offered")).toStdString();
    }
    [[nodiscard]] bool isRemembered() const {
        return QFileInfo::exists(QString::fromStdString(marker().string()));
    }
    Json something() {
        return previewJson(Json::array({fileJson("Cursor", Json::array({serverJson("s-1", "github")}))}));
    }

    QTemporaryDir directory;
    ScriptedTool tool;
    std::unique_ptr<FirstStart> first;
    std::unique_ptr<QSignalSpy> wanted;
};

TEST_F(FirstStartTest, OpensOnceWhenNobodyIsSignedInAndClientsAreFound) {
    signedIn(Json::array());
    begin();
    ASSERT_TRUE(wait([&] { return tool.isWaiting(); }));
    tool.answer(something());
    EXPECT_EQ(wanted->count(), 1);
    EXPECT_TRUE(isRemembered());
    EXPECT_EQ(QFileInfo(QString::fromStdString(marker().parent_path().string())).permissions() &
                  (QFile::ReadGroup | QFile::ReadOther),
              QFile::Permissions());
}

TEST_F(FirstStartTest, DoesNotEvenLookWhenItWasOfferedBefore) {
    std::filesystem::create_directories(marker().parent_path());
    QFile file(QString::fromStdString(marker().string()));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    signedIn(Json::array());
    begin();
    QTest::qWait(20);
    EXPECT_TRUE(tool.calls.empty());
}

TEST_F(FirstStartTest, DoesNotOpenForSomebodyWhoIsSignedIn) {
    signedIn(Json::array({sessionJson("s1", "github", "ana")}));
    begin();
    ASSERT_TRUE(wait([&] { return isRemembered(); }));
    EXPECT_TRUE(tool.calls.empty());
}

TEST_F(FirstStartTest, DoesNotOpenForNothing) {
    signedIn(Json::array());
    begin();
    ASSERT_TRUE(wait([&] { return tool.isWaiting(); }));
    tool.answer(previewJson(
        Json::array({fileJson("Cursor", Json::array({leftAloneJson("s-1", "x", "done", "it is done")}))})));
    EXPECT_EQ(wanted->count(), 0);
    EXPECT_FALSE(isRemembered());
}

TEST_F(FirstStartTest, DoesNotOpenWhenTheLookFails) {
    signedIn(Json::array());
    begin();
    ASSERT_TRUE(wait([&] { return tool.isWaiting(); }));
    tool.answer(failure(Error(ErrorCode::NotFound, "not found")));
    EXPECT_EQ(wanted->count(), 0);
    EXPECT_FALSE(isRemembered());
}

TEST_F(FirstStartTest, DoesNotOpenAtEveryStartWhenItCannotBeRemembered) {
    QFile blocks(directory.path() + QStringLiteral("/state")); // a file where the directory should be
    ASSERT_TRUE(blocks.open(QIODevice::WriteOnly));
    signedIn(Json::array());
    begin();
    QTest::qWait(20);
    if (tool.isWaiting())
        tool.answer(something());
    EXPECT_EQ(wanted->count(), 0);
}

} // namespace
} // namespace keybearer::test
