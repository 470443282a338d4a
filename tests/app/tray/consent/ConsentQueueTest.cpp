#include "app/tray/consent/ConsentQueue.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QLabel>

namespace keybearer::test {
namespace {

class ConsentQueueTest : public TrayFixture {
protected:
    ConsentQueueTest()
        : queue(client, mirror, [this] {
              return std::unique_ptr<Countdown>(std::make_unique<ManualCountdown>(&countdown));
          }) {
        broker.answer("consent.answer", [](const Json& params) { return params; });
        QObject::connect(&queue, &ConsentQueue::noticed, &queue,
                         [this](const Notice& notice) { notices.push_back(notice); });
    }
    void ask(const std::string& id) {
        pending.push_back(requestJson(id));
        broker.answer("consent.pending", Json{{"pending", pending}});
        broker.emitEvent("consent.requested", requestJson(id));
    }

    Json pending = Json::array();
    ManualCountdown* countdown = nullptr;
    ConsentQueue queue;
    std::vector<Notice> notices;
};

TEST_F(ConsentQueueTest, OnePromptAtATime) {
    connectAll();
    ask("c1");
    ask("c2");
    ASSERT_TRUE(wait([&] { return mirror.pending().size() == 2; }));
    ASSERT_NE(queue.current(), nullptr);
    EXPECT_EQ(queue.current()->consentId(), "c1");
    EXPECT_TRUE(queue.current()->isVisible());
    EXPECT_EQ(queue.waiting(), 1U);
    queue.current()->reject();
    ASSERT_NE(queue.current(), nullptr);
    EXPECT_EQ(queue.current()->consentId(), "c2");
}

TEST_F(ConsentQueueTest, AnswerGoesToTheBroker) {
    connectAll();
    ask("c1");
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr; }));
    countdown->fire();
    broker.answer("consent.pending", Json{{"pending", Json::array()}});
    queue.current()->findChild<QPushButton*>(QStringLiteral("allow-session"))->click();
    ASSERT_TRUE(wait([&] { return !broker.called("consent.answer").empty() && mirror.pending().empty(); }));
    EXPECT_EQ(broker.called("consent.answer")[0],
              (Json{{"consent_id", "c1"}, {"decision", "allow-session"}}));
    EXPECT_EQ(queue.current(), nullptr);
}

TEST_F(ConsentQueueTest, WithdrawnRequestsCloseWithoutAnAnswer) {
    connectAll();
    ask("c1");
    ask("c2");
    ask("c3");
    ASSERT_TRUE(wait([&] { return mirror.pending().size() == 3; }));
    broker.emitEvent("consent.withdrawn", Json{{"consent_id", "c2"}, {"why", "expired"}});
    broker.emitEvent("consent.withdrawn", Json{{"consent_id", "c1"}, {"why", "caller left"}});
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr && queue.current()->consentId() == "c3"; }));
    EXPECT_EQ(queue.waiting(), 0U);
    EXPECT_TRUE(broker.called("consent.answer").empty());
}

TEST_F(ConsentQueueTest, LostConnectionClosesThePromptAndBringsItBack) {
    connectAll();
    ask("c1");
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr; }));
    broker.stop();
    ASSERT_TRUE(wait([&] { return queue.current() == nullptr; }));
    broker.start();
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr; }));
    EXPECT_EQ(queue.current()->consentId(), "c1");
    EXPECT_TRUE(broker.called("consent.answer").empty());
}

TEST_F(ConsentQueueTest, SameRequestIsShownOnce) {
    connectAll();
    ask("c1");
    broker.emitEvent("consent.requested", requestJson("c1"));
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr; }));
    settle();
    EXPECT_EQ(queue.waiting(), 0U);
}

TEST_F(ConsentQueueTest, AnswerThatDidNotArriveIsToldAndCanBeGivenAgain) {
    connectAll();
    broker.answer(
        "consent.answer",
        Json{{"error", {{"code", -31010}, {"message", "x"}, {"data", {{"name", "store_unavailable"}}}}}});
    ask("c1");
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr; }));
    queue.current()->reject();
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    settle();
    EXPECT_EQ(queue.current(), nullptr);
    queue.raise();
    ASSERT_NE(queue.current(), nullptr);
    EXPECT_EQ(queue.current()->consentId(), "c1");
}

TEST_F(ConsentQueueTest, RequestThatEndedByItselfNeedsNoWord) {
    connectAll();
    broker.answer("consent.answer",
                  Json{{"error", {{"code", -31011}, {"message", "x"}, {"data", {{"name", "not_found"}}}}}});
    ask("c1");
    ASSERT_TRUE(wait([&] { return queue.current() != nullptr; }));
    broker.answer("consent.pending", Json{{"pending", Json::array()}});
    queue.current()->reject();
    ASSERT_TRUE(wait([&] { return mirror.pending().empty(); }));
    EXPECT_TRUE(notices.empty());
}

TEST_F(ConsentQueueTest, SeveralAreCountedAndOneProgramIsDeniedAtOnce) {
    connectAll();
    ask("c1");
    ask("c2");
    Json other = requestJson("c3");
    other["caller"] = {{"pid", 9}, {"executable", "/usr/bin/git"}};
    pending.push_back(other);
    broker.answer("consent.pending", Json{{"pending", pending}});
    broker.emitEvent("consent.requested", other);
    ASSERT_TRUE(wait([&] { return mirror.pending().size() == 3; }));
    const auto place = [&] { return queue.current()->findChild<QLabel*>(QStringLiteral("place"))->text(); };
    EXPECT_EQ(place(), QStringLiteral("1 of 3"));
    auto* all = queue.current()->findChild<QPushButton*>(QStringLiteral("denyAll"));
    EXPECT_TRUE(all->isVisible());
    EXPECT_TRUE(all->text().contains(QStringLiteral("(2)")));
    broker.answer("consent.pending", Json{{"pending", Json::array({other})}});
    all->click();
    ASSERT_NE(queue.current(), nullptr);
    EXPECT_EQ(queue.current()->consentId(), "c3");
    EXPECT_EQ(place(), QStringLiteral("2 of 2"));
    EXPECT_FALSE(queue.current()->findChild<QPushButton*>(QStringLiteral("denyAll"))->isVisible());
    ASSERT_TRUE(wait([&] { return broker.called("consent.answer").size() == 2; }));
    for (const Json& answer : broker.called("consent.answer"))
        EXPECT_EQ(answer["decision"], "deny");
    queue.current()->reject();
    EXPECT_EQ(queue.answered(), 0) << "the next one is the first of its own";
}

TEST_F(ConsentQueueTest, ProgramsThatCouldNotBeReadAreNotTakenForOne) {
    connectAll();
    for (int pid : {5, 6}) {
        Json json = requestJson("c" + std::to_string(pid));
        json["caller"] = {{"pid", pid}};
        broker.emitEvent("consent.requested", json);
    }
    ASSERT_TRUE(wait([&] { return mirror.pending().size() == 2; }));
    EXPECT_FALSE(queue.current()->findChild<QPushButton*>(QStringLiteral("denyAll"))->isVisible());
}

} // namespace
} // namespace keybearer::test
