#include "broker/stores/keychain/PartedStore.h"

#include "broker/base/Random.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace keybearer {

namespace {

constexpr std::string_view magic = "keybearer-parts/1 ";
constexpr std::size_t generationBytes = 4;
constexpr std::size_t digestLength = 64;
// 64 parts of 2000 bytes are twenty times the longest token set seen; more is damage.
constexpr std::size_t mostParts = 64;

std::string partId(const std::string& id, const PartList& parts, std::size_t index) {
    return id + "#" + parts.generation + "." + std::to_string(index + 1);
}

bool isHex(std::string_view text, std::size_t length) {
    return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string_view word(std::string_view& text) {
    const std::string_view first = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(first.size() + 1, text.size()));
    return first;
}

bool toNumber(std::string_view text, std::size_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

Completion<Secret> withoutValue(Completion<void> done) {
    return [done = std::move(done)](Result<Secret> result) {
        if (result)
            done({});
        else
            done(failure(std::move(result.error())));
    };
}

} // namespace

std::string toHead(const PartList& parts) {
    return std::string(magic) + parts.generation + " " + std::to_string(parts.count) + " " +
           std::to_string(parts.size) + " " + parts.digest;
}

std::optional<PartList> fromHead(std::string_view text) {
    if (!text.starts_with(magic))
        return std::nullopt;
    text.remove_prefix(magic.size());
    PartList parts;
    parts.generation = word(text);
    const bool numbered = toNumber(word(text), parts.count) && toNumber(word(text), parts.size);
    parts.digest = text;
    if (!numbered || !isHex(parts.generation, 2 * generationBytes) || !isHex(parts.digest, digestLength) ||
        parts.count == 0 || parts.count > mostParts)
        return std::nullopt;
    return parts;
}

PartedStore::PartedStore(std::unique_ptr<CredentialStore> inner, std::size_t cap)
    : inner_(std::move(inner)), cap_(cap) {}

PartedStore::~PartedStore() = default;

void PartedStore::write(std::string id, ItemTag tag, Secret value, Completion<void> done) {
    Call call{
        Kind::Write, std::move(id), std::move(tag.label), {}, withoutValue(std::move(done)), {}, {}, {}, 0};
    const std::string_view bytes = value.reveal();
    // A value that looks like a head must not stand where a head is looked for.
    if (bytes.size() > cap_ || bytes.starts_with(magic))
        call.parts = PartList{hex(Secret::random(generationBytes).reveal()),
                              std::max<std::size_t>(1, (bytes.size() + cap_ - 1) / cap_), bytes.size(),
                              hex(sha256(bytes))};
    call.value = SealedSecret(value);
    enqueue(std::move(call));
}

void PartedStore::read(std::string id, Completion<Secret> done) {
    enqueue({Kind::Read, std::move(id), {}, {}, std::move(done), {}, {}, {}, 0});
}

void PartedStore::erase(std::string id, Completion<void> done) {
    enqueue({Kind::Erase, std::move(id), {}, {}, withoutValue(std::move(done)), {}, {}, {}, 0});
}

void PartedStore::enqueue(Call call) {
    calls_.push_back(std::move(call));
    if (calls_.size() == 1)
        begin();
}

// Every call first looks at what stands there.
void PartedStore::begin() {
    inner_->read(calls_.front().id, [this](Result<Secret> head) { onHead(std::move(head)); });
}

void PartedStore::onHead(Result<Secret> head) {
    Call& call = calls_.front();
    if (!head && (head.error().code != ErrorCode::NotFound || call.kind == Kind::Read)) {
        finish(std::move(head));
        return;
    }
    if (head)
        call.before = fromHead(head->reveal());
    switch (call.kind) {
    case Kind::Read:
        if (call.before)
            readPart();
        else
            finish(std::move(head));
        return;
    case Kind::Write:
        if (call.parts && call.parts->count > mostParts)
            finish(failure(ErrorCode::StoreUnavailable, "the credential is too long for the keychain"));
        else
            writePart();
        return;
    case Kind::Erase:
        erasePart({});
        return;
    }
}

void PartedStore::writePart() {
    Call& call = calls_.front();
    if (!call.parts || call.next == call.parts->count) {
        writeHead();
        return;
    }
    const std::size_t index = call.next++;
    const Secret whole = call.value.open();
    inner_->write(partId(call.id, *call.parts, index),
                  call.label + " (part " + std::to_string(index + 1) + ")",
                  Secret::copyOf(whole.reveal().substr(index * cap_, cap_)), [this](Result<void> written) {
                      if (written)
                          writePart();
                      else
                          finish(failure(std::move(written.error())));
                  });
}

void PartedStore::writeHead() {
    Call& call = calls_.front();
    call.next = 0;
    Secret head = call.parts ? Secret::copyOf(toHead(*call.parts)) : call.value.open();
    inner_->write(call.id, call.label, std::move(head), [this](Result<void> written) {
        if (written)
            erasePart({});
        else
            finish(failure(std::move(written.error())));
    });
}

void PartedStore::readPart() {
    Call& call = calls_.front();
    if (call.next == call.before->count) {
        joinParts();
        return;
    }
    inner_->read(partId(call.id, *call.before, call.next++), [this](Result<Secret> piece) {
        if (!piece && piece.error().code == ErrorCode::NotFound)
            joinParts(); // and find it damaged
        else if (!piece)
            finish(std::move(piece));
        else {
            calls_.front().pieces.emplace_back(*piece);
            readPart();
        }
    });
}

void PartedStore::joinParts() {
    const Call& call = calls_.front();
    std::string whole;
    whole.reserve(mostParts * cap_); // no piece is left behind by a growing buffer
    for (const SealedSecret& piece : call.pieces)
        whole += piece.open().reveal().substr(0, cap_);
    if (whole.size() == call.before->size && hex(sha256(whole)) == call.before->digest) {
        finish(Secret::takeFrom(whole));
        return;
    }
    wipe(whole);
    finish(failure(ErrorCode::StoreUnavailable,
                   "the credential in the keychain is damaged: its parts do not fit",
                   "Sign in again, which writes it anew."));
}

// The parts that stood there before: after a write they are left over; of an erase they go first, so that the
// head still names them if it has to be repeated.
void PartedStore::erasePart(Result<void> last) {
    Call& call = calls_.front();
    if (!last && call.kind == Kind::Erase) {
        finish(failure(std::move(last.error())));
        return;
    }
    if (call.before && call.next < call.before->count) {
        inner_->erase(partId(call.id, *call.before, call.next++),
                      [this](Result<void> erased) { erasePart(std::move(erased)); });
        return;
    }
    if (call.kind == Kind::Write) {
        // The new value stands. A left-over part is no reason to call the write failed.
        finish(Secret());
        return;
    }
    inner_->erase(call.id, [this](Result<void> erased) {
        if (erased)
            finish(Secret());
        else
            finish(failure(std::move(erased.error())));
    });
}

void PartedStore::finish(Result<Secret> result) {
    const Completion<Secret> done = std::move(calls_.front().done);
    calls_.pop_front();
    if (!calls_.empty())
        begin();
    done(std::move(result));
}

} // namespace keybearer
