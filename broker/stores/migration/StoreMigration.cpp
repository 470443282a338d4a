#include "broker/stores/migration/StoreMigration.h"

#include "broker/accounts/SharedStore.h"
#include "broker/base/FaultPoint.h"

#include <utility>

namespace keybearer {

namespace {

constexpr int mostLooks = 5; // a store in which every look finds something else keeps nothing

// Wraps a step so that it is not taken when the migration is gone by then.
template <typename Step>
auto whileAlive(const std::shared_ptr<int>& alive, Step step) {
    return [watch = std::weak_ptr<int>(alive), step = std::move(step)](auto&& result) {
        if (!watch.expired())
            step(result);
    };
}

} // namespace

StoreMigration::StoreMigration(Rooms rooms, Completion<Outcome> done)
    : rooms_(std::move(rooms)), done_(std::move(done)) {}

StoreMigration::~StoreMigration() {
    if (!switched_)
        rooms_.front.mirror(nullptr);
}

void StoreMigration::start() {
    const Result<std::string> place = rooms_.ledger.recall(placeFact);
    if (!place)
        return finish(failure(place.error()));
    items_ = rooms_.items();
    if (*place == rooms_.toName) {
        // Interrupted after the switch: only old copies are left.
        switched_ = true;
        begin("erasing");
        return eraseNext();
    }
    std::string move = rooms_.fromName;
    move.append(" ").append(rooms_.toName);
    if (auto noted = rooms_.ledger.remember(moveFact, move); !noted)
        return finish(noted);
    rooms_.front.mirror(&rooms_.to);
    begin("copying");
    copyNext();
}

void StoreMigration::begin(const char* step) {
    progress_ = {step, 0, items_.size()};
    differing_ = 0;
}

// Copying and verifying are one loop: what differs is copied, and the last look must find no difference.
void StoreMigration::copyNext() {
    if (progress_.done < items_.size()) {
        return rooms_.from.read(
            items_[progress_.done].id,
            whileAlive(alive_, [this](const Result<Secret>& original) { onOriginal(original); }));
    }
    if (progress_.step == "verifying" && differing_ == 0)
        return switchOver();
    if (++looks_ > mostLooks)
        return finish(failure(ErrorCode::StoreUnavailable,
                              "the new store does not keep what is written to it",
                              "Nothing was changed; look at it with: keybearer doctor"));
    faultPoint("migrate_copied");
    items_ = rooms_.items(); // a sign-in may have come meanwhile
    begin("verifying");
    copyNext();
}

void StoreMigration::onOriginal(const Result<Secret>& original) {
    const std::string& id = items_[progress_.done].id;
    if (!original) {
        const ErrorCode code = original.error().code;
        if (code != ErrorCode::NotFound && code != ErrorCode::ParseError)
            return finish(failure(original.error()));
        (code == ErrorCode::NotFound ? absent_ : staying_).insert(id);
        return next();
    }
    absent_.erase(id);
    auto held = std::make_shared<SealedSecret>(*original);
    rooms_.to.read(id, whileAlive(alive_, [this, held](const Result<Secret>& copy) {
                       const Secret value = held->open();
                       if (copy && copy->equals(value.reveal()))
                           return next();
                       if (!copy && copy.error().code != ErrorCode::NotFound &&
                           copy.error().code != ErrorCode::ParseError)
                           return finish(failure(copy.error()));
                       write(value);
                   }));
}

void StoreMigration::write(const Secret& original) {
    ++differing_;
    const StoreItem& item = items_[progress_.done];
    rooms_.to.write(item.id, item.tag, original.clone(),
                    whileAlive(alive_, [this](const Result<void>& written) {
                        // Renewed meanwhile, and mirrored before us: the next look compares it.
                        if (!written && isSuperseded(written.error()))
                            return next();
                        if (!written)
                            return finish(written);
                        faultPoint("migrate_item");
                        readBack();
                    }));
}

// That it can be read is enough here: a change that was mirrored meanwhile differs, too, and the last look
// finds any difference that is none.
void StoreMigration::readBack() {
    rooms_.to.read(items_[progress_.done].id, whileAlive(alive_, [this](const Result<Secret>& copy) {
                       if (!copy)
                           return finish(failure(copy.error()));
                       next();
                   }));
}

void StoreMigration::next() {
    ++progress_.done;
    copyNext();
}

void StoreMigration::switchOver() {
    faultPoint("migrate_before_switch");
    if (auto noted = rooms_.ledger.remember(placeFact, rooms_.toName); !noted)
        return finish(noted);
    faultPoint("migrate_switched");
    switched_ = true;
    rooms_.front.exchange(rooms_.to);
    begin("erasing");
    eraseNext();
}

void StoreMigration::eraseNext() {
    while (progress_.done < items_.size() && staying_.contains(items_[progress_.done].id))
        ++progress_.done;
    if (progress_.done == items_.size())
        return finish(rooms_.ledger.remember(moveFact, ""));
    // The new copy is looked at once more: this is the last moment at which the old one could help.
    const std::string id = items_[progress_.done].id;
    rooms_.to.read(id, whileAlive(alive_, [this, id](const Result<Secret>& copy) {
                       if (copy)
                           return eraseOld(id);
                       if (copy.error().code != ErrorCode::NotFound)
                           return finish(failure(copy.error()));
                       ++progress_.done; // it never was there, or was damaged and stays
                       eraseNext();
                   }));
}

void StoreMigration::eraseOld(const std::string& id) {
    rooms_.from.erase(id, whileAlive(alive_, [this](const Result<void>& erased) {
                          if (!erased)
                              return finish(erased);
                          faultPoint("migrate_erased");
                          ++progress_.done;
                          eraseNext();
                      }));
}

void StoreMigration::finish(const Result<void>& outcome) {
    if (!switched_)
        rooms_.front.mirror(nullptr);
    const Completion<Outcome> done = std::move(done_);
    if (!outcome)
        return done(failure(outcome.error()));
    done(Outcome{items_.size() - staying_.size() - absent_.size(), staying_.size()});
}

} // namespace keybearer
