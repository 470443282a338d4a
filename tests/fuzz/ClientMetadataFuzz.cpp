#include "broker/authserver/ClientMetadata.h"
#include "broker/authserver/RedirectUri.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// A registration of anybody: what comes out has addresses that may be used and a name that may be shown, and
// reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Result<Json> document = parseJson({reinterpret_cast<const char*>(data), size});
    if (!document)
        return 0;
    const Result<LocalClient> client = readClientMetadata(*document);
    if (!client)
        return 0;
    if (client->redirectUris.empty() || client->redirectUris.size() > 16 || client->name.empty())
        std::abort();
    for (const std::string& uri : client->redirectUris) {
        if (judgeRedirect(uri) != RedirectVerdict::Accept || !matchesRedirect(uri, uri))
            std::abort();
    }
    const Result<LocalClient> again = readClientMetadata(clientInformation(*client));
    if (!again || again->redirectUris != client->redirectUris)
        std::abort();
    return 0;
}
