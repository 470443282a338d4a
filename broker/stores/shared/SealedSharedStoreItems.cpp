#include "broker/stores/shared/SealedSharedStore.h"

#include "broker/log/Log.h"

#include <utility>

// The part of SealedSharedStore that writes and erases.
namespace keybearer {

namespace {

constexpr int mostTries = 5; // against other writers of one item
// Sealed and padded it stays below a server's 1 MiB.
constexpr std::size_t longestValue = std::size_t{900} * 1024;
constexpr std::chrono::seconds tombstoneLife{
    std::chrono::days(30)}; // a broker that was away longer signs in anew
constexpr std::chrono::seconds pauseForTheHolder{2};

Error tooBusy() {
    return Error(ErrorCode::StoreUnavailable, "other brokers keep writing the same item",
                 "It is tried again by itself.")
        .retry(pauseForTheHolder);
}

} // namespace

void SealedSharedStore::write(std::string id, ItemTag tag, Secret value, Completion<void> done) {
    const bool item = id.rfind("s_", 0) == 0;
    std::optional<Error> wrong;
    if (value.size() > longestValue)
        wrong = Error(ErrorCode::InvalidParams, "the value is too long for a shared store (900 KiB)");
    else if (item != (tag.generation != 0))
        wrong = Error(ErrorCode::InvalidParams, "only sessions have a generation in a shared store");
    if (wrong)
        return later([done = std::move(done), why = *wrong] { done(failure(why)); });
    auto job = std::make_shared<WriteJob>();
    job->name = nameOf(id);
    job->id = std::move(id);
    job->tag = std::move(tag);
    job->value = SealedSecret(value);
    job->done = std::move(done);
    inLane(job->name, [this, job](const std::optional<Error>& why) {
        if (why)
            return finish(job, failure(*why));
        startWrite(job);
    });
}

// What is known to be there already as new, or ended, is looked at before it is overwritten.
void SealedSharedStore::startWrite(const Job& job) {
    const Known& known = known_[job->name];
    const bool inTheWay = known.erased ? !welcome_ : known.generation >= job->tag.generation;
    if (job->tag.generation != 0 && known.revision != 0 && inTheWay)
        return review(job);
    putRecord(job);
}

void SealedSharedStore::putRecord(const Job& job) {
    const Known& known = known_[job->name];
    const std::uint64_t rank = ranks_[job->name];
    const bool own = job->tag.generation == 0;
    const bool ended = known.erased || (known.revision == 0 && isErasedIn(rank));
    if (!own && ended && !welcome_)
        return finish(job, failure(superseded(known.revision)));
    SharedRecord record;
    record.tag = job->tag;
    record.value = job->value.open();
    record.births = std::max(known.births, birthsIn(rank)) + (!own && ended ? 1U : 0U);
    const std::uint64_t revision = std::max(known.revision, own ? generationIn(rank) : 0) + 1;
    if (own)
        record.tag.generation = revision; // it has no other measure of age
    Result<std::string> sealed =
        sealRecord(ring_.keys(), {ring_.header()->storeId, job->name, revision}, record);
    if (!sealed)
        return finish(job, failure(sealed.error()));
    job->revision = known.revision;
    job->fence = leases_.fenceOf(job->name);
    record.value.clear();
    RemoteRecords::Write write{job->name, known.revision, {revision, std::move(*sealed)}, job->fence};
    const auto seen = std::make_shared<SharedRecord>(std::move(record));
    setup_.records->put(std::move(write), [this, job, revision, seen](const Result<void>& written) {
        onPut(job, revision, *seen, written);
    });
}

void SealedSharedStore::onPut(const Job& job, std::uint64_t revision, const SharedRecord& record,
                              const Result<void>& written) {
    if (written) {
        see(job->name, revision, record);
        if (job->tag.generation == 0)
            own_[job->id] = {job->tag, job->value};
        return finish(job, {});
    }
    if (!isSuperseded(written.error()))
        return finish(job, written);
    if (++job->tries > mostTries)
        return finish(job, failure(tooBusy()));
    review(job);
}

void SealedSharedStore::review(const Job& job) {
    fetchRecord(job->name, [this, job](const Result<SharedRecord>& there) { judge(job, there); });
}

void SealedSharedStore::judge(const Job& job, const Result<SharedRecord>& there) {
    if (!there && there.error().code != ErrorCode::NotFound && there.error().code != ErrorCode::ParseError)
        return finish(job, failure(there.error()));
    const Known& known = known_[job->name];
    const bool own = job->tag.generation == 0;
    if (there && !own) {
        const bool same = !there->erased && there->tag.generation == job->tag.generation &&
                          there->tag.record == job->tag.record &&
                          there->value.equals(job->value.open().reveal());
        if (same) // our own write, whose answer was lost
            return finish(job, {});
        if (there->erased ? !welcome_ : there->tag.generation >= job->tag.generation)
            return finish(job, failure(superseded(known.revision)));
    }
    // Nobody has written, and yet our write was refused: another broker was given the lease, and may be at
    // work. It goes first; if it writes nothing, ours is taken without a lease.
    if (job->fence != 0 && known.revision == job->revision && job->tries > 0) {
        leases_.dropFence(job->name);
        return finish(job, failure(Error(ErrorCode::StoreUnavailable,
                                         "another broker was given the lease of this item meanwhile",
                                         "It is tried again by itself.")
                                       .retry(pauseForTheHolder)));
    }
    putRecord(job);
}

void SealedSharedStore::finish(const Job& job, const Result<void>& outcome) {
    leaveLane(job->name);
    later([job, outcome] { job->done(outcome); });
}

void SealedSharedStore::erase(std::string id, Completion<void> done) {
    auto job = std::make_shared<WriteJob>();
    job->name = nameOf(id);
    job->id = std::move(id);
    job->done = std::move(done);
    own_.erase(job->id);
    const bool own = job->name.rfind("own/", 0) == 0;
    inLane(job->name, [this, job, own](const std::optional<Error>& why) {
        if (why)
            return finish(job, failure(*why));
        own ? eraseOwn(job) : eraseItem(job);
    });
}

void SealedSharedStore::eraseItem(const Job& job) {
    fetchRecord(job->name, [this, job](const Result<SharedRecord>& there) {
        if (there && there->erased)
            return finish(job, {});
        if (!there && there.error().code == ErrorCode::NotFound && ranks_[job->name] == 0)
            return finish(job, {}); // never seen
        // Damaged, or lost by the server: the others are told all the same.
        if (!there && there.error().code != ErrorCode::NotFound &&
            there.error().code != ErrorCode::ParseError)
            return finish(job, failure(there.error()));
        putTombstone(job);
    });
}

void SealedSharedStore::putTombstone(const Job& job) {
    const Known& known = known_[job->name];
    const std::uint64_t rank = ranks_[job->name];
    SharedRecord tomb;
    tomb.tag.generation = std::max({known.generation, generationIn(rank), std::uint64_t{1}});
    tomb.births = std::max(known.births, birthsIn(rank));
    tomb.erased = true;
    const std::uint64_t revision = known.revision + 1;
    Result<std::string> sealed =
        sealRecord(ring_.keys(), {ring_.header()->storeId, job->name, revision}, tomb);
    if (!sealed)
        return finish(job, failure(sealed.error()));
    const auto seen = std::make_shared<SharedRecord>(std::move(tomb));
    setup_.records->put({job->name, known.revision, {revision, std::move(*sealed)}, 0, tombstoneLife},
                        [this, job, revision, seen](const Result<void>& written) {
                            if (written)
                                see(job->name, revision, *seen);
                            if (written || !isSuperseded(written.error()))
                                return finish(job, written);
                            if (++job->tries > mostTries)
                                return finish(job, failure(tooBusy()));
                            eraseItem(job);
                        });
}

void SealedSharedStore::eraseOwn(const Job& job) {
    const std::uint64_t revision = known_[job->name].revision;
    setup_.records->erase(job->name, revision, [this, job](const Result<void>& erased) {
        if (erased) {
            known_.erase(job->name);
            ranks_.erase(job->name);
            unnoted_.erase(job->name);
            lost_.erase(job->name);
            return finish(job, setup_.ledger.expectNothing(ledgerStore_, job->name));
        }
        if (!isSuperseded(erased.error()))
            return finish(job, erased);
        if (++job->tries > mostTries)
            return finish(job, failure(tooBusy()));
        const ErrorDetail* there = erased.error().detail("superseded");
        const auto* count = std::get_if<std::int64_t>(there);
        known_[job->name].revision = count == nullptr ? 0 : static_cast<std::uint64_t>(*count);
        eraseOwn(job);
    });
}

} // namespace keybearer
