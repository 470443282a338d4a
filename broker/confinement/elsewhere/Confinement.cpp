#include "broker/confinement/Confinement.h"

namespace keybearer {

Confined confine(const Confinement&) {
    return {};
}

std::filesystem::path ownLoader() {
    return {};
}

} // namespace keybearer
