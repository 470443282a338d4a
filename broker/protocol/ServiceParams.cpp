#include "broker/protocol/ServiceParams.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

Result<ServiceParams> ServiceParams::from(const Json& params) {
    ServiceParams out;
    ParamsReader reader(params);
    reader.required("service", out.service);
    return reader.finish(std::move(out));
}

} // namespace keybearer
