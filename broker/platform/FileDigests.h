#pragma once

#include "broker/platform/ProcessFacts.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace keybearer {

// SHA-256 of programs and scripts, worked out on a thread of its own and remembered for as long as the file
// shows the same mark: the second caller with the same program costs nothing. Owned by the Broker; event loop
// thread. Bounded: size of a file, files remembered, files waiting. A system that gives us no thread leaves
// files without a digest.
class FileDigests : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const std::string& hex)>;

    FileDigests();
    ~FileDigests() override; // waits for the thread, which stops at once; nobody is called any more
    Q_DISABLE_COPY_MOVE(FileDigests)

    // Hex; empty if it is not known yet.
    [[nodiscard]] std::string known(const FileMark& mark) const;
    // Takes over `fd`. `done` is called once, later: empty if the file is too large, is not the marked one,
    // or changed while it was read.
    void digest(const FileMark& mark, int fd, Done done);

    struct Counters {
        std::uint64_t hashed = 0; // files read to the end
        std::uint64_t refused = 0;
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }

private:
    struct Job {
        FileMark mark;
        int fd;
    };
    struct Finished {
        FileMark mark;
        std::string hex;
        bool lasts = false; // the mark tells this content from any other
    };
    Q_INVOKABLE void deliver();
    void keep(const Finished& finished);
    [[nodiscard]] bool startThread();
    void work();

    std::map<FileMark, std::string> known_;
    std::vector<FileMark> order_; // of known_, oldest first
    std::map<FileMark, std::vector<Done>> waiting_;
    std::atomic<bool> stopping_{false};
    Counters counters_;

    std::mutex mutex_; // of jobs_ and finished_
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    std::deque<Finished> finished_;
    std::thread thread_; // from the first file on
};

} // namespace keybearer
