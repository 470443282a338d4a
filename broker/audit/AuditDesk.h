#pragma once

#include "broker/audit/AuditReader.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace keybearer {

// Answers questions about the log in a thread of its own, so that nobody's token waits for a long check. The
// thread lives while there is something to read. Owned by the Broker and gone before the log; all methods:
// event loop thread. Every completion comes later, through `post`; when the desk goes, none comes any more.
// Where the system gives us no thread, the question is answered with StoreUnavailable.
class AuditDesk {
public:
    // Carries out a function in the event loop, soon; called from the desk's thread.
    using Post = std::function<void(std::function<void()>)>;
    AuditDesk(AuditLog& log, Post post) : log_(log), post_(std::move(post)) {}
    ~AuditDesk();
    AuditDesk(const AuditDesk&) = delete;
    AuditDesk& operator=(const AuditDesk&) = delete;

    void query(AuditFilter filter, Completion<AuditPage> done);
    void summarise(AuditSummaryWish wish, Completion<AuditSummary> done);
    // `newest`: only so many rows, with all marks; 0: every row. Who asks while a check of every row is under
    // way gets its verdict.
    void verify(std::int64_t newest, Completion<AuditLog::Verdict> done);

private:
    using Job = std::function<std::function<void()>(AuditReader&)>; // returns what is to be posted
    template <typename T>
    void start(std::function<Result<T>(AuditReader&)> read, Completion<T> done);
    // Says so to `done` if so many wait already that one more is refused.
    template <typename T>
    [[nodiscard]] bool hasRoom(const Completion<T>& done);
    template <typename T>
    void refuse(Completion<T> done, const std::string& why);
    [[nodiscard]] bool enqueue(Job job); // false: there is no thread for it
    void work();

    // More are refused: each of them keeps files open.
    static constexpr std::size_t mostWaiting = 32;

    AuditLog& log_;
    const Post post_;
    std::vector<Completion<AuditLog::Verdict>> verifying_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // false: nothing that was posted counts

    std::mutex mutex_; // guards everything below but the thread
    std::deque<std::pair<std::unique_ptr<AuditReader>, Job>> jobs_;
    AuditReader* current_ = nullptr;
    bool stop_ = false;
    bool idle_ = true; // the thread has ended or is about to
    std::thread thread_;
};

} // namespace keybearer
