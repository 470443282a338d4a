#include "broker/oauth/Jws.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// The input as an issuer's keys. No key that comes out may verify a token that nobody signed with it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Result<JwkSet> keys = parseJwkSet({reinterpret_cast<const char*>(data), size});
    if (!keys)
        return 0;
    for (const Jwk& key : *keys) {
        if (key.keyType != "RSA" && key.keyType != "EC" && key.keyType != "OKP")
            std::abort();
        if (key.members.contains("d") || key.members.contains("k"))
            std::abort();
    }
    const std::string signature(86, 'A'); // 64 zeros
    for (const char* header : {"eyJhbGciOiJFUzI1NiJ9", "eyJhbGciOiJSUzI1NiJ9", "eyJhbGciOiJFUzM4NCJ9"}) {
        const Result<Jws> token = readJws(std::string(header) + ".e30." + signature);
        if (token && verifyJws(*token, *keys) == JwsVerdict::Verified)
            std::abort();
    }
    return 0;
}
