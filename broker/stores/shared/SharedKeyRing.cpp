#include "broker/stores/shared/SharedKeyRing.h"

#include "broker/base/Text.h"
#include "broker/log/Log.h"
#include "broker/stores/envelope/PassphraseWork.h"

#include <QPointer>
#include <QTimer>

#include <utility>

// The part of SharedKeyRing that finds the header and opens it.
namespace keybearer {

namespace {

constexpr int mostTries = 6; // of several brokers that make a header at once each loses once or twice

Error lockedStore(bool isNew) {
    if (isNew)
        return {ErrorCode::StoreLocked, "the shared store has no passphrase yet",
                "Choose one with: keybearer store unlock"};
    return {ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock"};
}

} // namespace

void SharedKeyRing::look() {
    if (std::exchange(looking_, true)) {
        lookAgain_ = true;
        return;
    }
    tries_ = 0;
    setup_.records.get(headerRecord,
                       [this](const Result<RemoteRecords::Record>& record) { onHeader(record); });
}

void SharedKeyRing::onHeader(const Result<RemoteRecords::Record>& record) {
    if (!record && record.error().code == ErrorCode::NotFound)
        return onNoHeader();
    if (!record && record.error().code != ErrorCode::ParseError)
        return end(failure(record.error())); // not there: what is open stays so
    Result<SharedHeader> theirs = record ? parseHeader(record->sealed) : failure(record.error());
    if (!theirs && theirs.error().code == ErrorCode::NotFound)
        return refuse({ErrorCode::StoreUnavailable, theirs.error().message, theirs.error().action});
    if (!theirs)
        return refuse(
            {ErrorCode::StoreUnavailable,
             "the store at " + setup_.records.description() + " has no header of Keybearer's",
             "Give Keybearer a prefix of its own (store.prefix), or put back the newest copy of what "
             "the server kept."});
    take(*theirs, record->revision);
}

void SharedKeyRing::take(const SharedHeader& theirs, std::uint64_t revision) {
    const std::optional<SharedHeader> known = header_ ? header_ : rememberedHeader();
    if (known && known->storeId == theirs.storeId && known->serial > theirs.serial) {
        qCWarning(logStore) << "the server has gone back to an older header of the store; it gets ours again";
        return putAndLookAgain(*known, revision);
    }
    revision_ = revision;
    obtainKey(theirs);
}

void SharedKeyRing::onNoHeader() {
    const std::optional<SharedHeader> known = header_ ? header_ : rememberedHeader();
    if (!known)
        return create();
    qCWarning(logStore) << "the server has lost the header of the store; it gets ours again";
    putAndLookAgain(*known, 0);
}

void SharedKeyRing::putAndLookAgain(const SharedHeader& header, std::uint64_t expected) {
    if (++tries_ > mostTries)
        return end(failure(ErrorCode::StoreUnavailable, "the server does not keep the header of the store",
                           "Look at the server: it confirms writes that it does not keep."));
    put(header, expected, [this](const Result<void>& written) {
        if (!written && !isSuperseded(written.error()))
            return end(written);
        setup_.records.get(headerRecord,
                           [this](const Result<RemoteRecords::Record>& record) { onHeader(record); });
    });
}

void SharedKeyRing::put(const SharedHeader& header, std::uint64_t expected, Completion<void> done) {
    RemoteRecords::Write write;
    write.name = headerRecord;
    write.expected = expected;
    write.next = {std::max(expected, revision_) + 1, printHeader(header)};
    setup_.records.put(std::move(write), std::move(done));
}

std::optional<SharedHeader> SharedKeyRing::rememberedHeader() const {
    const Result<std::string> text = setup_.ledger.recall(headerFact());
    if (!text || text->empty())
        return std::nullopt;
    Result<SharedHeader> header = parseHeader(*text);
    return header ? std::optional(std::move(*header)) : std::nullopt;
}

std::optional<Error> SharedKeyRing::mismatch(const SharedHeader& header) const {
    const bool phrase = setup_.source.kind == StoreKeyKind::Passphrase;
    if (phrase != (header.keyKind == StoreKeyKind::Passphrase)) {
        const std::string is(storeKeyKindWord(header.keyKind));
        std::string message = "the store at ";
        message.append(setup_.records.description())
            .append(" was made with a key of kind ")
            .append(is)
            .append(" (")
            .append(displaySafe(header.keyId))
            .append("), the configuration says ")
            .append(storeKeyKindWord(setup_.source.kind));
        return Error(ErrorCode::StoreUnavailable, std::move(message),
                     "Write key: " + is + " under store: in config.yaml, or use another store.prefix.");
    }
    const std::string mine = setup_.wrapper == nullptr ? std::string() : setup_.wrapper->name();
    if (header.wrapper == mine)
        return std::nullopt;
    return Error(ErrorCode::StoreUnavailable,
                 header.wrapper.empty()
                     ? "the keys of the shared store are not wrapped by " + mine +
                           ", as the configuration says"
                     : "the keys of the shared store are wrapped by " + displaySafe(header.wrapper),
                 "Say the same on every broker: store.vault.transit_key.");
}

void SharedKeyRing::obtainKey(const SharedHeader& header) {
    if (lockedByPerson_ && passphrase_.empty())
        return refuse(lockedStore(false));
    if (const std::optional<Error> wrong = mismatch(header))
        return refuse(*wrong);
    if (!passphrase_.empty()) {
        const PassphraseCost cost{header.memory, header.passes, setup_.cost.leastMemory};
        return deriveStoreKeyAside(passphrase_.open(), header.salt, cost, &later_,
                                   [this, header](const Result<Secret>& kek) { tryKey(header, kek); });
    }
    if (!kek_.empty()) {
        Secret kek = kek_.open();
        if (setup_.source.kind == StoreKeyKind::Passphrase || keyIdOf(kek) == header.keyId)
            return tryKey(header, std::move(kek));
    }
    if (setup_.source.kind == StoreKeyKind::Passphrase)
        return refuse(lockedStore(false));
    tryKey(header, readStoreKey(setup_.source));
}

Error SharedKeyRing::wrongKey(const SharedHeader& header, const Secret& kek) const {
    std::string message = "the store at ";
    message.append(setup_.records.description())
        .append(" was made with key ")
        .append(displaySafe(header.keyId))
        .append("; this broker has ")
        .append(keyIdOf(kek));
    if (!passphrase_.empty())
        return {ErrorCode::StoreLocked, "the passphrase is wrong: " + message,
                "Try again with: keybearer store unlock"};
    return {
        ErrorCode::StoreUnavailable, std::move(message),
        setup_.source.kind == StoreKeyKind::Passphrase
            ? "If it was made anew or given another passphrase, unlock it with that: keybearer store unlock; "
              "otherwise use another store.prefix."
            : "Give this broker the same key as the others have, or use another store.prefix."};
}

void SharedKeyRing::tryKey(const SharedHeader& header, const Result<Secret>& kek) {
    if (!kek)
        return refuse(kek.error());
    if (keyIdOf(*kek) != header.keyId)
        return refuse(wrongKey(header, *kek));
    if (!isGenuine(header, *kek))
        return refuse(
            {ErrorCode::StoreUnavailable,
             "the header of the shared store was changed by somebody who does not have its key",
             "Put back the newest copy of what the server kept, and find out who can write there."});
    openKeys(header, SealedSecret(*kek));
}

void SharedKeyRing::openKeys(const SharedHeader& header, SealedSecret kek) {
    opening_ = Opening{header, std::move(kek), {}};
    openNextKey(0);
}

void SharedKeyRing::openNextKey(std::size_t at) {
    if (!opening_)
        return end(failure(lockedStore(false))); // locked meanwhile
    if (at == opening_->header.keys.size())
        return adopt();
    const std::string& wrapped = opening_->header.keys[at].wrapped;
    if (setup_.wrapper == nullptr)
        return onEnvelope(at, wrapped);
    setup_.wrapper->unwrap(wrapped, [self = QPointer(this), at](const Result<std::string>& envelope) {
        if (self)
            self->onEnvelope(at, envelope);
    });
}

void SharedKeyRing::onEnvelope(std::size_t at, const Result<std::string>& envelope) {
    if (!opening_)
        return end(failure(lockedStore(false)));
    if (!envelope && envelope.error().code != ErrorCode::ParseError) {
        opening_.reset();
        return end(failure(envelope.error()));
    }
    const SharedHeader::Key& key = opening_->header.keys[at];
    const Result<Secret> dek = envelope ? openKey(opening_->header, key, *envelope, opening_->kek.open())
                                        : failure(envelope.error());
    if (!dek) {
        opening_.reset();
        return refuse({ErrorCode::StoreUnavailable,
                       "a key of the shared store does not open: " + dek.error().message,
                       "Put back the newest copy of what the server kept."});
    }
    opening_->keys.emplace(key.number, SealedSecret(*dek));
    openNextKey(at + 1);
}

void SharedKeyRing::adopt() {
    header_ = std::move(opening_->header);
    kek_ = std::move(opening_->kek);
    keys_ = std::move(opening_->keys);
    opening_.reset();
    trouble_.reset();
    lockedByPerson_ = false;
    const std::string text = printHeader(*header_);
    const Result<std::string> known = setup_.ledger.recall(headerFact());
    if (!known || *known != text) {
        if (auto noted = setup_.ledger.remember(headerFact(), text); !noted)
            qCWarning(logStore).noquote() << "the header of the shared store could not be remembered:"
                                          << QString::fromStdString(noted.error().message);
    }
    end({});
}

// A wrong passphrase does not close what is open; a header that is not ours does.
void SharedKeyRing::refuse(const Error& why) {
    const bool attempt = !passphrase_.empty() && isOpen();
    if (!attempt) {
        keys_.clear();
        trouble_ = why;
    }
    end(failure(why));
}

void SharedKeyRing::end(const Result<void>& outcome) {
    looking_ = false;
    std::vector<Completion<void>> waiting;
    if (!std::exchange(comesLater_, false)) {
        passphrase_ = SealedSecret();
        waiting.swap(unlocking_);
    }
    for (Completion<void>& done : waiting)
        answer(std::move(done), outcome);
    Q_EMIT settled();
    if (std::exchange(lookAgain_, false))
        look();
}

void SharedKeyRing::answer(Completion<void> done, Result<void> outcome) {
    QTimer::singleShot(0, &later_, [done = std::move(done), outcome = std::move(outcome)] { done(outcome); });
}

} // namespace keybearer
