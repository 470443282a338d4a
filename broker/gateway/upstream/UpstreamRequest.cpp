#include "broker/gateway/upstream/UpstreamRequest.h"

#include "broker/base/Ascii.h"
#include "broker/gateway/upstream/HeaderValue.h"

namespace keybearer {

std::string_view UpstreamHead::field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
        if (key == name)
            return value;
    }
    return {};
}

std::vector<std::string> UpstreamHead::all(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [key, value] : fields) {
        if (key == name)
            out.push_back(value);
    }
    return out;
}

std::string UpstreamHead::mediaType() const {
    const std::string_view whole = field("content-type");
    return lowered(trimmed(whole.substr(0, whole.find(';'))));
}

} // namespace keybearer
