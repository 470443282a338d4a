#include "broker/audit/AuditDesk.h"
#include "tests/broker/audit/AuditFixture.h"

#include <condition_variable>
#include <cstddef>
#include <future>
#include <mutex>
#include <pthread.h>

namespace keybearer::test {
namespace {

#ifdef __GLIBC__
// No thread can begin while one of these lives: its stack would not fit into any address space.
class NoThreads {
public:
    NoThreads() {
        pthread_getattr_default_np(&before_);
        pthread_attr_t without{};
        pthread_getattr_default_np(&without);
        pthread_attr_setstacksize(&without, std::size_t{1} << 48U);
        pthread_setattr_default_np(&without);
        pthread_attr_destroy(&without);
    }
    ~NoThreads() {
        pthread_setattr_default_np(&before_);
        pthread_attr_destroy(&before_);
    }
    NoThreads(const NoThreads&) = delete;
    NoThreads& operator=(const NoThreads&) = delete;

private:
    pthread_attr_t before_{};
};
#endif

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

#ifdef __GLIBC__
TEST_F(AuditDeskTest, WithoutAThreadAQuestionIsRefusedAndTheNextOneTriesAgain) {
    openUnhurried();
    append(3);
    openDesk();
    std::vector<std::string> answers;
    const auto note = [&](const auto& answer) {
        answers.emplace_back(answer ? "answered" : answer.error().action);
    };
    {
        const NoThreads none;
        desk_->query({}, [&](const Result<AuditPage>& page) { note(page); });
        desk_->verify(0, [&](const Result<AuditLog::Verdict>& verdict) { note(verdict); });
        turn();
        turn();
    }
    desk_->verify(0, [&](const Result<AuditLog::Verdict>& verdict) { note(verdict); });
    desk_->query({}, [&](const Result<AuditPage>& page) { note(page); });
    turn();
    turn();
    EXPECT_EQ(answers, (std::vector<std::string>{"Ask again in a moment.", "Ask again in a moment.",
                                                 "answered", "answered"}));
    desk_.reset();
}
#endif

TEST_F(AuditDeskTest, QuestionsBeyondTheLimitAreRefused) {
    openUnhurried();
    append(3);
    std::promise<void> gate;
    const std::shared_future<void> opened = gate.get_future().share();
    const auto here = std::this_thread::get_id();
    desk_ = std::make_unique<AuditDesk>(*log_, [this, opened, here](std::function<void()> what) {
        if (std::this_thread::get_id() != here)
            opened.wait(); // the reader has one question in hand, all others wait
        post(std::move(what));
    });
    int refused = 0;
    int answered = 0;
    for (int i = 0; i < 100; ++i)
        desk_->query({}, [&](const Result<AuditPage>& page) { ++(page ? answered : refused); });
    gate.set_value();
    for (int i = 0; i < 100; ++i)
        turn();
    EXPECT_GE(refused, 67);
    EXPECT_GE(answered, 32);
    desk_.reset();
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
