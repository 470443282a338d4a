#pragma once

#include "broker/accounts/CredentialStore.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace keybearer {

// A server that keeps sealed bytes under names for several brokers: what Redis and Vault have in common.
// Knows nothing of keys, credentials or generations; what it answers is believed by nobody until a seal
// holds.
//
// Names are made of [A-Za-z0-9_-] and '/', at most 200 characters, and lie below the deployment's prefix:
// "header", "item/s_abc", "own/BROKER/journal-key". Sealed values are at most 1 MiB.
//
// Owned by the store above it; event loop thread. Every call has a deadline and completes exactly once,
// later; calls on one name are carried out in order; destruction cancels. Failures: NotFound (certainly
// absent), StoreUnavailable (not reachable, refused, wrong password, wrong certificate, sealed server,
// read-only replica, no answer in time; message and action say which), ParseError (something else lies under
// the name: another type, too long, not ours).
class RemoteRecords : public QObject {
    Q_OBJECT
public:
    struct Record {
        std::uint64_t revision = 0; // counts the writes of this name; 0: absent
        std::string sealed;
    };
    virtual void get(std::string name, Completion<Record> done) = 0;
    // Atomically: only if the stored revision is `expected` (0: absent) and no lease of this name with a
    // higher fence was given since. InvalidRequest with detail "superseded" (the revision that is there)
    // otherwise. `life`: forgotten after that long; zero: never. `next.revision` is higher than `expected`.
    struct Write {
        std::string name;
        std::uint64_t expected = 0;
        Record next;
        std::uint64_t fence = 0; // of the lease under which this is written; 0: none is needed
        std::chrono::seconds life{0};
    };
    virtual void put(Write write, Completion<void> done) = 0;
    // As put(): only if the stored revision is `expected`. Fine if it is absent.
    virtual void erase(std::string name, std::uint64_t expected, Completion<void> done) = 0;

    struct Listed {
        std::string name;
        std::uint64_t revision = 0;
    };
    // All names that begin so, e.g. "item/".
    virtual void list(std::string beginning, Completion<std::vector<Listed>> done) = 0;

    struct Lease {
        std::uint64_t fence = 0;    // higher than of any lease of this name before
        std::uint64_t revision = 0; // of the record at this moment; 0: absent
        bool abandoned = false;     // the one before was never given back
    };
    // For one owner at a time, by the server's clock. RateLimited with retryAfter while somebody else has it.
    // The owner that has it already gets it again (a longer time, the same fence).
    virtual void lease(std::string name, std::string owner, std::chrono::milliseconds life,
                       Completion<Lease> done) = 0;
    virtual void giveBack(std::string name, std::string owner, std::uint64_t fence) = 0;

    [[nodiscard]] virtual CredentialStore::Health health() const = 0;
    // Whom we talk to, for people: "redis at cache.example.com:6379, prefix keybearer". No secret.
    [[nodiscard]] virtual std::string description() const = 0;

Q_SIGNALS:
    // Somebody (perhaps ourselves) has written or erased it (revision 0). May come late, twice, or, where the
    // server has no way to tell, only when it is polled.
    void changed(const std::string& name, std::uint64_t revision);
    // Connected and able to serve (again). What happened before may have been missed, and the server may have
    // lost what it had confirmed: compare.
    void connected();
    void healthChanged();
};

// What put() and erase() fail with when another revision is there than the one that was expected (or a lease
// with a higher fence was given): InvalidRequest with detail "superseded".
[[nodiscard]] Error superseded(std::uint64_t revision);

} // namespace keybearer
