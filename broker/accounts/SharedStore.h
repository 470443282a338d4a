#pragma once

#include "broker/accounts/CredentialStore.h"

#include <QObject>

#include <chrono>
#include <vector>

namespace keybearer {

// A store that several brokers, on several machines, use at the same time. Besides what every CredentialStore
// does it keeps them from refreshing one credential twice, and tells each what the others have written.
//
// Writing is optimistic: an item with a generation is written only if the store has none of this or a higher
// one; otherwise the write fails with InvalidRequest and isSuperseded(), and the newer one is to be read.
// Items with generation 0 belong to this broker alone; no other one sees them. The ids of all others begin
// with "s_".
//
// Owned by the Broker; event loop thread. Every call has a deadline and completes exactly once, later.
// Failures beyond those of CredentialStore: StoreUnavailable while the server cannot be reached; nothing is
// ever served from a store whose key or identity is another than the one that this broker knows.
class SharedStore : public QObject, public CredentialStore {
    Q_OBJECT
public:
    struct Listed {
        std::string id;
        std::uint64_t generation = 0;
        bool erased = false; // somebody ended it; stays listed for a while, so that everybody learns it
    };
    // Every item with a generation.
    virtual void list(Completion<std::vector<Listed>> done) = 0;

    struct Item {
        ItemTag tag;
        Secret value;
    };
    // As read(), with what is said of it. Of an item that was erased: NotFound.
    virtual void fetch(std::string id, Completion<Item> done) = 0;

    // The right to refresh one credential, given to one broker at a time. It ends by itself when its time is
    // over; the holder keeps it for as long as its work takes (the store renews it).
    struct Lease {
        std::uint64_t fence = 0;      // higher for every lease of this item; writes carry it (see hold)
        std::uint64_t generation = 0; // of the item in the store at this moment
        bool abandoned =
            false; // who had it before did not give it back: its request may have been carried out
    };
    // RateLimited with retryAfter: another broker has it. StoreUnavailable: the store cannot tell, or has
    // only just come back, and everybody is still bringing what is newer. NotFound: it was ended elsewhere.
    virtual void lease(std::string id, Completion<Lease> done) = 0;
    // The work is done and, if it changed the item, the write has reached the store. Also of a lease whose
    // time is over. Writes of the item carry its fence until then.
    virtual void giveBack(const std::string& id) = 0;

Q_SIGNALS:
    // Another broker has written it, or ended it.
    void itemChanged(const std::string& id, std::uint64_t generation);
    void itemErased(const std::string& id);
    // The connection is there (again): what either side missed is to be compared with list().
    void connected();
    void healthChanged();
};

// A write lost against a newer generation.
[[nodiscard]] inline bool isSuperseded(const Error& error) {
    return error.code == ErrorCode::InvalidRequest && error.detail("superseded") != nullptr;
}

} // namespace keybearer
