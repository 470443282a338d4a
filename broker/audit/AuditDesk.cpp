#include "broker/audit/AuditDesk.h"

#include <utility>

namespace keybearer {

namespace {

Error tooMany() {
    return {ErrorCode::StoreUnavailable, "audit log: too many questions at once", "Ask again in a moment."};
}

} // namespace

AuditDesk::~AuditDesk() {
    *alive_ = false;
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        if (current_ != nullptr)
            current_->stop();
    }
    if (thread_.joinable())
        thread_.join();
}

void AuditDesk::query(AuditFilter filter, Completion<AuditPage> done) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= mostWaiting)
            return post_([alive = alive_, done = std::move(done)] {
                if (*alive)
                    done(failure(tooMany()));
            });
    }
    start([alive = alive_, filter = std::move(filter),
           done = std::move(done)](AuditReader& reader) -> std::function<void()> {
        auto page = std::make_shared<Result<AuditPage>>(reader.query(filter));
        return [alive, page, done] {
            if (*alive)
                done(std::move(*page));
        };
    });
}

void AuditDesk::verify(std::int64_t newest, Completion<AuditLog::Verdict> done) {
    if (newest == 0) {
        verifying_.push_back(std::move(done));
        if (verifying_.size() > 1)
            return;
        done = [this](const Result<AuditLog::Verdict>& verdict) {
            for (const auto& waiter : std::exchange(verifying_, {}))
                waiter(verdict);
        };
    }
    start([alive = alive_, newest, done = std::move(done)](AuditReader& reader) -> std::function<void()> {
        auto verdict = std::make_shared<Result<AuditLog::Verdict>>(reader.verify(newest));
        return [alive, verdict, done] {
            if (*alive)
                done(std::move(*verdict));
        };
    });
}

void AuditDesk::start(Job job) {
    std::unique_ptr<AuditReader> reader = log_.reader();
    const std::lock_guard lock(mutex_);
    jobs_.emplace_back(std::move(reader), std::move(job));
    if (!idle_)
        return;
    idle_ = false;
    if (thread_.joinable())
        thread_.join(); // it has left its loop already
    thread_ = std::thread([this] { work(); });
}

void AuditDesk::work() {
    for (;;) {
        std::pair<std::unique_ptr<AuditReader>, Job> next;
        {
            const std::lock_guard lock(mutex_);
            current_ = nullptr;
            if (stop_ || jobs_.empty()) {
                idle_ = true;
                return;
            }
            next = std::move(jobs_.front());
            jobs_.pop_front();
            current_ = next.first.get();
        }
        auto answer = next.second(*next.first);
        {
            const std::lock_guard lock(mutex_);
            current_ = nullptr;
        }
        post_(std::move(answer));
    }
}

} // namespace keybearer
