#include "broker/http/RequestRules.h"
#include "broker/oauth/ServerMetadata.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// The input once as a metadata document and once as an issuer. Every address that comes out must be one that
// may be asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const QUrl& url : wellKnownUrls(text)) {
        if (!checkUrl(url))
            std::abort();
    }
    const Result<AuthorizationServer> server = parseServerMetadata(text, "https://as.example");
    if (!server)
        return 0;
    if (server->issuer != "https://as.example" || !checkUrl(server->tokenEndpoint))
        std::abort();
    for (const QUrl* url :
         {&server->authorizationEndpoint, &server->tokenEndpoint, &server->revocationEndpoint,
          &server->userinfoEndpoint, &server->deviceAuthorizationEndpoint, &server->jwksUri,
          &server->pushedAuthorizationEndpoint, &server->registrationEndpoint, &server->mtls.token,
          &server->mtls.revocation, &server->mtls.userinfo, &server->mtls.deviceAuthorization,
          &server->mtls.pushedAuthorization}) {
        if (!url->isEmpty() && (!checkUrl(*url) || isLoopback(*url)))
            std::abort();
    }
    return 0;
}
