#include "app/tray/actions/StoreLock.h"

#include "app/tray/TrayMenu.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>

namespace keybearer::test {
namespace {

class StoreLockTest : public TrayFixture {
protected:
    StoreLockTest() : lock(client) {
        QObject::connect(&lock, &StoreLock::noticed,
                         [this](const Notice& notice) { notices.push_back(notice); });
    }
    void health(const char* backend, const char* state) {
        broker.answer("health.get", Json{{"status", "ok"},
                                         {"store", {{"backend", backend}, {"state", state}}},
                                         {"findings", Json::array()}});
    }
    void status(const char* kind, bool fresh = false) {
        broker.answer(
            "store.status",
            Json{{"backend", "file"}, {"state", "locked"}, {"key", {{"kind", kind}}}, {"new", fresh}});
    }
    static UnlockDialog* dialog() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (auto* found = qobject_cast<UnlockDialog*>(widget); found != nullptr && found->isVisible())
                return found;
        }
        return nullptr;
    }
    static void type(UnlockDialog& dialog, const char* name, const char* text) {
        dialog.findChild<QLineEdit*>(QString::fromLatin1(name))->setText(QString::fromLatin1(text));
    }
    static QPushButton* unlockButton(UnlockDialog& dialog) {
        return dialog.findChild<QPushButton*>(QStringLiteral("unlock"));
    }
    static bool offers(TrayMenu& menu, const char* text) {
        for (const QAction* action : menu.menu()->actions()) {
            if (action->text() == QString::fromLatin1(text))
                return true;
        }
        return false;
    }
    StoreLock lock;
    std::vector<Notice> notices;
};

TEST_F(StoreLockTest, MenuOffersUnlockOrLockForAFileAndNothingForAKeychain) {
    TrayMenu menu(mirror);
    health("file", "locked");
    connectAll();
    EXPECT_TRUE(offers(menu, "Unlock..."));
    EXPECT_FALSE(offers(menu, "Lock"));
    EXPECT_EQ(mirror.headline(), QStringLiteral("The store is locked"));
    health("file", "ready");
    broker.emitEvent("health.changed", Json{{"status", "ok"}});
    ASSERT_TRUE(wait([&] { return offers(menu, "Lock"); }));
    EXPECT_FALSE(offers(menu, "Unlock..."));
    health("keychain", "locked");
    broker.emitEvent("health.changed", Json{{"status", "degraded"}});
    ASSERT_TRUE(wait([&] { return !offers(menu, "Lock"); }));
    EXPECT_FALSE(offers(menu, "Unlock..."));
}

TEST_F(StoreLockTest, WrongPassphraseIsSaidAndAsksAgain) {
    health("file", "locked");
    status("passphrase");
    broker.answer("store.unlock", [](const Json& params) {
        if (params["passphrase"] == "correct horse")
            return Json{{"state", "ready"}};
        return Json{{"error",
                     {{"code", -31010},
                      {"message", "the passphrase is wrong"},
                      {"data", {{"name", "store_locked"}, {"action", "Try again."}}}}}};
    });
    connectAll();
    lock.unlock();
    ASSERT_TRUE(wait([] { return dialog() != nullptr; }));
    EXPECT_FALSE(unlockButton(*dialog())->isEnabled()) << "nothing typed yet";
    type(*dialog(), "passphrase", "wrong horse");
    unlockButton(*dialog())->click();
    auto* problem = dialog()->findChild<QWidget*>(QStringLiteral("problem"));
    ASSERT_TRUE(wait([&] { return problem->isVisible(); }));
    EXPECT_TRUE(dialog()->isEnabled());
    EXPECT_TRUE(dialog()->findChild<QLineEdit*>(QStringLiteral("passphrase"))->text().isEmpty());
    type(*dialog(), "passphrase", "correct horse");
    unlockButton(*dialog())->click();
    ASSERT_TRUE(wait([&] { return dialog() == nullptr && notices.size() == 1; }));
    EXPECT_EQ(notices[0].kind, Notice::Kind::News);
}

TEST_F(StoreLockTest, NewPassphraseIsTypedTwiceAlike) {
    health("file", "locked");
    status("passphrase", true);
    broker.answer("store.unlock", Json{{"state", "ready"}});
    connectAll();
    lock.unlock();
    ASSERT_TRUE(wait([] { return dialog() != nullptr; }));
    type(*dialog(), "passphrase", "correct horse");
    EXPECT_FALSE(unlockButton(*dialog())->isEnabled());
    type(*dialog(), "again", "correct house");
    EXPECT_FALSE(unlockButton(*dialog())->isEnabled());
    type(*dialog(), "again", "correct horse");
    ASSERT_TRUE(unlockButton(*dialog())->isEnabled());
    unlockButton(*dialog())->click();
    ASSERT_TRUE(wait([] { return dialog() == nullptr; }));
    EXPECT_EQ(broker.called("store.unlock").at(0)["passphrase"], "correct horse");
}

TEST_F(StoreLockTest, KeyThatIsNoPassphraseNeedsNoDialog) {
    health("file", "locked");
    status("key_file");
    broker.answer("store.unlock", Json{{"state", "ready"}});
    connectAll();
    lock.unlock();
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    EXPECT_EQ(dialog(), nullptr);
    EXPECT_EQ(broker.called("store.unlock").at(0), Json::object());
}

TEST_F(StoreLockTest, LockTellsWhatItMeans) {
    health("file", "ready");
    broker.answer("store.lock", Json{{"state", "locked"}});
    connectAll();
    lock.lock();
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    EXPECT_EQ(notices[0].kind, Notice::Kind::News);
}

} // namespace
} // namespace keybearer::test
