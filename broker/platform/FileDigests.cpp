#include "broker/platform/FileDigests.h"

#include <QTimer>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <openssl/evp.h>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::uint64_t largestFile = std::uint64_t{512} << 20U; // editors with a browser inside have 200 MiB
constexpr std::size_t mostKnown = 256;                           // different programs of one user
constexpr std::size_t mostWaiting =
    64; // each holds a descriptor; who makes more files than that waits for none
// File systems count time in steps: what is written twice within one looks unchanged. A digest is remembered
// only of a file that was left alone for longer than any step before it was looked at for the last time.
constexpr std::chrono::nanoseconds settled = std::chrono::seconds(1);
constexpr std::size_t pieceBytes = std::size_t{256} * 1024;

bool isSettled(const FileMark& mark) {
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    return std::chrono::abs(now - std::chrono::nanoseconds(mark.changed)) > settled;
}

// Empty if told to stop, if reading fails, or if another file than the marked one is there before or after.
std::string digestOf(int fd, const FileMark& mark, const std::atomic<bool>& stopping) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!context || fileMark(fd) != mark || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
        return {};
    const std::unique_ptr<unsigned char[]> piece(new unsigned char[pieceBytes]);
    std::uint64_t total = 0;
    for (;;) {
        if (stopping || total > largestFile)
            return {};
        const auto got = ::read(fd, piece.get(), pieceBytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return {};
        if (got == 0)
            break;
        total += static_cast<std::uint64_t>(got);
        EVP_DigestUpdate(context.get(), piece.get(), static_cast<std::size_t>(got));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1 || fileMark(fd) != mark)
        return {};
    constexpr const char* digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        hex += digits[digest[i] >> 4U];
        hex += digits[digest[i] & 15U];
    }
    return hex;
}

} // namespace

FileDigests::FileDigests() = default;

FileDigests::~FileDigests() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable())
        thread_.join();
    for (const Job& job : jobs_)
        ::close(job.fd);
}

// Only when there is something to do: most of the time a broker is idle.
bool FileDigests::startThread() {
    if (thread_.joinable())
        return true;
    try {
        thread_ = std::thread([this] { work(); });
    } catch (const std::system_error&) { // too many processes; the next file tries again
        return false;
    }
    return true;
}

void FileDigests::work() {
    for (;;) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_)
            return;
        const Job job = jobs_.front();
        jobs_.pop_front();
        lock.unlock();
        std::string hex = digestOf(job.fd, job.mark, stopping_);
        // Before the look, so that whatever is written after it gets another time.
        const bool lasts = isSettled(job.mark) && fileMark(job.fd) == job.mark;
        ::close(job.fd);
        lock.lock();
        finished_.push_back({job.mark, std::move(hex), lasts});
        lock.unlock();
        QMetaObject::invokeMethod(this, "deliver", Qt::QueuedConnection);
    }
}

// Once for each finished file. What it found comes through our own lock and not through the event queue, so
// that the thread sanitizer can prove it.
void FileDigests::deliver() {
    std::unique_lock lock(mutex_);
    const Finished finished = std::move(finished_.front());
    finished_.pop_front();
    lock.unlock();
    keep(finished);
}

std::string FileDigests::known(const FileMark& mark) const {
    const auto found = known_.find(mark);
    return found == known_.end() ? std::string() : found->second;
}

void FileDigests::digest(const FileMark& mark, int fd, Done done) {
    const auto under = waiting_.find(mark);
    const bool refused = fd < 0 || mark.inode == 0 || mark.size > largestFile ||
                         waiting_.size() >= mostWaiting || !startThread();
    if (refused || under != waiting_.end()) {
        if (fd >= 0)
            ::close(fd);
        if (under != waiting_.end())
            under->second.push_back(std::move(done));
        else {
            ++counters_.refused;
            QTimer::singleShot(0, this, [done = std::move(done)] { done({}); });
        }
        return;
    }
    waiting_[mark].push_back(std::move(done));
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back({mark, fd});
    }
    wake_.notify_one();
}

void FileDigests::keep(const Finished& finished) {
    const auto& [mark, hex, lasts] = finished;
    counters_.hashed += hex.empty() ? 0 : 1;
    if (!hex.empty() && lasts) {
        if (order_.size() == mostKnown) {
            known_.erase(order_.front());
            order_.erase(order_.begin());
        }
        if (known_.emplace(mark, hex).second)
            order_.push_back(mark);
    }
    const auto found = waiting_.find(mark);
    if (found == waiting_.end())
        return;
    const std::vector<Done> waiting = std::move(found->second);
    waiting_.erase(found);
    for (const Done& done : waiting)
        done(hex);
}

} // namespace keybearer
