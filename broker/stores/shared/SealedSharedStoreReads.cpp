#include "broker/stores/shared/SealedSharedStore.h"

#include "broker/log/Log.h"

#include <QPointer>

#include <utility>

// The part of SealedSharedStore that reads, lists and leases.
namespace keybearer {

namespace {

constexpr std::size_t fetchedAtOnce = 32; // of a list whose generations are not known
constexpr auto itemBeginning = "item/";

Error goneMissing() {
    return {ErrorCode::ParseError, "the server has lost an item of the shared store",
            "Another broker that still holds it writes it back; otherwise sign in again."};
}

} // namespace

void SealedSharedStore::fetchRecord(const std::string& name, Opened then) {
    setup_.records->get(name,
                        [this, name, then = std::move(then)](const Result<RemoteRecords::Record>& record) {
                            if (record)
                                return openFetched(name, *record, false, then);
                            if (record.error().code == ErrorCode::NotFound)
                                known_[name].revision = 0;
                            then(failure(record.error()));
                        });
}

void SealedSharedStore::openFetched(const std::string& name, const RemoteRecords::Record& record,
                                    bool lookedAgain, Opened then) {
    if (!ring_.isOpen())
        return then(failure(unusable().value_or(
            Error(ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock"))));
    Result<SharedRecord> opened =
        openRecord(ring_.keys(), {ring_.header()->storeId, name, record.revision}, record.sealed);
    if (opened) {
        see(name, record.revision, *opened);
        return then(std::move(opened));
    }
    const ErrorCode code = opened.error().code;
    if (code == ErrorCode::StoreLocked && !lookedAgain) {
        // Another broker has changed the keys: the header says how.
        ring_.look();
        auto once = std::make_shared<QMetaObject::Connection>();
        *once = connect(
            &ring_, &SharedKeyRing::settled, this, [this, once, name, record, then = std::move(then)] {
                // disconnect() ends this function and what it holds.
                const Opened act = then;
                const std::string kept = name; // NOLINT(performance-unnecessary-copy-initialization)
                // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
                const RemoteRecords::Record same = record;
                disconnect(*once);
                openFetched(kept, same, true, act);
            });
        return;
    }
    if (code == ErrorCode::NotFound) // of a newer version: nobody may take it for absent
        return then(
            failure(Error(ErrorCode::StoreUnavailable, opened.error().message, opened.error().action)));
    // Damage: its successor takes the place of this very revision.
    known_[name] = {record.revision, 0, known_[name].births, false};
    then(failure(ErrorCode::ParseError, opened.error().message, opened.error().action));
}

void SealedSharedStore::readItem(const std::string& id, Completion<Item> done) {
    const std::string name = nameOf(id);
    const auto answer = [this, name, done = std::move(done)](Result<Item> item) {
        leaveLane(name);
        auto held = std::make_shared<Result<Item>>(std::move(item));
        later([held, done] { done(std::move(*held)); });
    };
    inLane(name, [this, name, answer](const std::optional<Error>& why) {
        if (why)
            return answer(failure(*why));
        fetchRecord(name, [this, name, answer](Result<SharedRecord> record) {
            const auto rank = ranks_.find(name);
            const bool expected = rank != ranks_.end() && rank->second != 0 && !isErasedIn(rank->second);
            if (!record && record.error().code == ErrorCode::NotFound && expected) {
                setLost(name, true);
                return answer(failure(goneMissing()));
            }
            if (!record)
                return answer(failure(record.error()));
            if (isOlder(name, *record))
                return answer(
                    failure(ErrorCode::ParseError,
                            "an item of the shared store is older than it should be: the server has "
                            "gone back in time",
                            goneMissing().action));
            if (record->erased)
                return answer(failure(ErrorCode::NotFound, "the item was erased"));
            if (name.rfind(itemBeginning, 0) != 0)
                record->tag.generation = 0;
            answer(Item{std::move(record->tag), std::move(record->value)});
        });
    });
}

void SealedSharedStore::fetch(std::string id, Completion<Item> done) {
    readItem(id, std::move(done));
}

void SealedSharedStore::read(std::string id, Completion<Secret> done) {
    const bool own = id.rfind("s_", 0) != 0;
    readItem(id, [this, id, own, done = std::move(done)](Result<Item> item) {
        if (!item)
            return done(failure(item.error()));
        if (own)
            own_[id] = {item->tag, SealedSecret(item->value)};
        done(std::move(item->value));
    });
}

void SealedSharedStore::list(Completion<std::vector<Listed>> done) {
    auto job = std::make_shared<ListJob>();
    job->done = std::move(done);
    if (retired_) {
        job->failed = Error(ErrorCode::StoreUnavailable, "the sessions are in another store now",
                            "See: keybearer store status");
        return finishList(job);
    }
    whenDecided([this, job](const std::optional<Error>& why) {
        if (why) {
            job->failed = why;
            return finishList(job);
        }
        setup_.records->list(
            itemBeginning, [this, job](const Result<std::vector<RemoteRecords::Listed>>& rows) {
                if (!rows) {
                    job->failed = rows.error();
                    return finishList(job);
                }
                for (const RemoteRecords::Listed& row : *rows) {
                    job->names.insert(row.name);
                    const auto known = known_.find(row.name);
                    // Revision 0: somebody else's data lies under the name.
                    if (row.revision == 0 || known == known_.end() || known->second.revision != row.revision)
                        job->unknown.push_back(row.name);
                    else
                        job->found.push_back({row.name.substr(std::string_view(itemBeginning).size()),
                                              known->second.generation, known->second.erased});
                }
                listNext(job);
            });
    });
}

void SealedSharedStore::listNext(const std::shared_ptr<ListJob>& job) {
    while (job->underWay < fetchedAtOnce && !job->unknown.empty() && !job->failed) {
        const std::string name = job->unknown.front();
        job->unknown.pop_front();
        ++job->underWay;
        fetchRecord(name, [this, job, name](const Result<SharedRecord>& record) {
            --job->underWay;
            const std::string id = name.substr(std::string_view(itemBeginning).size());
            if (record)
                job->found.push_back({id, record->tag.generation, record->erased});
            else if (record.error().code == ErrorCode::ParseError)
                job->found.push_back({id, 0, false}); // damaged: whoever has it writes it anew
            else if (record.error().code == ErrorCode::NotFound)
                job->names.erase(name); // gone meanwhile
            else
                job->failed = record.error();
            listNext(job);
        });
    }
    if (job->underWay == 0 && (job->unknown.empty() || job->failed))
        finishList(job);
}

void SealedSharedStore::finishList(const std::shared_ptr<ListJob>& job) {
    if (!job->done)
        return;
    const Completion<std::vector<Listed>> done = std::exchange(job->done, nullptr);
    if (job->failed)
        return later([done, why = *job->failed] { done(failure(why)); });
    for (const auto& [name, rank] : ranks_) {
        const bool item = name.rfind(itemBeginning, 0) == 0;
        if (item && !job->names.contains(name) && !isErasedIn(rank))
            setLost(name, true);
    }
    later([done, job] { done(std::move(job->found)); });
}

void SealedSharedStore::lease(std::string id, Completion<Lease> done) {
    const auto refuse = [this](const Completion<Lease>& to, Error why) {
        later([to, why = std::move(why)] { to(failure(why)); });
    };
    if (retired_) // nobody else has them
        return later([done = std::move(done)] { done(Lease{}); });
    const std::optional<Error> why = unusable();
    if (why)
        return refuse(done, *why);
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(settledAt_ - std::chrono::steady_clock::now());
    if (left.count() > 0)
        return refuse(done,
                      Error(ErrorCode::StoreUnavailable,
                            "the shared store has just come back; every broker brings what is newer first",
                            "It is tried again by itself.")
                          .retry(std::chrono::ceil<std::chrono::seconds>(left)));
    const std::string name = nameOf(id);
    inLane(name, [this, id, name, refuse, done](const std::optional<Error>& closed) {
        if (closed) {
            leaveLane(name);
            return refuse(done, *closed);
        }
        leases_.take(name, [this, id, name, refuse, done](const Result<SharedLeases::Held>& held) {
            if (held)
                return onLease(id, *held, done);
            leaveLane(name);
            refuse(done, held.error());
        });
    });
}

void SealedSharedStore::onLease(const std::string& id, const SharedLeases::Held& held,
                                Completion<Lease> done) {
    const auto answer = [this, id, held, done = std::move(done)](const Result<std::uint64_t>& generation) {
        leaveLane(held.name);
        if (generation)
            return later([done, held, now = *generation] { done(Lease{held.fence, now, held.abandoned}); });
        leases_.giveBack(held.name);
        later([done, why = generation.error()] { done(failure(why)); });
    };
    const Known known = known_[held.name];
    if (held.revision == 0) {
        known_[held.name].revision = 0;
        return answer(0);
    }
    if (held.revision == known.revision && !known.erased)
        return answer(known.generation);
    fetchRecord(held.name, [this, id, name = held.name, known, answer](const Result<SharedRecord>& record) {
        if (!record && record.error().code != ErrorCode::ParseError &&
            record.error().code != ErrorCode::NotFound)
            return answer(failure(record.error()));
        if (!record)
            return answer(0); // damaged or just gone: what this broker holds takes its place
        if (!record->erased)
            return answer(record->tag.generation);
        tell(name, {known.revision, known.generation, known.births, false}, known_[name]);
        answer(failure(ErrorCode::NotFound, "another broker has ended this session"));
    });
}

void SealedSharedStore::giveBack(const std::string& id) {
    leases_.giveBack(nameOf(id));
}

} // namespace keybearer
