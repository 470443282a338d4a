#include "broker/oauth/JwkSet.h"

#include "broker/base/Random.h"

#include <algorithm>
#include <bit>

namespace keybearer {

namespace {

constexpr std::size_t mostKeys = 100;   // Entra's common set has about a dozen
constexpr std::size_t keyIdLimit = 512; // shown nowhere, compared only
constexpr std::size_t smallestModulus = 2048;
constexpr std::size_t largestModulus = 8192; // verifying with a larger one is a way to keep us busy
constexpr std::size_t exponentBytes = 4;     // 65537 has three

tl::unexpected<Error> refused(const char* why) {
    std::string message("The keys of the issuer are refused: ");
    message.append(why);
    return failure(ErrorCode::ProviderError, std::move(message));
}

std::string bytesAt(const Json& key, const char* name) {
    return fromBase64Url(stringAt(key, name).value_or(std::string()));
}

bool hasMember(const Json& key, const char* name) {
    return key.find(name) != key.end();
}

bool isForVerifying(const Json& key) {
    if (hasMember(key, "use") && stringAt(key, "use") != "sig")
        return false;
    const std::vector<std::string> operations = stringsAt(key, "key_ops");
    return !hasMember(key, "key_ops") ||
           std::find(operations.begin(), operations.end(), "verify") != operations.end();
}

std::size_t bitsOf(std::string_view number) {
    const std::size_t zeros = std::min(number.find_first_not_of('\0'), number.size());
    number.remove_prefix(zeros);
    return number.empty()
               ? 0
               : (number.size() - 1) * 8 +
                     static_cast<std::size_t>(std::bit_width(static_cast<unsigned char>(number[0])));
}

bool isGoodRsa(const Json& key) {
    const std::string n = bytesAt(key, "n");
    const std::string e = bytesAt(key, "e");
    const std::size_t bits = bitsOf(n);
    const bool exponent = bitsOf(e) > 1 && e.size() <= exponentBytes && (e.back() & 1) == 1;
    return exponent && bits >= smallestModulus && bits <= largestModulus && (n.back() & 1) == 1;
}

std::size_t coordinateOf(const std::string& curve) {
    return curve == "P-256" ? 32 : curve == "P-384" ? 48 : curve == "P-521" ? 66 : 0;
}

// Whether the point is on the curve is for OpenSSL to say, when the key is used.
bool isGoodEc(const Json& key, const std::string& curve) {
    const std::size_t size = coordinateOf(curve);
    return size != 0 && bytesAt(key, "x").size() == size && bytesAt(key, "y").size() == size;
}

bool isGoodEd25519(const Json& key, const std::string& curve) {
    return curve == "Ed25519" && bytesAt(key, "x").size() == 32;
}

std::optional<Jwk> readKey(const Json& key) {
    if (!key.is_object() || !isForVerifying(key))
        return std::nullopt;
    Jwk out;
    out.keyType = stringAt(key, "kty").value_or("");
    out.keyId = stringAt(key, "kid").value_or("");
    out.algorithm = stringAt(key, "alg").value_or("");
    out.members["kty"] = out.keyType;
    const bool rsa = out.keyType == "RSA" && isGoodRsa(key);
    if (!rsa)
        out.curve = stringAt(key, "crv").value_or("");
    const bool ec = out.keyType == "EC" && isGoodEc(key, out.curve);
    const bool ed = out.keyType == "OKP" && isGoodEd25519(key, out.curve);
    if ((!rsa && !ec && !ed) || out.keyId.size() > keyIdLimit)
        return std::nullopt;
    for (const char* name : {"n", "e", "crv", "x", "y"}) {
        if (auto value = stringAt(key, name))
            out.members[name] = std::move(*value);
    }
    return out;
}

} // namespace

Result<JwkSet> parseJwkSet(std::string_view text) {
    if (text.size() > jwkSetLimit)
        return refused("the set is too large");
    const Result<Json> document = parseJson(text);
    if (!document || !document->is_object())
        return refused("the set is no JSON object");
    const auto keys = document->find("keys");
    if (keys == document->end() || !keys->is_array())
        return refused("the set has no keys");
    if (keys->size() > mostKeys)
        return refused("the set has too many keys");
    JwkSet out;
    for (const Json& key : *keys) {
        if (std::optional<Jwk> good = readKey(key))
            out.push_back(std::move(*good));
    }
    return out;
}

} // namespace keybearer
