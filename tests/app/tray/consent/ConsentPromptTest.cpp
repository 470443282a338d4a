#include "app/tray/consent/ArmLine.h"
#include "tests/app/tray/consent/ConsentPromptFixture.h"

#include <QScrollBar>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

class ConsentPromptTest : public ConsentPromptFixture {};

TEST_F(ConsentPromptTest, T_08_NothingCanBeAllowedBeforeTheArmDelay) {
    showPrompt();
    EXPECT_EQ(countdown->lastLength, std::chrono::milliseconds(500));
    for (const char* name : {"allow-once", "allow-session", "allow"}) {
        QTest::mouseClick(button(name), Qt::LeftButton);
        QTest::keyClick(button(name), Qt::Key_Space);
        QTest::keyClick(prompt.get(), Qt::Key_O, Qt::AltModifier);
    }
    EXPECT_FALSE(anyArmed());
    EXPECT_TRUE(decisions.empty());
    countdown->fire();
    QTest::mouseClick(button("allow-once"), Qt::LeftButton);
    EXPECT_EQ(decisions, (std::vector<std::string>{"allow-once"}));
}

TEST_F(ConsentPromptTest, T_08_EveryReturnToTheFrontArmsAnew) {
    showPrompt();
    countdown->fire();
    ASSERT_TRUE(anyArmed());
    QWidget other;
    other.show();
    other.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&other));
    EXPECT_FALSE(anyArmed());
    EXPECT_FALSE(countdown->running);
    const int before = countdown->begins;
    prompt->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(prompt.get()));
    EXPECT_FALSE(anyArmed());
    EXPECT_EQ(countdown->begins, before + 1);
    countdown->fire();
    EXPECT_TRUE(anyArmed());
}

TEST_F(ConsentPromptTest, T_08_PressThatBeganBeforeTheArmDelayDoesNotCount) {
    showPrompt();
    QTest::mousePress(button("allow"), Qt::LeftButton);
    countdown->fire();
    QTest::mouseRelease(button("allow"), Qt::LeftButton);
    EXPECT_TRUE(decisions.empty());
}

TEST_F(ConsentPromptTest, RealCountdownTakesHalfASecond) {
    TimerCountdown timer;
    QElapsedTimer clock;
    bool elapsed = false;
    QObject::connect(&timer, &Countdown::elapsed, &timer, [&] { elapsed = true; });
    clock.start();
    timer.begin(ConsentPrompt::armDelay);
    ASSERT_TRUE(QTest::qWaitFor([&] { return elapsed; }));
    EXPECT_GE(clock.elapsed(), 499);
}

TEST_F(ConsentPromptTest, DenyIsTheDefaultAndHasTheFocus) {
    showPrompt();
    EXPECT_TRUE(button("deny")->isDefault());
    EXPECT_TRUE(button("deny")->hasFocus());
    countdown->fire();
    EXPECT_TRUE(button("deny")->hasFocus());
}

TEST_F(ConsentPromptTest, EnterDenies) {
    showPrompt();
    countdown->fire();
    QTest::keyClick(prompt.get(), Qt::Key_Return);
    EXPECT_EQ(decisions, (std::vector<std::string>{"deny"}));
    EXPECT_FALSE(prompt->isVisible());
}

TEST_F(ConsentPromptTest, EnterOnAnAllowingButtonDenies) {
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        showPrompt();
        countdown->fire();
        button("allow")->setAutoDefault(true); // as desktops behave that let Enter press the focused button
        button("allow")->setFocus();
        QTest::keyClick(button("allow"), key);
    }
    EXPECT_EQ(decisions, (std::vector<std::string>{"deny", "deny"}));
}

TEST_F(ConsentPromptTest, EnterDeniesWhereverTheFocusIs) {
    showPrompt();
    button("deny")->clearFocus();
    QTest::keyClick(prompt.get(), Qt::Key_Return);
    EXPECT_EQ(decisions, (std::vector<std::string>{"deny"}));
}

TEST_F(ConsentPromptTest, SpaceOnAnArmedButtonAllows) {
    showPrompt();
    countdown->fire();
    button("allow-session")->setFocus();
    QTest::keyClick(button("allow-session"), Qt::Key_Space);
    EXPECT_EQ(decisions, (std::vector<std::string>{"allow-session"}));
}

TEST_F(ConsentPromptTest, EscapeAndClosingDeny) {
    showPrompt();
    QTest::keyClick(prompt.get(), Qt::Key_Escape);
    showPrompt();
    prompt->close();
    EXPECT_EQ(decisions, (std::vector<std::string>{"deny", "deny"}));
}

TEST_F(ConsentPromptTest, WithdrawnRequestIsNotAnswered) {
    showPrompt();
    prompt->withdraw();
    prompt->close();
    EXPECT_TRUE(decisions.empty());
    EXPECT_FALSE(prompt->isVisible());
}

TEST_F(ConsentPromptTest, OneDecisionIsTheOnlyOne) {
    showPrompt();
    countdown->fire();
    button("allow")->click();
    button("allow-once")->click();
    prompt->reject();
    EXPECT_EQ(decisions, (std::vector<std::string>{"allow"}));
}

TEST_F(ConsentPromptTest, T_06_ButtonsStayOnEveryScreenWhateverComes) {
    for (const int screen : {768, 600, 480, 1080}) {
        make(*readConsentRequest(hostileJson()));
        prompt->fitInto(screen);
        prompt->show();
        EXPECT_LE(prompt->height() + 40, screen); // with the frame of a window
        EXPECT_LE(prompt->width(), 640);
        const int bottom = button("deny")->mapTo(prompt.get(), button("deny")->rect().bottomLeft()).y();
        EXPECT_LT(bottom, prompt->height());
        EXPECT_GT(facts()->height(), 90);
    }
}

TEST_F(ConsentPromptTest, WhatFitsDoesNotScroll) {
    make(*readConsentRequest(requestJson("c1")));
    prompt->fitInto(768);
    prompt->show();
    EXPECT_EQ(facts()->verticalScrollBar()->maximum(), 0);
    EXPECT_FALSE(prompt->findChild<QLabel*>(QStringLiteral("unread"))->isVisible());
    countdown->fire();
    EXPECT_TRUE(anyArmed());
}

TEST_F(ConsentPromptTest, T_06_NothingIsAllowedBeforeAllOfItCouldBeRead) {
    make(*readConsentRequest(hostileJson()));
    prompt->fitInto(600);
    prompt->show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(prompt.get()));
    const auto* unread = prompt->findChild<QLabel*>(QStringLiteral("unread"));
    countdown->fire();
    EXPECT_FALSE(anyArmed());
    EXPECT_TRUE(unread->isVisible());
    const int height = prompt->height();
    for (int page = 0; page < 50; ++page)
        QTest::keyClick(prompt.get(), Qt::Key_PageDown);
    EXPECT_TRUE(anyArmed());
    EXPECT_FALSE(unread->isVisible());
    EXPECT_TRUE(button("deny")->hasFocus());
    QTest::keyClick(prompt.get(), Qt::Key_PageUp);
    EXPECT_TRUE(anyArmed());
    EXPECT_EQ(prompt->height(), height); // nothing moves under the mouse
}

TEST_F(ConsentPromptTest, T_08_ReadingToTheEndDoesNotShortenTheArmDelay) {
    make(*readConsentRequest(hostileJson()));
    prompt->fitInto(600);
    prompt->show();
    facts()->verticalScrollBar()->setValue(facts()->verticalScrollBar()->maximum());
    EXPECT_FALSE(anyArmed());
    countdown->fire();
    EXPECT_TRUE(anyArmed());
}

TEST_F(ConsentPromptTest, T_08_TheWaitIsToldToTheEyeAndToTheEar) {
    showPrompt();
    EXPECT_TRUE(button("allow")->accessibleDescription().startsWith(QStringLiteral("In a moment.")));
    countdown->fire();
    EXPECT_EQ(button("allow")->accessibleDescription(), button("allow")->toolTip());
    EXPECT_EQ(prompt->findChild<ArmLine*>()->share(), 1.0);
}

TEST_F(ConsentPromptTest, AQuestionSaysWhenItIsDeniedByItself) {
    Json json = requestJson("c1");
    json["caller"].erase("script");
    json["expires_at"] = "2026-05-01T09:30:00Z";
    show(json);
    const QDateTime end = QDateTime::fromString(QStringLiteral("2026-05-01T09:30:00Z"), Qt::ISODate);
    countdown->fire();
    EXPECT_FALSE(anyArmed()) << "it is over by now";
    prompt->showTimeLeft(end.addSecs(-100));
    EXPECT_EQ(text("left"), QStringLiteral("Without an answer it is denied in 1:40."));
    prompt->showTimeLeft(end);
    EXPECT_TRUE(text("left").contains(QStringLiteral("is over")));
    EXPECT_TRUE(decisions.empty()) << "that is the broker's to say";
}

} // namespace
} // namespace keybearer::test
