// Arbitrary JSON as the parameters of each method. What is taken must be taken again from its own JSON.
#include "broker/base/Text.h"
#include "broker/protocol/ClientParams.h"
#include "broker/protocol/GatewayParams.h"
#include "broker/protocol/KeyMethods.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RunMethods.h"
#include "broker/protocol/SessionListParams.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace keybearer;

template <typename Params>
Result<Params> read(const Json& json) {
    Result<Params> params = Params::from(json);
    if (!params && (params.error().code != ErrorCode::InvalidParams ||
                    displaySafe(params.error().message, 10'000) != params.error().message))
        std::abort();
    return params;
}

template <typename Params>
void check(const Json& json) {
    const Result<Params> params = read<Params>(json);
    if (!params)
        return;
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
    check<AuthExplainParams>(*json);
    check<SignInStartParams>(*json);
    check<SignInIdParams>(*json);
    check<SignInCompleteParams>(*json);
    check<SessionParams>(*json);
    check<SessionListParams>(*json);
    check<ProviderParams>(*json);
    check<ConsentAnswerParams>(*json);
    check<ConsentRevokeParams>(*json);
    check<SubscribeParams>(*json);
    check<AuditQueryParams>(*json);
    check<MetricsGetParams>(*json);
    check<StoreUnlockParams>(*json);
    check<StoreMigrateParams>(*json);
    check<StoreRekeyParams>(*json);
    check<CapabilityOpenParams>(*json);
    check<GatewayStartParams>(*json);
    check<GatewayClientParams>(*json);
    check<NoParams>(*json);
    // The command line writes these by hand.
    static_cast<void>(read<ApiKeyAddParams>(*json));
    static_cast<void>(read<ApiKeyRotateParams>(*json));
    static_cast<void>(read<ApiKeyParams>(*json));
    static_cast<void>(read<ServiceAccountAddParams>(*json));
    static_cast<void>(read<ServiceAccountParams>(*json));
    static_cast<void>(read<ClientAddParams>(*json));
    static_cast<void>(read<ClientRotateParams>(*json));
    static_cast<void>(read<ClientParams>(*json));
    return 0;
}
