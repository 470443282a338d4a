#include "broker/audit/AuditDesk.h"

#include <system_error>
#include <utility>

namespace keybearer {

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
    if (hasRoom(done))
        start<AuditPage>([filter = std::move(filter)](AuditReader& reader) { return reader.query(filter); },
                         std::move(done));
}

void AuditDesk::summarise(AuditSummaryWish wish, Completion<AuditSummary> done) {
    if (hasRoom(done))
        start<AuditSummary>([wish = std::move(wish)](AuditReader& reader) { return reader.summarise(wish); },
                            std::move(done));
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
    start<AuditLog::Verdict>([newest](AuditReader& reader) { return reader.verify(newest); },
                             std::move(done));
}

template <typename T>
bool AuditDesk::hasRoom(const Completion<T>& done) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() < mostWaiting)
            return true;
    }
    refuse(done, "too many questions at once");
    return false;
}

template <typename T>
void AuditDesk::refuse(Completion<T> done, const std::string& why) {
    post_([alive = alive_, done = std::move(done), why] {
        if (*alive)
            done(failure(ErrorCode::StoreUnavailable, "audit log: " + why, "Ask again in a moment."));
    });
}

template <typename T>
void AuditDesk::start(std::function<Result<T>(AuditReader&)> read, Completion<T> done) {
    const bool taken =
        enqueue([alive = alive_, read = std::move(read), done](AuditReader& reader) -> std::function<void()> {
            auto outcome = std::make_shared<Result<T>>(read(reader));
            return [alive, outcome, done] {
                if (*alive)
                    done(std::move(*outcome));
            };
        });
    if (!taken)
        refuse(std::move(done), "the system lets no thread begin that could read it");
}

bool AuditDesk::enqueue(Job job) {
    std::unique_ptr<AuditReader> reader = log_.reader();
    const std::lock_guard lock(mutex_);
    jobs_.emplace_back(std::move(reader), std::move(job));
    if (!idle_)
        return true;
    if (thread_.joinable())
        thread_.join(); // it has left its loop already
    try {
        thread_ = std::thread([this] { work(); });
    } catch (const std::system_error&) { // too many processes; the next question tries again
        jobs_.pop_back();
        return false;
    }
    idle_ = false;
    return true;
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
        next = {}; // what the asker left with us ends in the asker's thread
        post_(std::move(answer));
    }
}

} // namespace keybearer
