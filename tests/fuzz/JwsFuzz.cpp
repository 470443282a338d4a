#include "broker/oauth/Jws.h"
#include "broker/oauth/JwsAlgorithms.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

// The key of RFC 8037 appendix A, and that of RFC 7515 appendix A.3 with the one token that it signed.
constexpr std::string_view signedToken =
    "eyJhbGciOiJFUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const JwkSet& keys() {
    static const JwkSet set = *parseJwkSet(R"({"keys":[
        {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
         "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    return set;
}

} // namespace

// The input as a signed token, and with a good header put before it so that the parts behind are reached too.
// No byte of the signed token can be another one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const std::string& token :
         {text, "eyJhbGciOiJFUzI1NiJ9." + text, "eyJhbGciOiJFZERTQSJ9.e30." + text}) {
        const Result<Jws> read = readJws(token);
        if (!read)
            continue;
        if (jwsAlgorithm(read->algorithm) == nullptr || !read->claims.is_object())
            std::abort();
        if (verifyJws(*read, keys()) == JwsVerdict::Verified && token != signedToken)
            std::abort();
    }
    return 0;
}
