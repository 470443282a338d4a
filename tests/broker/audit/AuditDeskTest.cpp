#include "broker/audit/AuditDesk.h"
#include "tests/broker/audit/AuditFixture.h"

#include <condition_variable>
#include <mutex>

namespace keybearer::test {
namespace {

class AuditDeskTest : public AuditFixture {
protected:
    // Stands in for the event loop: carries out what was posted in this thread.
    void post(std::function<void()> what) {
        const std::lock_guard lock(mutex_);
        posted_.push_back(std::move(what));
        arrived_.notify_all();
    }
    void turn() {
        std::function<void()> next;
        {
            std::unique_lock lock(mutex_);
            ASSERT_TRUE(
                arrived_.wait_for(lock, std::chrono::seconds(30), [this] { return !posted_.empty(); }));
            next = std::move(posted_.front());
            posted_.pop_front();
        }
        next();
    }
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> posted_;
    std::unique_ptr<AuditDesk> desk_;
    void openDesk() {
        desk_ =
            std::make_unique<AuditDesk>(*log_, [this](std::function<void()> what) { post(std::move(what)); });
    }
};

TEST_F(AuditDeskTest, A7_AnswersComeLaterAndInTheEventLoop) {
    openUnhurried();
    append(10);
    openDesk();
    int answered = 0;
    const auto here = std::this_thread::get_id();
    desk_->verify(0, [&](const Result<AuditLog::Verdict>& verdict) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        EXPECT_TRUE(verdict && verdict->intact);
        ++answered;
    });
    desk_->verify(0, [&](const Result<AuditLog::Verdict>& verdict) {
        EXPECT_EQ(verdict->rows, 10);
        ++answered;
    });
    EXPECT_EQ(answered, 0);
    turn();
    EXPECT_EQ(answered, 2) << "one check for both";
    AuditFilter filter;
    filter.limit = 3;
    desk_->query(filter, [&](Result<AuditPage> page) {
        EXPECT_EQ(page->rows.size(), 3U);
        EXPECT_TRUE(page->more);
        ++answered;
    });
    turn();
    EXPECT_EQ(answered, 3);
    desk_.reset();
}

TEST_F(AuditDeskTest, A7_ManyQuestionsAreAnsweredInOrder) {
    openUnhurried();
    append(5);
    openDesk();
    std::vector<int> order;
    for (int i = 0; i < 20; ++i)
        desk_->query({}, [&order, i](const Result<AuditPage>&) { order.push_back(i); });
    for (int i = 0; i < 20; ++i)
        turn();
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
    desk_.reset();
}

TEST_F(AuditDeskTest, NothingIsAnsweredOnceTheDeskIsGone) {
    openUnhurried();
    append(2000);
    openDesk();
    bool answered = false;
    desk_->verify(0, [&](const Result<AuditLog::Verdict>&) { answered = true; });
    desk_.reset();
    for (const auto& what : posted_)
        what();
    EXPECT_FALSE(answered);
}

TEST_F(AuditDeskTest, T_50_TheNewestRowsCanBeCheckedAlone) {
    openUnhurried();
    append(100);
    settle();
    sql("UPDATE rows SET line=replace(line, 'ana@', 'eve@') WHERE seq=13");
    EXPECT_FALSE(log_->reader()->verify(0)->intact);
    const auto some = log_->reader()->verify(50);
    EXPECT_TRUE(some->intact);
    EXPECT_EQ(some->rows, 50);
    sql("UPDATE rows SET line=replace(line, 'ana@', 'eve@') WHERE seq=80");
    EXPECT_EQ(log_->reader()->verify(50)->firstBad, 80);
}

} // namespace
} // namespace keybearer::test
