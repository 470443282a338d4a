// Arbitrary JSON as the parameters of each method. What is taken must be taken again from its own JSON.
#include "broker/base/Text.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RunMethods.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace keybearer;

template <typename Params>
void check(const Json& json) {
    const Result<Params> params = Params::from(json);
    if (!params) {
        if (params.error().code != ErrorCode::InvalidParams ||
            displaySafe(params.error().message, 10'000) != params.error().message)
            std::abort();
        return;
    }
    const Json written = params->toJson();
    const Result<Params> again = Params::from(written);
    if (!again || again->toJson() != written)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Result<Json> json = parseJson({reinterpret_cast<const char*>(data), size});
    if (!json)
        return 0;
    check<HelloParams>(*json);
    check<TokenGetParams>(*json);
    check<SignInStartParams>(*json);
    check<SignInIdParams>(*json);
    check<SignInCompleteParams>(*json);
    check<SessionParams>(*json);
    check<ConsentAnswerParams>(*json);
    check<ConsentRevokeParams>(*json);
    check<SubscribeParams>(*json);
    check<AuditQueryParams>(*json);
    check<CapabilityOpenParams>(*json);
    check<NoParams>(*json);
    return 0;
}
