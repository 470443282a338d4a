#include "broker/stores/shared/SharedHeader.h"

#include "broker/base/Json.h"
#include "broker/base/Random.h"
#include "broker/stores/envelope/KeyCommitment.h"

#include <sodium.h>
#include <utility>

namespace keybearer {

namespace {

constexpr auto owner = "shared"; // brokers of other users on other machines open what is bound to it
constexpr std::int64_t headerVersion = 1;
constexpr std::size_t longestHeader = std::size_t{64} * 1024;
constexpr std::size_t keyIdBytes = 4;
constexpr std::size_t longestWord = 200;

EnvelopeBinding bindingOf(const std::string& storeId, std::int64_t number) {
    EnvelopeBinding binding = keyBinding(storeId, number);
    binding.owner = owner;
    return binding;
}

std::string sealUnder(const SharedHeader& header, const Secret& kek) {
    std::vector<std::string> parts{std::to_string(header.serial),
                                   header.storeId,
                                   std::string(storeKeyKindWord(header.keyKind)),
                                   std::to_string(header.memory),
                                   std::to_string(header.passes),
                                   header.salt,
                                   header.keyId,
                                   header.wrapper,
                                   header.rekeying ? "rekeying" : ""};
    for (const SharedHeader::Key& key : header.keys) {
        parts.push_back(std::to_string(key.number));
        parts.push_back(key.wrapped);
        parts.push_back(key.commitment);
        parts.push_back(std::to_string(key.madeAt.time_since_epoch().count()));
    }
    return sealOf(kek, "shared header", parts);
}

tl::unexpected<Error> noHeader() {
    return failure(ErrorCode::ParseError, "what lies where the header of the store should be is none");
}

std::string textAt(const Json& object, const char* key) {
    return stringAt(object, key).value_or("");
}

std::uint64_t countAt(const Json& object, const char* key) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, integerAt(object, key).value_or(0)));
}

Result<std::vector<SharedHeader::Key>> keysOf(const Json& document) {
    const auto rows = document.find("keys");
    if (rows == document.end() || !rows->is_array() || rows->empty() || rows->size() > mostHeaderKeys)
        return noHeader();
    std::vector<SharedHeader::Key> keys;
    for (const Json& row : *rows) {
        if (!row.is_object())
            return noHeader();
        SharedHeader::Key key{integerAt(row, "number").value_or(0), textAt(row, "wrapped"),
                              fromBase64Url(textAt(row, "commitment")),
                              WallTime(std::chrono::milliseconds(integerAt(row, "made_at").value_or(0)))};
        if (key.wrapped.empty() || key.number <= (keys.empty() ? 0 : keys.back().number))
            return noHeader();
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<SharedHeader> headerOf(const Json& document) {
    SharedHeader header;
    const std::optional<StoreKeyKind> kind = storeKeyKindOf(textAt(document, "key_kind"));
    header.serial = countAt(document, "serial");
    header.storeId = textAt(document, "store_id");
    header.keyKind = kind.value_or(StoreKeyKind::KeyFile);
    header.memory = countAt(document, "memory");
    header.passes = countAt(document, "passes");
    header.salt = fromBase64Url(textAt(document, "salt"));
    header.keyId = textAt(document, "key_id");
    header.wrapper = textAt(document, "wrapper");
    header.rekeying = booleanAt(document, "rekeying").value_or(false);
    header.seal = fromBase64Url(textAt(document, "seal"));
    Result<std::vector<SharedHeader::Key>> keys = keysOf(document);
    const bool sound = kind && *kind != StoreKeyKind::Keychain && !header.storeId.empty() &&
                       header.storeId.size() < longestWord && header.keyId.size() < longestWord &&
                       header.wrapper.size() < longestWord && keys.has_value();
    if (!sound)
        return noHeader();
    header.keys = std::move(*keys);
    return header;
}

} // namespace

std::string keyIdOf(const Secret& kek) {
    const std::string digits = hex(sealOf(kek, "key id", {}).substr(0, keyIdBytes));
    return digits.size() == 2 * keyIdBytes ? digits.substr(0, keyIdBytes) + "-" + digits.substr(keyIdBytes)
                                           : std::string();
}

std::string printHeader(const SharedHeader& header) {
    Json keys = Json::array();
    for (const SharedHeader::Key& key : header.keys)
        keys.push_back(Json{{"number", key.number},
                            {"wrapped", key.wrapped},
                            {"commitment", base64Url(key.commitment)},
                            {"made_at", key.madeAt.time_since_epoch().count()}});
    return Json{{"keybearer_store", headerVersion}, {"serial", header.serial},
                {"store_id", header.storeId},       {"key_kind", storeKeyKindWord(header.keyKind)},
                {"memory", header.memory},          {"passes", header.passes},
                {"salt", base64Url(header.salt)},   {"key_id", header.keyId},
                {"wrapper", header.wrapper},        {"rekeying", header.rekeying},
                {"keys", std::move(keys)},          {"seal", base64Url(header.seal)}}
        .dump();
}

Result<SharedHeader> parseHeader(std::string_view text) {
    if (text.size() > longestHeader)
        return noHeader();
    const Result<Json> document = parseJson(text);
    if (!document || !document->is_object())
        return noHeader();
    const std::optional<std::int64_t> version = integerAt(*document, "keybearer_store");
    if (version && *version > headerVersion)
        return failure(ErrorCode::NotFound, "the store was made by a newer version of Keybearer",
                       "Bring this broker to that version; nothing was read and nothing changed.");
    if (version != headerVersion)
        return noHeader();
    return headerOf(*document);
}

void sealHeader(SharedHeader& header, const Secret& kek) {
    header.seal = sealUnder(header, kek);
}

bool isGenuine(const SharedHeader& header, const Secret& kek) {
    const std::string expected = sealUnder(header, kek);
    return !expected.empty() && expected.size() == header.seal.size() &&
           sodium_memcmp(expected.data(), header.seal.data(), expected.size()) == 0;
}

Result<SharedHeader::Key> freshKey(const std::string& storeId, std::int64_t number, const Secret& kek,
                                   WallTime now) {
    const Secret dek = Secret::random(storeKeyBytes);
    const Result<std::string> envelope = sealEnvelope(kek, bindingOf(storeId, number), dek);
    if (!envelope)
        return tl::unexpected(envelope.error());
    return SharedHeader::Key{number, base64Url(*envelope), commitmentOf(storeId, number, dek), now};
}

Result<SharedHeader> freshHeader(SharedHeader terms, const Secret& kek, WallTime now) {
    terms.serial = 1;
    terms.storeId = randomToken(16);
    terms.keyId = keyIdOf(kek);
    Result<SharedHeader::Key> key = freshKey(terms.storeId, 1, kek, now);
    if (!key)
        return tl::unexpected(key.error());
    terms.keys = {std::move(*key)};
    sealHeader(terms, kek);
    return terms;
}

Result<std::string> wrapKey(const SharedHeader& header, std::int64_t number, const Secret& dek,
                            const Secret& kek) {
    Result<std::string> envelope = sealEnvelope(kek, bindingOf(header.storeId, number), dek);
    if (!envelope)
        return envelope;
    return base64Url(*envelope);
}

Result<Secret> openKey(const SharedHeader& header, const SharedHeader::Key& key, const std::string& envelope,
                       const Secret& kek) {
    Result<Secret> dek = openEnvelope(kek, bindingOf(header.storeId, key.number), fromBase64Url(envelope));
    if (!dek || !isCommitment(header.storeId, key.number, *dek, key.commitment))
        return failure(ErrorCode::ParseError, "a key of the store does not open");
    return dek;
}

} // namespace keybearer
