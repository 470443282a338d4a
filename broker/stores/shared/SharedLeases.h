#pragma once

#include "broker/stores/shared/RemoteRecords.h"

#include <QTimer>

#include <map>

namespace keybearer {

// The leases that this broker holds: renewed at a third of their life until they are given back. Owned by the
// SealedSharedStore, event loop thread.
class SharedLeases final : public QObject {
    Q_OBJECT
public:
    // Long enough that a renewal may fail once, short enough that the others soon go on when a broker dies.
    static constexpr std::chrono::milliseconds life{15'000};

    struct Held {
        std::string name;
        std::uint64_t fence = 0;
        std::uint64_t revision = 0;
        bool abandoned = false;
    };

    explicit SharedLeases(RemoteRecords& records);
    // Who holds them, for the server.
    void setOwner(std::string owner) { owner_ = std::move(owner); }

    // As RemoteRecords::lease().
    void take(const std::string& name, Completion<Held> done);
    void giveBack(const std::string& name);
    // What a write of that name carries; 0 if it is not held.
    [[nodiscard]] std::uint64_t fenceOf(const std::string& name) const;
    // Another broker was given it since: writes are judged by their generation alone.
    void dropFence(const std::string& name);
    [[nodiscard]] std::size_t size() const { return held_.size(); }
    void renew();

private:
    void onRenewed(const std::string& name, const Result<RemoteRecords::Lease>& lease);

    struct Entry {
        std::uint64_t fence = 0;
        bool lost = false; // the server has given it to somebody else
    };
    RemoteRecords& records_;
    std::string owner_;
    std::map<std::string, Entry> held_; // by name
    QTimer timer_;
};

} // namespace keybearer
