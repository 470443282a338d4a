#include "broker/base/Text.h"
#include "broker/protocol/BearerChallenge.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// Fields, separated by LF. What comes out may go into a log line, a request or an address check as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> fields(1);
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == '\n')
            fields.emplace_back();
        else
            fields.back() += static_cast<char>(data[i]);
    }
    for (const BearerChallenge& challenge : parseChallenges(fields)) {
        bool clean = isVisibleAscii(challenge.error) && isVisibleAscii(challenge.scope) &&
                     isVisibleAscii(challenge.resourceMetadata) && isValidUtf8(challenge.errorDescription) &&
                     challenge.resourceMetadata.size() <= 2048;
        for (const std::string& alg : challenge.algs)
            clean = clean && isVisibleAscii(alg);
        if (!clean)
            std::abort();
    }
    return 0;
}
