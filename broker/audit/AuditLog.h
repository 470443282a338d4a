#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What happened, in the field's words. No secret: a token appears as a keyed fingerprint.
struct AuditEvent {
    std::string kind;   // token.released, session.signed_in ...: docs/audit.md lists them all
    std::string caller; // executable of the asking program, display-safe
    std::int64_t pid = 0;
    std::string provider;
    std::string account;
    std::string sessionId;
    std::string scopes;                   // space separated
    std::string why;                      // consent id, "trusting", "callers", or the error name
    std::string token;                    // fingerprint of the access token, or empty
    std::string callerClass{};            // A...F, how well the caller is known
    std::string client{};                 // id of the registered client whose key it showed
    std::string tool{};                   // for which tool it was asked, or empty
    std::string detail{};                 // what a person should know beyond that
    std::int64_t latencyMicroseconds = 0; // from the request to this row; 0: not measured
    bool alreadyTold = false;             // not written: observers know of it from leaveOut()
};

// An event whose constant part is written once and may be appended many times: the warm path.
struct AuditTemplate {
    std::string body; // everything of the row but sequence, time and chain
};

class AuditReader;

// Is told of every row that append() wrote (not of the warm ones), of every event that a flood left without
// a row, and of every failure to write.
class AuditObserver {
public:
    virtual ~AuditObserver() = default;
    virtual void onRow(const AuditEvent& event) = 0;
    virtual void onLeftOut(const AuditEvent& event) = 0;
    virtual void onUnwritable(const Error& error) = 0;
};

// The hash-chained log. Rows are appended to a file with one write() and so are in the kernel's hands before
// the answer that they speak of leaves; a worker thread makes them durable within a second and moves them
// into SQLite. A kill loses none; a power cut at most the last second. All methods: event loop thread.
class AuditLog {
public:
    virtual ~AuditLog() = default;

    // Appends one row now. A failure (StoreUnavailable) means: release nothing.
    [[nodiscard]] virtual Result<void> append(const AuditEvent& event) = 0;

    // Warm path: rows staged one by one go to the kernel with one write() when flush() is called, and no
    // answer may leave before that. After a failed flush() the staged rows are dropped, and so must be their
    // answers.
    [[nodiscard]] virtual AuditTemplate prepare(const AuditEvent& event) = 0;
    virtual void stage(const AuditTemplate& row) = 0;
    [[nodiscard]] virtual Result<void> flush() = 0;

    struct Row {
        std::int64_t sequence = 0;
        std::string at; // RFC 3339
        AuditEvent event;
        std::string hash{}; // 64 hex digits
    };
    // The newest `limit` rows, newest first. Blocks, as verify() does: for what may have many rows to read
    // there is reader().
    [[nodiscard]] virtual Result<std::vector<Row>> query(std::int64_t limit) = 0;
    struct Verdict {
        bool intact = true;
        std::int64_t rows = 0;
        std::int64_t firstBad = 0; // sequence number of the first row that does not fit the chain
        struct Finding {
            std::int64_t sequence = 0;
            // edited, missing, order, unreadable, differs (from its copy), tail_cut, head_cut, seal,
            // rolled_back, set_aside
            std::string what;
        };
        std::vector<Finding> findings{}; // the first few
        std::int64_t firstRow = 0;       // where the rows begin, behind those that were too old
        std::int64_t sealedThrough = 0;  // up to this row a keyed seal says that nothing was made anew
        std::string sealedBy{}; // "store": the key lies in the store of secrets; "key_file"; or empty
    };
    [[nodiscard]] virtual Result<Verdict> verify() = 0;
    // The log as it is now, to be read in another thread. Null if it cannot be read like that.
    [[nodiscard]] virtual std::unique_ptr<AuditReader> reader();

    struct Status {
        std::int64_t rows = 0;
        std::string
            problem; // why rows wait to be moved into SQLite; they are safe meanwhile. Empty: all is well
    };
    [[nodiscard]] virtual Status status() const { return {}; }

    // At most one; must outlive the log or be taken away with null.
    void observe(AuditObserver* observer) { observer_ = observer; }
    // An event that gets no row of its own, as one of many: the observer counts it all the same.
    void leaveOut(const AuditEvent& event) {
        if (observer_ != nullptr)
            observer_->onLeftOut(event);
    }
    // How long rows are kept and how much room they may take, from now on.
    virtual void keep(std::chrono::days days, std::int64_t mostBytes) {
        static_cast<void>(days);
        static_cast<void>(mostBytes);
    }

    // Writes rows about what happened behind the scenes: rows that were removed, a file that was set aside.
    // To be called now and then.
    virtual void attend() {}

    // Waits until every row is in its database and sealed, or that has failed, or the time is over; before
    // the end only, it stops the event loop.
    virtual bool settle(std::chrono::milliseconds limit) { return limit.count() >= 0; }

    // What lies in the store of secrets so that it lies beside no file of the log: the key of the seal and
    // the newest row that it sealed. Nothing: there is none yet, one is made.
    virtual void openSeal(std::optional<Secret> item) { static_cast<void>(item); }
    // What shall lie there now; nothing if that has not changed since it was last asked for.
    [[nodiscard]] virtual std::optional<Secret> sealItem() { return std::nullopt; }

    // Fingerprint of a token as it stands in the rows: keyed, so that a row cannot be used to test guesses.
    [[nodiscard]] virtual std::string fingerprint(std::string_view token) const = 0;

protected:
    void tell(const AuditEvent& event, const Result<void>& written) {
        if (observer_ == nullptr)
            return;
        if (written)
            observer_->onRow(event);
        else
            observer_->onUnwritable(written.error());
    }
    AuditObserver* observer_ = nullptr;
};

struct AuditLimits {
    std::chrono::days keep{90};                                // older rows are removed, from the oldest on
    std::int64_t mostBytes = std::int64_t{1} << 30;            // of audit.sqlite; then the oldest go early
    std::int64_t segmentBytes = std::int64_t{8} * 1024 * 1024; // then the next file is begun
    std::chrono::milliseconds gather{1000};                    // how long rows may wait to be made durable
};

// Opens the log in `directory` (mode 0700): the files audit/rows-*.jsonl with the rows not yet in
// audit.sqlite, and audit/key. A row that a power cut left unfinished is cut off, and a row audit.truncated
// says so. An empty path keeps the newest rows in memory (store backend `memory`).
[[nodiscard]] Result<std::unique_ptr<AuditLog>>
openAuditLog(const std::filesystem::path& directory, const Clock& clock, const AuditLimits& limits = {});

} // namespace keybearer
