#include "broker/http/RequestRules.h"
#include "broker/oauth/ProtectedResource.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

constexpr const char* server = "https://mcp.example/notes";

// What comes out of a document is what a sign-in may go by.
void lookAt(const ProtectedResource& found) {
    bool good = isResourceOf(found.resource, server) && !found.authorizationServers.empty();
    for (const std::string& issuer : found.authorizationServers)
        good = good && checkUrl(QUrl(QString::fromStdString(issuer)));
    for (const std::string& scope : found.scopesSupported)
        good = good && !scope.empty() && scope.find_first_of(" \r\n\"\\") == std::string::npos;
    if (!good)
        std::abort();
}

} // namespace

// The input once as a metadata document and once as the address of a server, which has one spelling.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const Result<ProtectedResource> found = parseProtectedResource(text, server))
        lookAt(*found);
    const Result<std::string> canonical = canonicalServer(text);
    if (!canonical)
        return 0;
    const Result<std::string> again = canonicalServer(*canonical);
    if (!again || *again != *canonical || !isResourceOf(*canonical, *canonical))
        std::abort();
    const std::vector<QUrl> places = resourceMetadataUrls(*canonical);
    if (places.empty() || !std::all_of(places.begin(), places.end(), [&](const QUrl& url) {
            return checkUrl(url) && isSameOrigin(url, QUrl(QString::fromStdString(*canonical)));
        }))
        std::abort();
    return 0;
}
