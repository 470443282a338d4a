#include "broker/gateway/door/ServedRequest.h"

#include <algorithm>

namespace keybearer {

std::string_view RequestHead::field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const HttpField& field) { return field.first == name; });
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace keybearer
