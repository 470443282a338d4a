#include "broker/stores/shared/SharedRecord.h"

#include "broker/stores/envelope/Envelope.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace keybearer {

namespace {

constexpr std::string_view mark = "KBR1";
constexpr std::size_t numberBytes = 4;
constexpr std::size_t countBytes = 8;
constexpr std::size_t longestLabel = 512;
constexpr std::size_t longestRecord = std::size_t{64} * 1024; // what is said of a credential without secrets
constexpr unsigned birthsShift = 52; // below: a generation, which may be a time in milliseconds
constexpr std::uint64_t mostGeneration = (1ULL << (birthsShift - 1U)) - 1;
constexpr std::uint64_t mostBirths = 1023;

void putNumber(std::string& out, std::uint64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>((number >> (8U * i)) & 0xFFU));
}

// Takes fields off the front of a text; empty() of `failed` says whether all were there.
struct Fields {
    std::string_view rest;
    bool sound = true;

    std::uint64_t number(std::size_t bytes) {
        if (rest.size() < bytes) {
            sound = false;
            return 0;
        }
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            out |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest[i])) << (8U * i);
        rest.remove_prefix(bytes);
        return out;
    }
    std::string text(std::size_t longest) {
        const std::uint64_t size = number(numberBytes);
        if (!sound || size > longest || size > rest.size()) {
            sound = false;
            return {};
        }
        std::string out(rest.substr(0, size));
        rest.remove_prefix(size);
        return out;
    }
};

EnvelopeBinding bindingOf(const SharedPlace& place, std::int64_t key) {
    return {place.storeId, "shared", place.name, "record " + std::to_string(key), place.revision, "shared"};
}

tl::unexpected<Error> damaged(const char* how) {
    return failure(ErrorCode::ParseError, std::string("a record in the shared store ").append(how));
}

} // namespace

std::uint64_t SharedRecord::rank() const {
    return (std::min(births, mostBirths) << birthsShift) | (std::min(tag.generation, mostGeneration) << 1U) |
           (erased ? 1U : 0U);
}

std::uint64_t birthsIn(std::uint64_t rank) {
    return rank >> birthsShift;
}

std::uint64_t generationIn(std::uint64_t rank) {
    return (rank & ((1ULL << birthsShift) - 1)) >> 1U;
}

Result<std::string> sealRecord(const SharedKeys& keys, const SharedPlace& place, const SharedRecord& record) {
    if (keys.empty())
        return failure(ErrorCode::StoreLocked, "the store is locked",
                       "Unlock it with: keybearer store unlock");
    if (record.tag.record.size() > longestRecord)
        return failure(ErrorCode::InvalidParams, "what is said of the item is too long for a shared store");
    std::string plain;
    plain.reserve(64 + record.tag.label.size() + record.tag.record.size() + record.value.size());
    putNumber(plain, record.erased ? 1 : 0, 1);
    putNumber(plain, record.tag.generation, countBytes);
    putNumber(plain, record.births, countBytes);
    const std::string_view label = std::string_view(record.tag.label).substr(0, longestLabel);
    putNumber(plain, label.size(), numberBytes);
    plain.append(label);
    putNumber(plain, record.tag.record.size(), numberBytes);
    plain.append(record.tag.record).append(record.value.reveal());
    const Secret whole = Secret::takeFrom(plain);
    const auto& [number, key] = *keys.rbegin();
    const Result<std::string> envelope = sealEnvelope(key.open(), bindingOf(place, number), whole);
    if (!envelope)
        return tl::unexpected(envelope.error());
    std::string out(mark);
    putNumber(out, static_cast<std::uint64_t>(number), numberBytes);
    return out.append(*envelope);
}

std::int64_t keyNumberOf(std::string_view sealed) {
    if (sealed.substr(0, mark.size()) != mark)
        return 0;
    Fields fields{sealed.substr(mark.size())};
    return static_cast<std::int64_t>(fields.number(numberBytes));
}

Result<SharedRecord> openRecord(const SharedKeys& keys, const SharedPlace& place, std::string_view sealed) {
    const std::int64_t number = keyNumberOf(sealed);
    if (number == 0)
        return damaged("is none of Keybearer's");
    const auto key = keys.find(number);
    if (key == keys.end())
        return failure(ErrorCode::StoreLocked,
                       "a record in the shared store is sealed under a key that is not known here",
                       "Look at it with: keybearer store status");
    const Result<Secret> plain =
        openEnvelope(key->second.open(), bindingOf(place, number), sealed.substr(mark.size() + numberBytes));
    if (!plain)
        return plain.error().code == ErrorCode::NotFound
                   ? failure(plain.error())
                   : damaged("does not open: it was changed, or belongs elsewhere");
    Fields fields{plain->reveal()};
    SharedRecord record;
    record.erased = fields.number(1) == 1;
    record.tag.generation = fields.number(countBytes);
    record.births = fields.number(countBytes);
    record.tag.label = fields.text(longestLabel);
    record.tag.record = fields.text(longestRecord);
    if (!fields.sound)
        return damaged("is damaged");
    record.value = Secret::copyOf(fields.rest);
    return record;
}

} // namespace keybearer
