#pragma once

#include "broker/stores/vault/VaultSession.h"

#include <QElapsedTimer>

#include <map>
#include <random>

namespace keybearer {

// Which names were written last: one small record beside the others, so that a poll costs one read however
// many records there are. (A LIST tells no versions; looking at each of a thousand records every few seconds
// would cost a thousand requests.) It is a hint alone: what it lacks, because a broker ended before it could
// say so, is found when the record is leased or compared.
struct VaultChanges {
    struct Change {
        std::string name;
        std::uint64_t revision = 0; // 0: erased
        [[nodiscard]] bool operator==(const Change&) const = default;
    };
    std::uint64_t sequence = 0; // counts all changes there have ever been
    std::vector<Change> recent; // the last of them, the newest at the end
};
[[nodiscard]] Json packVaultChanges(const VaultChanges& changes);
// What cannot be read is no change at all: it is only a hint.
[[nodiscard]] VaultChanges readVaultChanges(const Json& data);
// After what has been `seen`; nothing if some of it is not in the record any more, or it was put back.
[[nodiscard]] std::optional<std::vector<VaultChanges::Change>> changesAfter(std::uint64_t seen,
                                                                            const VaultChanges& changes);
// With these at its end; the oldest make room.
[[nodiscard]] VaultChanges withChanges(VaultChanges changes,
                                       const std::map<std::string, std::uint64_t>& more);

// Writes our changes there, several at once and not more often than once a second, and reads those of the
// others. Owned by VaultRecords; event loop thread.
class VaultFeed final : public QObject {
    Q_OBJECT
public:
    // `name`: the record's, below data/ and metadata/ of the mount.
    VaultFeed(VaultSession& session, std::string name);

    void note(const std::string& name, std::uint64_t revision); // we have written it
    // Later. While it writes, which reads too, that is left out.
    void poll(Completion<void> done);
    // The server can be reached (again): what was noted is written; what happens from the next poll on is
    // new, before it nothing is told.
    void resume();
    void pause();

Q_SIGNALS:
    void changed(const std::string& name, std::uint64_t revision);
    // There was more than the record holds, or it was put back.
    void missed();
    void failed(const Error& error);

private:
    void planPublishing();
    void onPolled(Result<VaultAnswer> answer, const Completion<void>& done);
    void publish();
    void onReadToPublish(const Result<VaultAnswer>& answer);
    void write(const KvVersion& there);
    void onWritten(const Result<VaultAnswer>& answer);
    void tell(const VaultChanges& changes);
    void tryAgain();

    VaultSession& session_;
    std::string name_;
    std::map<std::string, std::uint64_t> noted_, publishing_;
    std::uint64_t publishedSequence_ = 0;
    std::optional<std::uint64_t> seen_;
    int losses_ = 0;    // in a row, against another broker's write
    bool busy_ = false; // reads or writes: never both, lest an old answer looks like a record put back
    bool serving_ = false;
    QTimer next_;
    QElapsedTimer sincePublished_; // not valid: not yet
    std::minstd_rand random_{std::random_device{}()};
};

} // namespace keybearer
